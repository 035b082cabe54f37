"""What the action server prepares while Rasa starts, so that the first question does not wait for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from records_for_tests import NOON

from actions import __main__ as server
from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.understanding.ranking import index_of


def test_every_call_is_prepared_before_it_is_asked_about(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    load(store, FOLDER, NOON, "tests")
    catalogue = Catalogue(store)
    monkeypatch.setattr(server, "catalogue", lambda: catalogue)
    index_of.cache_clear()
    server.warm_up()
    assistant = Assistant(catalogue.snapshot())
    for record_id in assistant.base.summaries:
        # The vectors of its facts: what takes the time.
        assert "_meanings" in vars(assistant.index(record_id)), record_id
    assert index_of.cache_info().misses == len(assistant.base.summaries)


def test_an_absent_base_does_not_stop_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'never-migrated.sqlite3'}")
    monkeypatch.setattr(server, "catalogue", lambda: Catalogue(store))
    server.warm_up()
    store.close()
