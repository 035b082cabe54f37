"""Erasing by age, proven by moving the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.launcher.purge import purge_questions
from bot.tracker import erase_old_conversations
from knowledge.store import Store, UnansweredQuestion

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def tracker(path: Path) -> str:
    url = f"sqlite:///{path / 'tracker.sqlite3'}"
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, timestamp FLOAT)"))
        for sender, age in (("old", 45), ("old", 31), ("long", 45), ("long", 2), ("new", 1)):
            when = (NOW - timedelta(days=age)).timestamp()
            connection.execute(
                text("INSERT INTO events (sender_id, timestamp) VALUES (:s, :t)"), {"s": sender, "t": when}
            )
    engine.dispose()
    return url


def senders(url: str) -> set[str]:
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        found = {row[0] for row in connection.execute(text("SELECT sender_id FROM events"))}
    engine.dispose()
    return found


def test_a_conversation_goes_whole_once_its_last_event_is_too_old(tmp_path: Path) -> None:
    url = tracker(tmp_path)
    assert erase_old_conversations(url, NOW, 30) == 2
    assert senders(url) == {"long", "new"}
    assert erase_old_conversations(url, NOW + timedelta(days=60), 30) == 3
    assert senders(url) == set()


def test_an_empty_tracker_is_no_fault(tmp_path: Path) -> None:
    assert erase_old_conversations(f"sqlite:///{tmp_path / 'none.sqlite3'}", NOW, 30) == 0


def test_questions_go_after_their_own_delay(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite3'}"
    store = Store(url)
    store.migrate()
    store.keep_question(UnansweredQuestion(NOW - timedelta(days=400), "ancienne", None, None, "not_understood"))
    store.keep_question(UnansweredQuestion(NOW - timedelta(days=10), "récente", None, None, "not_understood"))
    assert purge_questions(url, NOW, 365) == 1
    assert [question.text for question in store.questions()] == ["récente"]
    store.close()
