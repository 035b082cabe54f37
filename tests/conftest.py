"""Databases and a loaded assistant, shared by all the tests."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import postgres_server
import pytest

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the URL of a real PostgreSQL server, running for the whole session.

    No binaries is a failure, unless the variable ALLOW_NO_POSTGRES says that it is meant.
    """
    folder = postgres_server.binaries()
    if folder is None:
        if os.environ.get("ALLOW_NO_POSTGRES"):
            pytest.skip("no PostgreSQL binaries, and ALLOW_NO_POSTGRES is set")
        pytest.fail("no PostgreSQL binaries (Debian: apt-get install postgresql); ALLOW_NO_POSTGRES=1 does without")
    with postgres_server.running_server(folder) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database, without tables: SQLite, then PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'knowledge.sqlite3'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"test_{next(_numbers)}"
    postgres_server.execute(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres", f"/{name}")
    postgres_server.execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def any_store(any_url: str) -> Iterator[Store]:
    """Return a migrated store, on SQLite then on PostgreSQL."""
    store = Store(any_url)
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store on a new SQLite file, migrated."""
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    store.migrate()
    yield store
    store.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return an assistant that knows the real calls, as of 22 November 2026; tests only read it."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('loaded') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOW, "tests")
    yield Assistant(Catalogue(store).snapshot())
    store.close()
