"""Counters of requests and places in conversations: in this process, or in Redis for several copies of it."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bot.web.redis_store import RedisStore, Resting, Unavailable


@dataclass(frozen=True)
class Limit:
    """At most `count` requests in any `seconds`."""

    count: int
    seconds: float


class Counters(Protocol):
    """What is needed of a store of counters."""

    async def hit(self, key: str, limits: Sequence[Limit]) -> float:
        """Count one request; return 0, or the seconds to wait when a limit is reached (it then counts for nothing)."""

    async def enter(self, key: str, seconds: float) -> str | None:
        """Take the only place for `key`, for `seconds` at most; return what gives it back, None when it is taken."""

    async def leave(self, key: str, place: str) -> None:
        """Give the place back."""


class MemoryCounters:
    """Counters of one process, over sliding windows. Called from one event loop, and never waits: no lock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # The key counted last comes last, so that forgetting looks at no more than it forgets.
        self._hits: OrderedDict[str, deque[float]] = OrderedDict()
        self._longest = 0.0
        self._places: dict[str, tuple[str, float]] = {}

    async def hit(self, key: str, limits: Sequence[Limit]) -> float:
        """See Counters."""
        now = self._clock()
        longest = max((limit.seconds for limit in limits), default=0.0)
        # A key may be under longer limits than this one.
        self._longest = max(self._longest, longest)
        while self._hits and next(iter(self._hits.values()))[-1] <= now - self._longest:
            self._hits.popitem(last=False)
        hits = self._hits.get(key, deque())
        while hits and hits[0] <= now - longest:
            hits.popleft()
        waits = [hits[-limit.count] + limit.seconds - now for limit in limits if len(hits) >= limit.count]
        wait = max(waits, default=0.0)
        if wait > 0:
            return wait
        hits.append(now)
        self._hits[key] = hits
        self._hits.move_to_end(key)
        return 0.0

    async def enter(self, key: str, seconds: float) -> str | None:
        """See Counters."""
        now = self._clock()
        if key in self._places and self._places[key][1] > now:
            return None
        place = secrets.token_hex(8)
        self._places[key] = (place, now + seconds)
        return place

    async def leave(self, key: str, place: str) -> None:
        """See Counters."""
        if self.holds(key, place):
            del self._places[key]

    def holds(self, key: str, place: str) -> bool:
        """Tell whether a place was taken here, and not given back."""
        return self._places.get(key, ("", 0.0))[0] == place


# Redis's own clock: copies on several machines may not agree on the time. Each limit comes as a count and seconds.
_HIT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local longest, wait = 0, 0
for i = 2, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[i + 1])) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - longest)
for i = 2, #ARGV, 2 do
  local nth = redis.call('ZRANGE', KEYS[1], -tonumber(ARGV[i]), -tonumber(ARGV[i]), 'WITHSCORES')
  if nth[2] then wait = math.max(wait, tonumber(nth[2]) + tonumber(ARGV[i + 1]) - now) end
end
if wait > 0 then return tostring(wait) end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], math.ceil(longest * 1000))
return '0'
"""
_LEAVE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class RedisCounters:
    """Counters that several copies share. Without Redis each counts for itself: a limit that loosens is better than
    an assistant that no longer answers."""

    def __init__(self, store: RedisStore) -> None:
        self._store = store
        self._alone = MemoryCounters()
        # Places to give back once Redis answers: without it, a moment's failure would close for their whole
        # time the conversations that were being answered.
        self._owed: set[tuple[str, str]] = set()

    async def hit(self, key: str, limits: Sequence[Limit]) -> float:
        """See Counters."""
        numbers = [number for limit in limits for number in (limit.count, limit.seconds)]
        arguments = [self._store.hidden("hits", key), secrets.token_hex(8), *numbers]
        try:
            return float(await self._store.run(lambda redis: redis.eval(_HIT, 1, *arguments)))
        except Unavailable:
            return await self._alone.hit(key, limits)

    async def enter(self, key: str, seconds: float) -> str | None:
        """See Counters."""
        name, place = self._store.hidden("place", key), secrets.token_hex(8)
        try:
            await self._settle()
            taken = await self._store.run(lambda redis: redis.set(name, place, nx=True, px=int(seconds * 1000)))
        except Resting:
            return await self._alone.enter(key, seconds)
        except Unavailable:
            self._owed.add((name, place))
            return await self._alone.enter(key, seconds)
        return place if taken else None

    async def leave(self, key: str, place: str) -> None:
        """See Counters."""
        if self._alone.holds(key, place):
            await self._alone.leave(key, place)
            return
        self._owed.add((self._store.hidden("place", key), place))
        with suppress(Unavailable):
            await self._settle()

    async def _settle(self) -> None:
        for owed in list(self._owed):
            await self._store.run(partial(_give_back, *owed))
            self._owed.discard(owed)


async def _give_back(name: str, place: str, redis: Any) -> None:
    await redis.eval(_LEAVE, 1, name, place)
