"""The whole assistant, started once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import postgres_server
import pytest

from evaluation.stack import Client, free_ports, running_assistant

NOW = "2026-11-22T12:00"


@dataclass(frozen=True)
class Stack:
    """A running assistant, with what a test needs to disturb it."""

    address: str
    database_url: str
    tracker_url: str
    web_url: str
    folder: str
    actions_port: int
    rasa_port: int

    def client(self) -> Client:
        return Client(self.address)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Return the assistant on SQLite, today being 22 November 2026."""
    folder = tmp_path_factory.mktemp("stack")
    names = ("DATABASE_URL", "TRACKER_DATABASE_URL", "WEB_DATABASE_URL")
    files = ("knowledge", "tracker", "web")
    urls = {name: f"sqlite:///{folder / file}.sqlite3" for name, file in zip(names, files)}
    yield from _started(urls, folder)


@pytest.fixture(scope="session")
def stack_on_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Return an assistant whose three databases are on PostgreSQL."""
    urls = {}
    for setting in ("DATABASE_URL", "WEB_DATABASE_URL", "TRACKER_DATABASE_URL"):
        name = f"stack_{setting.split('_')[0].lower()}"
        postgres_server.execute(postgres_url, f"CREATE DATABASE {name}")
        urls[setting] = postgres_url.replace("/postgres", f"/{name}")
    yield from _started(urls, tmp_path_factory.mktemp("stack-on-postgres"))


def _started(urls: dict[str, str], folder: Path) -> Iterator[Stack]:
    actions, rasa = free_ports(2)
    ports = {"ACTIONS_PORT": str(actions), "RASA_PORT": str(rasa)}
    with running_assistant(
        environment={**urls, **ports, "ASSISTANT_NOW": NOW, "ASSISTANT_VAR": str(folder)}, fresh=True
    ) as address:
        names = ("DATABASE_URL", "TRACKER_DATABASE_URL", "WEB_DATABASE_URL")
        yield Stack(address, *(urls[name] for name in names), str(folder), actions, rasa)
