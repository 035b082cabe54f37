"""How much may be sent by itself: the brakes against loops and floods."""

from __future__ import annotations

from dataclasses import dataclass

THREAD_TOTAL = 2
SENDER_PER_THREAD_AND_DAY = 1
SENDER_PER_DAY = 3
MAILBOX_PER_HOUR = 30
PING_PONG = "ping_pong"
"""Two machines may be answering each other: a person must look."""


@dataclass(frozen=True)
class Recent:
    """How many replies went by themselves: ever in the thread, and in the last 24 hours or the last hour."""

    in_thread: int
    in_thread_to_sender_today: int
    to_sender_today: int
    from_mailbox_this_hour: int


def brake(recent: Recent) -> str | None:
    """Return the limit that forbids one more reply, as an identifier; None when it may go."""
    if recent.in_thread >= THREAD_TOTAL:
        return PING_PONG
    if recent.in_thread_to_sender_today >= SENDER_PER_THREAD_AND_DAY:
        return "thread_limit"
    if recent.to_sender_today >= SENDER_PER_DAY:
        return "sender_limit"
    if recent.from_mailbox_this_hour >= MAILBOX_PER_HOUR:
        return "mailbox_limit"
    return None


def is_checked(number: int, share: float) -> bool:
    """Tell whether a reply is among those kept for people to check.

    Args:
        number: anything that the mail decides, evenly spread: the same mail always gives the same answer.
        share: percentage kept, 0 to 100.
    """
    return number % 10_000 < share * 100
