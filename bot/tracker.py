"""Conversations in the database where Rasa keeps them: what was said in one, and erasing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import bindparam, create_engine, inspect, text
from sqlalchemy.engine import Connection

from knowledge.base.store import flush, wipe

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


def kept(tracker_url: str, conversation: str) -> list[dict[str, Any]]:
    """Return what is kept of a conversation, oldest first: `{"from": "person"|"assistant", "text", "at"}` (ISO, UTC).

    A button is kept as the command that it stands for.
    """
    engine = create_engine(tracker_url.replace("postgres://", "postgresql://", 1), future=True)
    try:
        if not inspect(engine).has_table(_EVENTS):
            return []
        query = text("SELECT data FROM events WHERE sender_id = :id AND type_name IN ('user', 'bot') ORDER BY id")
        with engine.connect() as connection:
            events = [json.loads(row) for row in connection.execute(query, {"id": conversation}).scalars()]
    finally:
        engine.dispose()
    return [
        {
            "from": "person" if event["event"] == "user" else "assistant",
            "text": words,
            "at": datetime.fromtimestamp(event["timestamp"], timezone.utc).isoformat(timespec="seconds"),
        }
        for event in events
        if (words := _words(event))
    ]


def _words(event: dict[str, Any]) -> str | None:
    custom = (event.get("data") or {}).get("custom") or {}
    return event.get("text") or (custom.get("text") if isinstance(custom, dict) else None)


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
