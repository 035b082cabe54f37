"""Dossiers, for the web part: opened by their code or by a conversation, and erased everywhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings

from bot import tracker
from bot.web import forgetting, knowledge_access
from bot.web.knowledge_access import in_thread, judge, now
from bot.web.problems import Problem


async def consent() -> dict[str, Any]:
    """Return the text that a person must accept, and its version."""

    def read() -> dict[str, Any]:
        from knowledge.dossiers.consent import consent_from_env

        asked = consent_from_env()
        return {"version": asked.version, "text": asked.text, "kept_days": asked.kept_for.days}

    return await in_thread(read)


async def create(record_id: str, content: dict[str, Any], accepted: object, key: str | None) -> dict[str, Any]:
    """Keep a new dossier; return it with its code.

    Args:
        record_id: the call.
        content: see knowledge/dossiers/content_schema.json.
        accepted: the version of the consent text that the person accepted.
        key: the request's own name, so that asking twice makes one dossier.

    Raises:
        Problem: no such call, no consent or to another text, a faulty content, or a key used for something else.
    """

    def write() -> dict[str, Any]:
        from knowledge.dossiers.consent import consent_from_env
        from knowledge.dossiers.content import check_content
        from knowledge.dossiers.requests import Request
        from knowledge.dossiers.wording import dossier_as_dict

        checked = check_content(content, judge(record_id))
        asked = consent_from_env()
        if not accepted:
            raise Problem("consent-missing")
        if accepted != asked.version:
            raise Problem("consent-changed")
        request = Request(key, {"call": record_id, "content": content, "consent": accepted}) if key else None
        made, code = _dossiers().create(record_id, checked, asked.version, now(), request=request)
        return {**dossier_as_dict(made), "code": code}

    return await in_thread(write)


async def read(reference: str, code: str) -> dict[str, Any]:
    """Return a dossier to whom holds its code.

    Raises:
        Problem: it does not open, or not for the moment.
    """

    def work() -> dict[str, Any]:
        from knowledge.dossiers.wording import dossier_as_dict

        return dossier_as_dict(_dossiers().open(_key(reference, code), now()))

    return await in_thread(work)


async def save(reference: str, code: str, content: dict[str, Any], version: int) -> dict[str, Any]:
    """Replace the content of a dossier that is still at `version`; return it.

    Raises:
        Problem: it does not open, was changed meanwhile, or would hold what it cannot.
    """

    def work() -> dict[str, Any]:
        from knowledge.dossiers.content import check_content
        from knowledge.dossiers.wording import dossier_as_dict

        dossiers, key = _dossiers(), _key(reference, code)
        checked = check_content(content, judge(dossiers.open(key, now()).record_id))
        return dossier_as_dict(dossiers.save(key, checked, version, now()))

    return await in_thread(work)


async def erase(reference: str, code: str) -> dict[str, str]:
    """Erase a dossier, and the conversations that repeat parts of it; return the receipt.

    Raises:
        Problem: it does not open, or not for the moment.
    """
    return await _erase(lambda: _key(reference, code))


async def erase_in(conversation: str) -> dict[str, str]:
    """Erase the dossier that a conversation has in hand, that conversation included; return the receipt.

    Raises:
        Problem: it has none.
    """

    def key() -> Any:
        from knowledge.dossiers.dossier import InConversation

        return InConversation(conversation)

    return await _erase(key)


async def open_in(conversation: str, reference: str, code: str) -> str:
    """Open a dossier in a conversation; return « resumed », « wrong » or « locked ».

    Raises:
        Problem: the knowledge base cannot be read.
    """
    try:
        await in_thread(lambda: _dossiers().open(_key(reference, code), now(), conversation))
    except Problem as problem:
        outcomes = {"unknown-dossier": "wrong", "dossier-locked": "locked"}
        if problem.name not in outcomes:
            raise
        return outcomes[problem.name]
    return "resumed"


async def renew_code(conversation: str) -> tuple[str, str]:
    """Return the reference of the dossier that a conversation has in hand, and another code for it.

    Raises:
        Problem: it has none, or the knowledge base cannot be written.
    """

    def work() -> tuple[str, str]:
        from knowledge.dossiers.dossier import InConversation

        found, code = _dossiers().renew_code(InConversation(conversation), now())
        return found.reference, code

    return await in_thread(work)


async def put_email(conversation: str, email: str) -> bool:
    """Put an address in the dossier that a conversation has in hand; return whether it was accepted.

    Raises:
        Problem: it has none, or the knowledge base cannot be written.
    """

    def work() -> None:
        from knowledge.dossiers.content import check_content
        from knowledge.dossiers.dossier import InConversation

        dossiers, key = _dossiers(), InConversation(conversation)
        of_call = judge(dossiers.open(key, now()).record_id)

        def change(content: Any) -> dict[str, Any]:
            return check_content({**content, "contact": {**content.get("contact", {}), "email": email}}, of_call)

        dossiers.change(key, change, now())

    try:
        await in_thread(work)
    except Problem as problem:
        if problem.name == "invalid-content":
            return False
        raise
    return True


async def erase_conversations(conversations: Collection[str]) -> None:
    """Erase all that is kept of conversations; a dossier stays, with nobody's hand on it.

    Raises:
        Problem: the knowledge base cannot be written.
    """
    await forgetting.forget(conversations)
    # Where Rasa keeps them; last, that of the message being answered was just written there.
    await sync_to_async(tracker.erase_conversations, thread_sensitive=False)(
        settings.TRACKER_DATABASE_URL, conversations
    )
    await in_thread(lambda: _forget(conversations))


def _forget(conversations: Collection[str]) -> None:
    from knowledge.privacy.conversations import conversation_hash

    _dossiers().forget(conversations)
    knowledge_access.catalogue().store.forget_conversations(map(conversation_hash, conversations))


async def _erase(key: Any) -> dict[str, str]:
    def work() -> tuple[str, str, list[str]]:
        dossiers = _dossiers()
        receipt = dossiers.erase(key(), now())
        return receipt.reference, receipt.erased_at.isoformat(timespec="seconds"), dossiers.left_behind()

    reference, erased_at, conversations = await in_thread(work)
    await erase_conversations(conversations)
    return {"reference": reference, "erased_at": erased_at.replace("+00:00", "Z")}


def _dossiers() -> Any:
    from knowledge.dossiers.consent import consent_from_env
    from knowledge.dossiers.dossier import Dossiers

    return Dossiers(knowledge_access.catalogue().store, consent_from_env().kept_for)


def _key(reference: str, code: str) -> Any:
    from knowledge.dossiers.dossier import ByCode

    return ByCode(reference, code)
