"""The knowledge base, read in threads: its functions are synchronous."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from asgiref.sync import sync_to_async

from bot.web.problems import Problem

Result = TypeVar("Result")
log = logging.getLogger(__name__)


async def calls() -> list[dict[str, Any]]:
    """Return every record in short.

    Raises:
        Problem: the knowledge base cannot be read.
    """

    def read() -> list[dict[str, Any]]:
        from knowledge.publication import list_calls

        return list_calls(_base(), _now())

    return await _read(read)


async def call(record_id: str) -> dict[str, Any]:
    """Return one record whole.

    Raises:
        Problem: it does not exist, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.publication import call_detail

        return call_detail(_base(), record_id, _now())

    return await _read(read)


async def eligibility_questions(record_id: str) -> dict[str, Any]:
    """Return the questions on which eligibility for a call depends.

    Raises:
        Problem: no such record, or it is not a call, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.eligibility.wording import questions_as_dict

        return questions_as_dict(_judge(record_id), _now())

    return await _read(read)


async def eligibility(record_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the indicative verdict for answers by question id.

    Raises:
        Problem: an unknown question or answer; and as `eligibility_questions`.
    """

    def read() -> dict[str, Any]:
        from knowledge.eligibility.profile import answers_from
        from knowledge.eligibility.wording import assessment_as_dict

        judge = _judge(record_id)
        answers = answers_from(given, judge.questions, judge.kinds)
        return assessment_as_dict(judge.assess(answers), _now())

    return await _read(read)


async def checklist(record_id: str) -> dict[str, Any]:
    """Return what is to prepare for a call, nothing of it done yet.

    Raises:
        Problem: no such record, or it is not a call, or the knowledge base cannot be read.
    """

    def read() -> dict[str, Any]:
        from knowledge.checklist.items import checklist_of
        from knowledge.checklist.wording import checklist_as_dict

        return checklist_as_dict(checklist_of(_base().get(record_id)), _now())

    return await _read(read)


async def is_ready() -> bool:
    """Tell whether the knowledge base answers and holds something: empty, it can answer no question."""

    def read() -> bool:
        return bool(_base().summaries)

    try:
        return await _read(read)
    except Problem:
        return False


# The imports are made on first use: the pages and the health checks must start, and say that the
# knowledge base is missing, even when its database or its files cannot be read.
@cache
def _catalogue() -> Any:
    from knowledge.catalogue import open_catalogue

    return open_catalogue()


def _base() -> Any:
    return _catalogue().snapshot()


def _judge(record_id: str) -> Any:
    from knowledge.eligibility.assessment import Judge
    from knowledge.eligibility.profile import Kinds

    base = _base()
    return Judge.of(base.get(record_id), Kinds(base.establishments))


def _now() -> Any:
    from knowledge.clock import clock_from_env

    return clock_from_env().now()


async def _read(function: Callable[[], Result]) -> Result:
    from knowledge.errors import InvalidAnswers, NotACall, UnknownRecord

    try:
        return await sync_to_async(function, thread_sensitive=False)()
    except UnknownRecord:
        raise Problem("unknown-call") from None
    except NotACall:
        raise Problem("not-a-call") from None
    except InvalidAnswers as error:
        raise Problem("invalid-answers", errors=error.problems) from None
    except Exception:
        # Whatever the cause (database, file), the reader can only come back later.
        log.exception("The knowledge base cannot be read")
        raise Problem("knowledge-unavailable", {"Retry-After": "60"}) from None
