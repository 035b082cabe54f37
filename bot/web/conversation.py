"""One exchange: what was asked, checked and sent to Rasa, and what it answers."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings

from bot import tracker
from bot.plain_text import as_plain_text
from bot.web import answers, dossier_access, dossiers, knowledge_access, limits, metrics, replay
from bot.web.problems import Problem
from bot.web.rasa import upstream
from bot.web.text import clean
from knowledge.privacy.masking import mask

_LONGEST_NAME = 120  # characters, of a call or a region


@dataclass(frozen=True)
class Reply:
    """The answers to a message, as the API sends them, and whether personal data were masked in it."""

    messages: list[dict[str, Any]]
    masked: bool = False


async def begin(conversation: str, asked: dict[str, Any]) -> None:
    """Put in hand the call or the region of the page where the conversation opens; what is unknown is no fault.

    Raises:
        Problem: a faulty body, or nothing can be read.
    """
    names = {name: asked.get(name, "") for name in ("call", "region")}
    if any(not isinstance(value, str) or len(value) > _LONGEST_NAME for value in names.values()):
        raise Problem("invalid-context")
    if not any(names.values()):
        return
    context = await knowledge_access.context_message(**{"record_id": names["call"], "region": names["region"]})
    if context:
        await upstream.send(conversation, f"/specify_context{context}")


async def reply(conversation: str, asked: dict[str, Any], address: str) -> Reply:
    """Answer `{"text": …}` or `{"button": …}`; with the same `request` as the one before, give its answer again.

    Args:
        conversation: identifier made by the server.
        asked: what the client sent.
        address: the client's network address, for the limits.

    Raises:
        Problem: it cannot be answered; nothing was changed in the conversation unless Rasa was too slow.
    """
    if ("text" in asked) == ("button" in asked):
        raise Problem("invalid-body")
    await limits.check("session", conversation, address)
    name = replay.name_of(asked)
    # A text is checked before the place is taken, a button is not: it is looked up in the database.
    text = clean(asked["text"]) if "text" in asked else ""
    async with limits.one_at_a_time(conversation):
        known = await replay.memory.find(conversation, name)
        if known is not None:
            return Reply(**known)
        message = (
            await _message(conversation, text) if text else await answers.payload_of(asked["button"], conversation)
        )
        started = time.monotonic()
        try:
            items = await dossiers.deliver(conversation, await upstream.send(conversation, message))
            found = await answers.from_items(items, conversation)
        except Problem as problem:
            metrics.message(problem.name, time.monotonic() - started)
            raise
        metrics.message("answered", time.monotonic() - started)
        given = Reply(
            [answer.as_dict() for answer in found],
            masked=bool(text) and not message.startswith("/") and mask(text) != text,
        )
        await replay.memory.keep(conversation, name, asdict(given))
        return given


async def kept(conversation: str) -> list[dict[str, Any]]:
    """Return what is kept of a conversation (see bot.tracker.kept)."""
    return await sync_to_async(tracker.kept, thread_sensitive=False)(settings.TRACKER_DATABASE_URL, conversation)


async def erase(conversation: str) -> None:
    """Erase all that is kept of a conversation, a dossier excepted: its code opens it, and erases it.

    Raises:
        Problem: a message of it is being answered, or the knowledge base cannot be written.
    """
    async with limits.one_at_a_time(conversation):
        await replay.memory.keep(conversation, None, None)
        await dossier_access.erase_conversations([conversation])


async def _message(conversation: str, text: str) -> str:
    """Return what Rasa reads of a text: personal data is masked before anything can keep it, its tracker included."""
    return await dossiers.receive(conversation, text) or as_plain_text(mask(text))
