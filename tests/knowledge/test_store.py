"""The store, on SQLite and on PostgreSQL: tables, publications, versions, questions kept."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from records_for_tests import NOON, ask, publication

import knowledge
from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.store import Opinion, Publication, Store, UnansweredQuestion
from knowledge.base.tables import metadata
from knowledge.errors import StoreUnavailable, UnknownRecord
from knowledge.privacy.conversations import conversation_hash

ROOT = Path(knowledge.__file__).parent.parent


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """Return what the database holds, read beside the store."""
    engine = sqlalchemy.create_engine(store.url, future=True)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sqlalchemy.text(query))]
    finally:
        engine.dispose()


def question(asked_at: datetime, text: str = "Et le budget ?") -> UnansweredQuestion:
    return UnansweredQuestion(asked_at, text, "bretagne-2026", "funding", "misunderstood")


def test_migrating_an_empty_database_then_again_leaves_it_ready_and_unchanged(any_url: str) -> None:
    store = Store(any_url)
    store.migrate()
    store.publish([publication()], "tests", NOON)
    store.migrate()
    assert store.count() == 1
    assert Catalogue(store).snapshot().get("bretagne-2026").edition == "2026"
    store.close()


def test_several_processes_that_start_together_on_an_empty_database_all_find_it_ready(any_url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": any_url}
    command_line = [sys.executable, "-m", "knowledge", "migrate"]
    started = [
        subprocess.Popen(command_line, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in started] == [("", 0)] * 3


def test_the_migrations_make_exactly_the_tables_that_the_code_declares(any_store: Store) -> None:
    engine = sqlalchemy.create_engine(any_store.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_downgrading_removes_the_tables_and_upgrading_brings_them_back(any_store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "knowledge" / "migrations"))
    engine = sqlalchemy.create_engine(any_store.url, future=True)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(sqlalchemy.inspect(connection).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    any_store.migrate()
    assert any_store.publish([publication()], "tests", NOON) == ["bretagne-2026"]


def test_reading_a_database_without_tables_is_an_error_of_this_package(any_url: str) -> None:
    store = Store(any_url)
    with pytest.raises(StoreUnavailable):
        store.revision()
    store.close()


def test_a_publication_that_fails_half_way_publishes_nothing(any_store: Store) -> None:
    any_store.publish([publication()], "tests", NOON)
    revision = any_store.revision()
    impossible = Publication("second", "call", {"a": object()}, {})
    with pytest.raises(Exception):  # noqa: B017 - whatever stops it, nothing must remain
        any_store.publish([publication(edition="2027"), publication("first"), impossible], "tests", NOON)
    assert any_store.revision() == revision
    assert any_store.count() == 1
    assert Catalogue(any_store).snapshot().get("bretagne-2026").edition == "2026"
    assert [version["number"] for version in any_store.versions("bretagne-2026")] == [1]


def test_publishing_the_same_content_makes_no_version_and_keeps_the_revision(any_store: Store) -> None:
    any_store.publish([publication()], "tests", NOON)
    revision = any_store.revision()
    reordered = publication()
    reordered = Publication(reordered.id, reordered.kind, dict(reversed(reordered.content.items())), reordered.summary)
    assert any_store.publish([publication(), reordered], "other", NOON + timedelta(days=1)) == []
    assert any_store.revision() == revision
    assert len(any_store.versions("bretagne-2026")) == 1


def test_what_an_older_program_kept_at_hand_is_refreshed_without_a_new_version(any_store: Store) -> None:
    any_store.publish([publication()], "tests", NOON)
    revision, now = any_store.revision(), publication()
    richer = Publication(now.id, now.kind, now.content, {**now.summary, "short_title": "Nom court d'aujourd'hui"})
    assert any_store.publish([richer], "tests", NOON) == []
    assert any_store.revision() > revision
    assert Catalogue(any_store).snapshot().summaries[now.id].short_title == "Nom court d'aujourd'hui"
    assert len(any_store.versions(now.id)) == 1


def test_each_change_makes_a_numbered_version_with_its_author_date_and_changed_fields(any_store: Store) -> None:
    later = NOON + timedelta(days=1)
    any_store.publish([publication()], "Aline", NOON)
    before = any_store.revision()
    changed = publication(edition="2027", territory={"regions": ["53"], "departments": ["29"]})
    assert any_store.publish([changed], "Bruno", later) == ["bretagne-2026"]
    first, second = any_store.versions("bretagne-2026")
    assert (first["number"], first["author"], first["created_at"]) == (1, "Aline", NOON)
    assert (second["number"], second["author"], second["created_at"]) == (2, "Bruno", later)
    assert second["changes"] == ["edition", "territory.departments"]
    assert any_store.revision() > before


def test_versions_already_made_never_change(any_store: Store) -> None:
    query = "SELECT number, author, checksum, CAST(content AS TEXT) FROM record_version ORDER BY number"
    any_store.publish([publication()], "Aline", NOON)
    kept = rows(any_store, query)
    any_store.publish([publication(edition="2027")], "Bruno", NOON)
    any_store.publish([publication(edition="2028")], "Chloé", NOON)
    now = rows(any_store, query)
    assert now[:1] == kept
    assert [row[0] for row in now] == [1, 2, 3]
    assert Catalogue(any_store).snapshot().get("bretagne-2026").edition == "2028"


def test_two_publications_at_the_same_time_lose_nothing(any_store: Store) -> None:
    rounds, errors = 12, []
    ready = threading.Barrier(2)

    def publish(author: str) -> None:
        own = Store(any_store.url)
        try:
            ready.wait(10)
            for number in range(rounds):
                own.publish(
                    [publication(edition=f"{author}{number}"), publication(f"own-{author}-{number}")], author, NOON
                )
        except Exception as error:
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=publish, args=(author,)) for author in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    versions = any_store.versions("bretagne-2026")
    assert [version["number"] for version in versions] == list(range(1, 2 * rounds + 1))
    assert sorted(version["author"] for version in versions) == ["A"] * rounds + ["B"] * rounds
    assert any_store.count() == 2 * rounds + 1
    assert any_store.revision() == 2 * rounds


def test_a_record_published_elsewhere_is_answered_at_once_by_an_assistant_already_open(any_store: Store) -> None:
    any_store.publish([publication()], "tests", NOON)
    catalogue = Catalogue(any_store)
    assistant = Assistant(catalogue.snapshot())
    assert "15 janvier 2027" in ask(assistant, "bretagne-2026", "deadline", "Quelle est la date limite ?")
    elsewhere = Store(any_store.url)
    changed = publication(facts={"deadline": [{"id": "d", "text": "Dossiers à déposer le 3 mars 2027 au plus tard"}]})
    new = publication("corse-2026", territory={"regions": ["94"]}, aliases=["renfort estival de Corse"])
    elsewhere.publish([changed, new], "tests", NOON)
    elsewhere.close()
    assistant = Assistant(catalogue.snapshot())
    answer = ask(assistant, "bretagne-2026", "deadline", "Quelle est la date limite ?")
    assert "3 mars 2027" in answer and "15 janvier" not in answer
    assert "travail de nuit" in ask(assistant, "corse-2026", "theme", "Quel thème ?")
    assert assistant.mentions("le renfort estival de Corse").records == ("corse-2026",)


def test_a_withdrawn_record_is_unknown_and_readers_are_told(any_store: Store) -> None:
    any_store.publish([publication()], "tests", NOON)
    catalogue, revision = Catalogue(any_store), any_store.revision()
    assert catalogue.snapshot().get("bretagne-2026").edition == "2026"
    any_store.withdraw("bretagne-2026")
    assert any_store.revision() > revision
    assert any_store.versions("bretagne-2026") == []
    with pytest.raises(UnknownRecord):
        catalogue.snapshot().get("bretagne-2026")
    with pytest.raises(UnknownRecord):
        any_store.withdraw("bretagne-2026")


def test_questions_are_listed_most_recent_first_since_a_date(any_store: Store) -> None:
    for days in (3, 1, 2):
        any_store.keep_question(question(NOON - timedelta(days=days), f"question d'il y a {days} jours"))
    found = any_store.questions(NOON - timedelta(days=2))
    assert [item.text for item in found] == ["question d'il y a 1 jours", "question d'il y a 2 jours"]
    assert found[0] == question(NOON - timedelta(days=1), "question d'il y a 1 jours")
    assert len(any_store.questions()) == 3


def test_old_questions_are_erased_when_the_clock_has_moved_and_recent_ones_stay(any_store: Store) -> None:
    any_store.keep_question(question(NOON))
    any_store.keep_question(question(NOON + timedelta(days=30)))
    kept_for = timedelta(days=365)
    assert any_store.forget_questions(NOON + timedelta(days=365) - kept_for) == 0
    assert any_store.forget_questions(NOON + timedelta(days=366) - kept_for) == 1
    assert [item.asked_at for item in any_store.questions()] == [NOON + timedelta(days=30)]
    assert any_store.forget_questions(NOON + timedelta(days=800) - kept_for) == 1
    assert rows(any_store, "SELECT * FROM unanswered_question") == []


def test_an_instant_is_the_same_whatever_the_time_zone_it_was_given_in(any_store: Store) -> None:
    at_noon_there = NOON.astimezone(ZoneInfo("Indian/Reunion"))
    any_store.keep_question(question(at_noon_there))
    any_store.publish([publication()], "tests", at_noon_there)
    assert any_store.questions()[0].asked_at == NOON
    assert any_store.versions("bretagne-2026")[0]["created_at"] == NOON
    assert any_store.questions(NOON + timedelta(minutes=1)) == []
    assert len(any_store.questions((NOON - timedelta(minutes=1)).astimezone(ZoneInfo("America/Guadeloupe")))) == 1
    assert any_store.forget_questions((NOON - timedelta(minutes=1)).astimezone(ZoneInfo("Indian/Reunion"))) == 0
    assert any_store.forget_questions((NOON + timedelta(minutes=1)).astimezone(timezone.utc)) == 1


def test_the_short_form_of_postgresql_addresses_is_understood(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url.replace("postgresql://", "postgres://"))
    store = Store()
    with pytest.raises(StoreUnavailable, match="revision"):
        store.revision()
    store.close()


def test_what_a_conversation_leaves_is_erased_with_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVERSATION_SECRET", "k" * 32)
    mine, other = conversation_hash("mine"), conversation_hash("other")
    assert mine and mine != other and "mine" not in mine
    for name in (mine, other, ""):
        store.keep_question(UnansweredQuestion(NOON, f"question {name[:4]}", None, None, "not_understood", name))
        store.keep_opinion(Opinion(NOON, False, f"avis {name[:4]}", None, None, name))
    assert store.forget_conversations([mine, ""]) == 2
    assert {kept.conversation for kept in store.questions()} == {other, ""}
    assert {kept.conversation for kept in store.opinions()} == {other, ""}
