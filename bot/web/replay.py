"""The last answer of each conversation, for a client that did not receive it: asked again, nothing is done twice."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

from bot.web.problems import Problem
from bot.web.redis_store import RedisStore, Unavailable

KEPT = 120.0  # seconds: a lost answer is asked for again at once, or never
_MOST = 2000  # conversations
_LONGEST = 64  # characters


class Memory(Protocol):
    """Where the last answer of each conversation is; an answer is a JSON object."""

    async def find(self, conversation: str, name: str | None) -> Any:
        """Return what was answered to the request called `name`, None when it is not the last one."""

    async def keep(self, conversation: str, name: str | None, answer: Any) -> None:
        """Remember the answer to a request, the one before being forgotten; without a name, only forget."""


class ProcessMemory:
    """Answers in the memory of this process, and nowhere else: one of them may show a code."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, tuple[str, float, Any]] = OrderedDict()

    async def find(self, conversation: str, name: str | None) -> Any:
        """See Memory."""
        known = self._known.get(conversation)
        if name is None or known is None or known[0] != name or known[1] < self._clock() - KEPT:
            return None
        return known[2]

    async def keep(self, conversation: str, name: str | None, answer: Any) -> None:
        """See Memory; everything too old is forgotten as well."""
        self._known.pop(conversation, None)
        if name is not None:
            self._known[conversation] = (name, self._clock(), answer)
        while self._known and (len(self._known) > _MOST or next(iter(self._known.values()))[1] < self._clock() - KEPT):
            self._known.popitem(last=False)


class RedisMemory:
    """Answers that several copies share, encrypted: one of them may show a code, and Redis may write to a disk."""

    def __init__(self, store: RedisStore) -> None:
        self._store = store
        self._alone = ProcessMemory()

    async def find(self, conversation: str, name: str | None) -> Any:
        """See Memory."""
        key = self._store.hidden("replay", conversation)
        try:
            value = await self._store.run(lambda redis: redis.get(key))
        except Unavailable:
            return await self._alone.find(conversation, name)
        text = self._store.decrypted(conversation, value) if value else None
        known = json.loads(text) if text else None
        return known["answer"] if known and name is not None and known["name"] == name else None

    async def keep(self, conversation: str, name: str | None, answer: Any) -> None:
        """See Memory."""
        key = self._store.hidden("replay", conversation)
        value = self._store.encrypted(conversation, json.dumps({"name": name, "answer": answer}))
        # What was kept here while Redis was away is out of date, or is being erased.
        await self._alone.keep(conversation, None, None)
        try:
            if name is None:
                await self._store.run(lambda redis: redis.delete(key))
            else:
                await self._store.run(lambda redis: redis.set(key, value, ex=int(KEPT)))
        except Unavailable:
            await self._alone.keep(conversation, name, answer)


# Replaced at the start when several copies share them (bot.web.apps).
memory: Memory = ProcessMemory()


def name_of(asked: dict[str, Any]) -> str | None:
    """Return the name that a client gives to a request, if it gives one.

    Raises:
        Problem: it is no short text.
    """
    name = asked.get("request")
    if name is not None and not (isinstance(name, str) and 0 < len(name) <= _LONGEST):
        raise Problem("invalid-body")
    return name
