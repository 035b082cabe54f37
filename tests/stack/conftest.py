"""The whole assistant, started once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import postgres_server
import pytest

from evaluation.stack import Client, free_ports, running_assistant

NOW = "2026-11-22T12:00"


@dataclass(frozen=True)
class Stack:
    """A running assistant, with what a test needs to disturb it."""

    address: str
    database_url: str
    actions_port: int

    def client(self) -> Client:
        return Client(self.address)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Return the assistant on SQLite, today being 22 November 2026."""
    url = f"sqlite:///{tmp_path_factory.mktemp('stack') / 'knowledge.sqlite3'}"
    (port,) = free_ports(1)
    settings = {"ASSISTANT_NOW": NOW, "DATABASE_URL": url, "ACTIONS_PORT": str(port)}
    with running_assistant(environment=settings, fresh=True) as address:
        yield Stack(address, url, port)


@pytest.fixture(scope="session")
def stack_on_postgres(postgres_url: str) -> Iterator[Stack]:
    """Return an assistant whose three databases are on PostgreSQL."""
    urls = {}
    for setting in ("DATABASE_URL", "WEB_DATABASE_URL", "TRACKER_DATABASE_URL"):
        name = f"stack_{setting.split('_')[0].lower()}"
        postgres_server.execute(postgres_url, f"CREATE DATABASE {name}")
        urls[setting] = postgres_url.replace("/postgres", f"/{name}")
    (port,) = free_ports(1)
    settings = {**urls, "ASSISTANT_NOW": NOW, "ACTIONS_PORT": str(port)}
    with running_assistant(environment=settings, fresh=True) as address:
        yield Stack(address, urls["DATABASE_URL"], port)
