"""The knowledge base, read in threads: its functions are synchronous."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from asgiref.sync import sync_to_async

from bot.web.problems import Problem

Result = TypeVar("Result")
log = logging.getLogger(__name__)
# By name: the errors themselves are imported on first use, as all that belongs to the knowledge base.
_PROBLEMS = {
    "UnknownRecord": "unknown-call",
    "NotACall": "not-a-call",
    "UnknownDossier": "unknown-dossier",
    "DossierChanged": "dossier-changed",
    "RequestReused": "request-reused",
    "AlreadyKept": "dossier-already-kept",
    "ConsentMissing": "consent-missing",
    "UnknownDocument": "unknown-document",
}


async def calls() -> list[dict[str, Any]]:
    """Return every record in short.

    Raises:
        Problem: the knowledge base cannot be read.
    """

    def read() -> list[dict[str, Any]]:
        from knowledge.answering.publication import list_calls

        return list_calls(base(), now())

    return await in_thread(read)


async def call(record_id: str) -> dict[str, Any]:
    """Return one record whole.

    Raises:
        Problem: it does not exist, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.answering.publication import call_detail

        return call_detail(base(), record_id, now())

    return await in_thread(read)


async def eligibility_questions(record_id: str) -> dict[str, Any]:
    """Return the questions on which eligibility for a call depends.

    Raises:
        Problem: no such record, or it is not a call, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.eligibility.wording import questions_as_dict

        return questions_as_dict(judge(record_id), now())

    return await in_thread(read)


async def eligibility(record_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the indicative verdict for answers by question id.

    Raises:
        Problem: an unknown question or answer; and as `eligibility_questions`.
    """

    def read() -> dict[str, Any]:
        from knowledge.eligibility.profile import answers_from
        from knowledge.eligibility.wording import assessment_as_dict

        of_call = judge(record_id)
        answers = answers_from(given, of_call.questions, of_call.kinds)
        return assessment_as_dict(of_call.assess(answers), now())

    return await in_thread(read)


async def checklist(record_id: str) -> dict[str, Any]:
    """Return what is to prepare for a call, nothing of it done yet.

    Raises:
        Problem: no such record, or it is not a call, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.checklist.items import checklist_of
        from knowledge.checklist.wording import checklist_as_dict

        return checklist_as_dict(checklist_of(base().get(record_id)), now())

    return await in_thread(read)


async def keep_opinion(
    useful: bool, why: str, record_id: str | None, topic: str | None, conversation: str, number: int | None = None
) -> int:
    """Keep what somebody thinks of an answer; return the opinion's number.

    Args:
        why: already masked.
        conversation: in which the answer was given.
        number: of an opinion that this one replaces.

    Raises:
        Problem: the knowledge base cannot be written.
    """

    def write() -> int:
        from knowledge.base.store import Opinion
        from knowledge.privacy.conversations import conversation_hash

        store = catalogue().store
        if number is not None and store.complete_opinion(number, useful, why):
            return number
        return store.keep_opinion(Opinion(now(), useful, why, record_id, topic, conversation_hash(conversation)))

    return await in_thread(write)


async def context_message(record_id: str, region: str) -> str | None:
    """Return the message that puts a call, or the calls of a region, in hand; None when neither is known.

    Raises:
        Problem: the knowledge base cannot be read.
    """

    def read() -> str | None:
        from knowledge.french.text import fold
        from knowledge.places.codes import regions

        known = base().summaries
        if record_id in known:
            return json.dumps({"call": record_id})
        codes = {
            item.code
            for item in regions()
            if region and region in {item.code, fold(item.name)} or fold(item.name) == fold(region)
        }
        ids = [found for code in codes for found in base().by_region.get(code, ())]
        return json.dumps({"call": ids[0]}) if ids else None

    return await in_thread(read)


async def is_ready() -> bool:
    """Tell whether the knowledge base answers and holds something: empty, it can answer no question."""

    def read() -> bool:
        return bool(base().summaries)

    try:
        return await in_thread(read)
    except Problem:
        return False


# The imports are made on first use: the pages and the health checks must start, and say that the
# knowledge base is missing, even when its database or its files cannot be read.
@cache
def catalogue() -> Any:
    """Return the knowledge base of this process, opened at first use."""
    from knowledge.base.catalogue import open_catalogue

    return open_catalogue()


def base() -> Any:
    """Return the knowledge base as it is now."""
    return catalogue().snapshot()


def judge(record_id: str) -> Any:
    """Return what judges the applicants of a call; raises UnknownRecord or NotACall."""
    from knowledge.eligibility.assessment import Judge
    from knowledge.eligibility.profile import Kinds

    known = base()
    return Judge.of(known.get(record_id), Kinds(known.establishments))


def now() -> Any:
    """Return the present instant, or the one that ASSISTANT_NOW fixes."""
    from knowledge.clock import clock_from_env

    return clock_from_env().now()


async def in_thread(function: Callable[[], Result]) -> Result:
    """Return what a synchronous function of the knowledge base returns.

    Raises:
        Problem: what it raised, as people read it.
    """
    from knowledge import errors

    try:
        return await sync_to_async(function, thread_sensitive=False)()
    except Problem:
        raise
    except errors.DossierLocked as error:
        wait = max(1, int((error.until - now()).total_seconds()))
        raise Problem("dossier-locked", {"Retry-After": str(wait)}) from None
    except (errors.InvalidAnswers, errors.InvalidContent) as error:
        name = "invalid-answers" if isinstance(error, errors.InvalidAnswers) else "invalid-content"
        raise Problem(name, errors=error.problems) from None
    except errors.KnowledgeError as error:
        name = _PROBLEMS.get(type(error).__name__, "")
        if name:
            raise Problem(name) from None
        log.error("The knowledge base cannot be read: %s", type(error).__name__)
    except Exception:
        log.exception("The knowledge base cannot be read")
    # Whatever the cause (database, file), the reader can only come back later.
    raise Problem("knowledge-unavailable", {"Retry-After": "60"}) from None
