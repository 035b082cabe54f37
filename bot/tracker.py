"""Erasing conversations from the database where Rasa keeps them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, create_engine, inspect, text
from sqlalchemy.engine import Connection

from knowledge.store import flush, wipe

_EVENTS = "events"  # Rasa's table


def erase_old_conversations(tracker_url: str, now: datetime, days: int) -> int:
    """Erase the conversations whose last event is older than `days`; return how many events went.

    A conversation goes whole or not at all: half of one would be replayed as another.
    """
    limit = (now - timedelta(days=days)).timestamp()
    query = text(
        "DELETE FROM events WHERE sender_id IN "
        "(SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < :limit)"
    )
    return _erase(tracker_url, lambda connection: connection.execute(query, {"limit": limit}).rowcount)


def erase_conversations(tracker_url: str, conversations: Collection[str]) -> int:
    """Erase some conversations; return how many events went."""
    if not conversations:
        return 0
    query = text("DELETE FROM events WHERE sender_id IN :ids").bindparams(bindparam("ids", expanding=True))
    return _erase(tracker_url, lambda connection: connection.execute(query, {"ids": list(conversations)}).rowcount)


def _erase(tracker_url: str, work: Callable[[Connection], int]) -> int:
    # A connection of its own: Rasa keeps its own, in another process.
    engine = create_engine(tracker_url.replace("postgres://", "postgresql://", 1), future=True)
    try:
        if not inspect(engine).has_table(_EVENTS):
            return 0
        with engine.begin() as connection:
            wipe(connection)
            erased = int(work(connection))
        flush(engine)
        return erased
    finally:
        engine.dispose()
