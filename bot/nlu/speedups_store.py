"""Speed-ups of Rasa's SQL tracker store: the same rows and the same trackers, by fewer and simpler statements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any


def patch() -> None:
    """Patch the store's connections, and its statements (see `apply` in bot.nlu.speedups)."""
    _connections()
    _statements()


def _connections() -> None:
    """Rasa opens an SQLite file at each statement, and waits for the disk at each message.

    SQLAlchemy 2 keeps the connections of SQLite files as here. In WAL mode, NORMAL loses nothing when a
    process dies; when the machine's power is cut, the last messages may be missing from the file.
    """
    import rasa.core.tracker_store as stores
    from sqlalchemy import event
    from sqlalchemy.engine import Engine, make_url
    from sqlalchemy.pool import QueuePool

    original = stores.create_engine_kwargs

    def engine_kwargs(url: Any) -> dict[str, Any]:
        kwargs = original(url)
        parts = make_url(url)
        if parts.get_backend_name() == "sqlite" and parts.database not in (None, "", ":memory:"):
            kwargs |= {"poolclass": QueuePool, "connect_args": {"check_same_thread": False}}
        return kwargs

    def tune(connection: Any, _record: Any) -> None:
        if not type(connection).__module__.startswith("sqlite3"):
            return
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    stores.create_engine_kwargs = engine_kwargs
    event.listen(Engine, "connect", tune)


def _statements() -> None:
    """Rasa builds the same three statements for each message, reads whole rows, and inserts events one by one."""
    import sqlalchemy as sa
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.events import SessionStarted
    from rasa.shared.core.trackers import DialogueStateTracker

    events = SQLTrackerStore.SQLEvent.__table__
    sender = events.c.sender_id == sa.bindparam("sender")
    session_start = (
        sa.select(sa.func.max(events.c.timestamp))
        .where(sender, events.c.type_name == SessionStarted.type_name)
        .scalar_subquery()
    )
    # The same condition as SQLTrackerStore._event_query: what follows the last start of a session, or everything.
    last_session = sa.and_(sender, sa.or_(events.c.timestamp >= session_start, session_start.is_(None)))
    read_last = sa.select(events.c.data).where(last_session).order_by(events.c.id)
    read_all = sa.select(events.c.data).where(sender).order_by(events.c.id)
    count_last = sa.select(sa.func.count()).select_from(events).where(last_session)
    insert = sa.insert(events)

    async def retrieve(
        self: SQLTrackerStore, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            statement = read_all if fetch_events_from_all_sessions else read_last
            found = [json.loads(data) for (data,) in session.execute(statement, {"sender": sender_id})]
        if not self.domain or not found:
            return None
        return DialogueStateTracker.from_dict(sender_id, found, self.domain.slots)

    def additional_events(self: SQLTrackerStore, session: Any, tracker: DialogueStateTracker) -> Iterator[Any]:
        known = session.execute(count_last, {"sender": tracker.sender_id}).scalar_one()
        return islice(tracker.events, known, len(tracker.events))

    async def save(self: SQLTrackerStore, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        with self.session_scope() as session:
            rows = [_row(tracker.sender_id, event) for event in self._additional_events(session, tracker)]
            if rows:
                session.execute(insert, rows)
            session.commit()

    SQLTrackerStore._retrieve = retrieve
    SQLTrackerStore._additional_events = additional_events
    SQLTrackerStore.save = save


def _row(sender_id: str, event: Any) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
