"""How often one may ask, and one message at a time in a conversation."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from django.conf import settings

from bot.web.counters import Counters, Limit, MemoryCounters
from bot.web.problems import Problem

_MINUTE, _HOUR = 60.0, 3600.0  # seconds


# Replaced at the start when several copies share them (bot.web.apps).
counters: Counters = MemoryCounters()


async def check(kind: str, key: str, address: str) -> None:
    """Count one request of `kind` ("session" or "address").

    Raises:
        Problem: there were too many in the last minute, or in the last hour.
    """
    limits = _limits(kind, address)
    wait = await counters.hit(f"{kind}:{key}", limits) if limits else 0.0
    if wait:
        raise Problem("too-many-requests", {"Retry-After": str(int(wait) + 1)})


def _limits(kind: str, address: str) -> list[Limit]:
    if _is_loopback(address):
        counts = (settings.RATE_LIMIT_LOOPBACK, 0)
    elif kind == "session":
        counts = (settings.RATE_LIMIT_SESSION, settings.RATE_LIMIT_SESSION_HOUR)
    else:
        counts = (settings.RATE_LIMIT_ADDRESS, settings.RATE_LIMIT_ADDRESS_HOUR)
    return [Limit(count, seconds) for count, seconds in zip(counts, (_MINUTE, _HOUR)) if count]


@asynccontextmanager
async def one_at_a_time(conversation: str) -> AsyncIterator[None]:
    """Hold the conversation's only place; Rasa would make a second message wait, second by second.

    Raises:
        Problem: a message of this conversation is being answered.
    """
    # A copy that is killed while it answers gives nothing back: the place then opens by itself.
    place = await counters.enter(conversation, 2 * settings.MESSAGE_TIMEOUT + 10)
    if place is None:
        raise Problem("conversation-busy", {"Retry-After": "1"})
    try:
        yield
    finally:
        await counters.leave(conversation, place)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
