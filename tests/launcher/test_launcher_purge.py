"""Erasing by age, proven by moving the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.launcher.purge import purge_dossiers, purge_mails, purge_questions
from bot.tracker import erase_old_conversations
from knowledge.base.store import Store, UnansweredQuestion
from knowledge.dossiers.dossier import KEPT_FOR, ByCode, Dossiers
from knowledge.mail.item import Sighting
from knowledge.mail.ledger import Ledger

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
NOON_OLD = NOW - timedelta(days=100)


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


def test_mails_go_after_their_own_delay(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite3'}"
    store = Store(url)
    store.migrate()
    ledger = Ledger(store, "box")
    for age in (731, 729):
        then = NOW - timedelta(days=age)
        ledger.take(Sighting(1, age, f"message {age}", "content", then), then)
    assert purge_mails(url, NOW, 730) == 1
    assert [item.uid for item in ledger.unsettled()] == [729]
    store.close()


def test_dossiers_go_a_year_after_their_last_change_and_with_them_the_conversations_that_repeat_them(
    tmp_path: Path,
) -> None:
    url, tracker_url = f"sqlite:///{tmp_path / 'knowledge.sqlite3'}", tracker(tmp_path)
    store = Store(url)
    store.migrate()
    dossiers = Dossiers(store)
    secret = {"establishment": {"name": "Résidence Zinzolin"}}
    dossiers.create("normandie-2024", secret, "2026-11", NOON_OLD, conversation="long")
    kept, _ = dossiers.create("normandie-2024", {}, "2026-11", NOW, conversation="new")
    assert purge_dossiers(url, tracker_url, NOON_OLD + KEPT_FOR, KEPT_FOR) == 0
    assert senders(tracker_url) == {"old", "long", "new"}
    assert purge_dossiers(url, tracker_url, NOON_OLD + KEPT_FOR + timedelta(seconds=1), KEPT_FOR) == 1
    assert senders(tracker_url) == {"old", "new"}
    assert [item.reference for item in dossiers.every()] == [kept.reference] and dossiers.left_behind() == []
    store.close()
    for file in tmp_path.iterdir():
        assert b"Zinzolin" not in file.read_bytes(), file


def test_an_erasure_that_a_crash_left_half_done_is_finished(tmp_path: Path) -> None:
    url, tracker_url = f"sqlite:///{tmp_path / 'knowledge.sqlite3'}", tracker(tmp_path)
    store = Store(url)
    store.migrate()
    dossiers = Dossiers(store)
    made, code = dossiers.create("normandie-2024", {}, "2026-11", NOW, conversation="long")
    # The web part died right after: neither the conversation nor its trace went.
    dossiers.erase(ByCode(made.reference, code), NOW)
    assert dossiers.left_behind() == ["long"]
    assert purge_dossiers(url, tracker_url, NOW, KEPT_FOR) == 0
    assert senders(tracker_url) == {"old", "new"} and dossiers.left_behind() == []
    store.close()


def test_the_command_purges_everything_at_its_age(tmp_path: Path) -> None:
    """`python -m bot purge`, the clock moved by its setting."""
    store = Store(f"sqlite:///{tmp_path / 'knowledge.sqlite3'}")
    store.migrate()
    Dossiers(store).create("normandie-2024", {}, "2026-11", NOW)
    store.close()
    environ = {
        **os.environ,
        "ASSISTANT_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'knowledge.sqlite3'}",
        "TRACKER_DATABASE_URL": tracker(tmp_path),
        "WEB_DATABASE_URL": f"sqlite:///{tmp_path / 'web.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "bot.web.settings",
        "DOSSIER_DAYS": "90",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate"], env=environ, check=True, capture_output=True)
    for days, count in ((90, 0), (91, 1)):
        moved = {**environ, "ASSISTANT_NOW": (NOW + timedelta(days=days)).isoformat()}
        done = subprocess.run([sys.executable, "-m", "bot", "purge"], env=moved, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert f"Dossiers inchangés depuis 90 jours : {count} effacé(s)." in done.stdout + done.stderr
