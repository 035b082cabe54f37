"""How often one may ask: counters behind an interface that a shared store can also implement."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from django.conf import settings

from bot.web.problems import Problem

WINDOW = 60.0  # seconds
_KEYS_BEFORE_CLEANING = 10_000


class Counters(Protocol):
    """What is needed of a store of counters."""

    def hit(self, key: str, limit: int) -> float:
        """Count one request; return 0, or the seconds to wait when `limit` a minute is reached."""

    def enter(self, key: str) -> bool:
        """Take the only place for `key`; return False when it is taken."""

    def leave(self, key: str) -> None:
        """Give the place back."""


class MemoryCounters:
    """Counters of one process, over a sliding minute. Called from one event loop, hence without a lock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._hits: dict[str, deque[float]] = {}
        self._busy: set[str] = set()

    def hit(self, key: str, limit: int) -> float:
        """See Counters."""
        now = self._clock()
        if len(self._hits) > _KEYS_BEFORE_CLEANING:
            self._hits = {name: hits for name, hits in self._hits.items() if hits and hits[-1] > now - WINDOW}
        hits = self._hits.setdefault(key, deque())
        while hits and hits[0] <= now - WINDOW:
            hits.popleft()
        if len(hits) >= limit:
            return hits[0] + WINDOW - now
        hits.append(now)
        return 0.0

    def enter(self, key: str) -> bool:
        """See Counters."""
        if key in self._busy:
            return False
        self._busy.add(key)
        return True

    def leave(self, key: str) -> None:
        """See Counters."""
        self._busy.discard(key)


counters: Counters = MemoryCounters()


def check(kind: str, key: str, address: str) -> None:
    """Count one request of `kind` ("session" or "address").

    Raises:
        Problem: there were too many in the last minute.
    """
    limit = settings.RATE_LIMIT_SESSION if kind == "session" else settings.RATE_LIMIT_ADDRESS
    if _is_loopback(address):
        limit = settings.RATE_LIMIT_LOOPBACK
    wait = counters.hit(f"{kind}:{key}", limit) if limit else 0.0
    if wait:
        raise Problem("too-many-requests", {"Retry-After": str(int(wait) + 1)})


@contextmanager
def one_at_a_time(conversation: str) -> Iterator[None]:
    """Hold the conversation's only place; Rasa would make a second message wait, second by second.

    Raises:
        Problem: a message of this conversation is being answered.
    """
    if not counters.enter(conversation):
        raise Problem("conversation-busy", {"Retry-After": "1"})
    try:
        yield
    finally:
        counters.leave(conversation)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
