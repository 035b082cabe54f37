"""The last answer of each conversation, for a client that did not receive it: asked again, nothing is done twice."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from bot.web.problems import Problem

KEPT = 120.0  # seconds: a lost answer is asked for again at once, or never
_MOST = 2000  # conversations
_LONGEST = 64  # characters


class Memory:
    """Answers in the memory of this process, and nowhere else: one of them may show a code."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, tuple[str, float, Any]] = OrderedDict()

    def find(self, conversation: str, name: str | None) -> Any:
        """Return what was answered to the request called `name`, None when it is not the last one."""
        known = self._known.get(conversation)
        if name is None or known is None or known[0] != name or known[1] < self._clock() - KEPT:
            return None
        return known[2]

    def keep(self, conversation: str, name: str | None, answer: Any) -> None:
        """Remember the answer to a request; the one before is forgotten, and so is everything too old."""
        self._known.pop(conversation, None)
        if name is not None:
            self._known[conversation] = (name, self._clock(), answer)
        while self._known and (len(self._known) > _MOST or next(iter(self._known.values()))[1] < self._clock() - KEPT):
            self._known.popitem(last=False)


memory = Memory()


def name_of(asked: dict[str, Any]) -> str | None:
    """Return the name that a client gives to a request, if it gives one.

    Raises:
        Problem: it is no short text.
    """
    name = asked.get("request")
    if name is not None and not (isinstance(name, str) and 0 < len(name) <= _LONGEST):
        raise Problem("invalid-body")
    return name
