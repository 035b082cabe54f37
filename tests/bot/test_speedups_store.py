"""The tracker store with simpler statements, against Rasa's own: same rows, same conversations."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

ORIGINALS = {
    "retrieve": SQLTrackerStore._retrieve,
    "additional": SQLTrackerStore._additional_events,
    "save": SQLTrackerStore.save,
}

from bot.nlu import speedups  # noqa: E402  (after the originals)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _patched() -> None:
    assert speedups.apply()


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SQLTrackerStore]:
    """Return a tracker store on each database."""
    domain = Domain.load(str(ROOT / "domain.yml"))
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    else:
        url = request.getfixturevalue("postgres_url")
    store = SQLTrackerStore(domain, host=url)
    yield store
    store.Base.metadata.drop_all(store.engine)
    store.engine.dispose()


def _events(turn: int) -> list[Event]:
    now = time.time()
    return [
        ActionExecuted("action_session_start", timestamp=now),
        SessionStarted(timestamp=now + 0.001),
        ActionExecuted("action_listen", timestamp=now + 0.002),
        UserUttered(f"Où envoyer ? {turn}", {"name": "ask_submission", "confidence": 0.9}, timestamp=now + 0.003),
        SlotSet("call", "normandie-2024", timestamp=now + 0.004),
        BotUttered("À l’agence", {"buttons": [{"title": "é"}]}, timestamp=now + 0.005),
    ]


def test_conversations_are_stored_and_read_alike(stores: SQLTrackerStore) -> None:
    async def scenario() -> None:
        slots = stores.domain.slots
        for turn in range(3):
            events = _events(turn)
            for sender, save in (("new", SQLTrackerStore.save), ("old", ORIGINALS["save"])):
                tracker = await stores.retrieve(sender) or DialogueStateTracker.from_events(sender, [], slots)
                for event in events if turn != 1 else events[3:]:
                    tracker.update(event)
                await save(stores, tracker)
        for everything in (False, True):
            read = [
                await method(stores, sender, everything)
                for sender in ("new", "old")
                for method in (SQLTrackerStore._retrieve, ORIGINALS["retrieve"])
            ]
            assert len({json.dumps([event.as_dict() for event in one.events]) for one in read}) == 1
            assert read[0].current_slot_values() == read[1].current_slot_values()
        assert await stores.retrieve("nobody") is None
        with stores.session_scope() as session:
            fresh = await stores.retrieve("new")
            fresh.update(ActionExecuted("action_listen"))
            new, old = (
                list(method(stores, session, fresh))
                for method in (SQLTrackerStore._additional_events, ORIGINALS["additional"])
            )
            assert new == old and len(new) == 1

    asyncio.run(scenario())
    columns = "type_name, timestamp, intent_name, action_name, data"
    with stores.engine.connect() as connection:
        rows = [
            connection.execute(
                sa.text(f"SELECT {columns} FROM events WHERE sender_id = '{sender}' ORDER BY id")
            ).fetchall()
            for sender in ("new", "old")
        ]
    assert rows[0] == rows[1] and len(rows[0]) == 15


def test_sqlite_in_wal_mode_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    for mode, expected in (("wal", 1), ("delete", 2)):
        file = tmp_path / mode
        with sa.create_engine(f"sqlite:///{file}").connect() as connection:
            connection.execute(sa.text(f"PRAGMA journal_mode={mode}"))
        store = SQLTrackerStore(None, host=f"sqlite:///{file}")
        with store.session_scope() as session:
            assert session.execute(sa.text("PRAGMA synchronous")).scalar_one() == expected
