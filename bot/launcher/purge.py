"""Erasing by age: conversations kept by Rasa, and the questions left without answer.

The durations are settings (design: 30 days for a conversation, 12 months for a masked question). Run by
`python -m bot purge`, from a daily timer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import create_engine, inspect, text

from knowledge.store import Store


def purge_conversations(tracker_url: str, now: datetime, days: int) -> int:
    """Erase the conversations whose last event is older than `days`; return how many events went.

    A conversation goes whole or not at all: half of one would be replayed as another.
    """
    engine = create_engine(tracker_url, future=True)
    try:
        if not inspect(engine).has_table("events"):
            return 0
        limit = (now - timedelta(days=days)).timestamp()
        with engine.begin() as connection:
            query = text(
                "DELETE FROM events WHERE sender_id IN "
                "(SELECT sender_id FROM events GROUP BY sender_id HAVING MAX(timestamp) < :limit)"
            )
            return int(connection.execute(query, {"limit": limit}).rowcount)
    finally:
        engine.dispose()


def purge_questions(database_url: str, now: datetime, days: int) -> int:
    """Erase the masked questions older than `days`; return how many."""
    store = Store(database_url)
    try:
        return store.forget_questions(now - timedelta(days=days))
    finally:
        store.close()
