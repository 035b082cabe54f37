"""The database of the knowledge base: publish, read, keep the questions without answer.

The contents stored are those of the files (plain dictionaries); versions are immutable and one number,
the revision, tells every reader when something changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, delete, event, func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from knowledge.base.tables import opinion, record, record_version, revision, unanswered_question
from knowledge.errors import StoreUnavailable, UnknownRecord

DEFAULT_URL = "sqlite:///var/knowledge.sqlite3"
_MIGRATIONS = Path(__file__).parents[1] / "migrations"


@dataclass(frozen=True)
class Publication:
    """What is to be published: an id, a kind, the whole content, and what readers need at once."""

    id: str
    kind: str
    content: dict[str, Any]
    summary: dict[str, Any]


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question kept for the agents; `text` is masked, `conversation` hashed (knowledge.privacy.conversations)."""

    asked_at: datetime
    text: str
    record_id: str | None
    topic: str | None
    reason: str
    conversation: str = ""


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an answer; `why` is masked, empty when nothing was said; `conversation` is hashed."""

    given_at: datetime
    useful: bool
    why: str
    record_id: str | None
    topic: str | None
    conversation: str = ""


def database_url() -> str:
    """Return the setting DATABASE_URL, or the SQLite file under var/."""
    url = os.environ.get("DATABASE_URL", "").strip() or DEFAULT_URL
    # The short form that hosting services give is no longer known to SQLAlchemy.
    return url.replace("postgres://", "postgresql://", 1)


class Store:
    """Access to one database; safe to share between threads.

    Raises:
        StoreUnavailable: the address cannot be used.
    """

    def __init__(self, url: str | None = None) -> None:
        self.url = url or database_url()
        try:
            if self.url.startswith("sqlite:///") and ":memory:" not in self.url:
                Path(self.url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self._engine: Engine = create_engine(self.url, future=True, **_pool(self.url))
        except (SQLAlchemyError, ImportError, ValueError, OSError) as error:
            # Neither the address nor the error is repeated: both may hold a password.
            raise StoreUnavailable(f"adresse inutilisable ({type(error).__name__})") from None
        if self.url.startswith("sqlite"):
            event.listen(self._engine, "connect", _set_up_sqlite)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Open a transaction: all of it is kept, or nothing.

        Raises:
            StoreUnavailable: the database does not answer, or refuses.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(str(getattr(error, "orig", error))) from error

    @contextmanager
    def erasing(self) -> Iterator[Connection]:
        """Open a transaction that leaves no trace of what it deletes, neither in the file nor in its journal.

        Raises:
            StoreUnavailable: as `connection`.
        """
        with self.connection() as connection:
            wipe(connection)
            yield connection
        flush(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def migrate(self) -> None:
        """Bring the database to the present set of tables (Alembic)."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        # One process at a time (several may start together), and all the tables or none.
        lock = "BEGIN IMMEDIATE" if self.url.startswith("sqlite") else "SELECT pg_advisory_xact_lock(1)"
        with self.connection() as connection:
            connection.exec_driver_sql(lock)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def revision(self) -> int:
        """Return the number that every publication increases."""
        with self.connection() as connection:
            return int(connection.execute(select(revision.c.number)).scalar_one())

    def summaries(self) -> list[tuple[str, str, int, dict[str, Any]]]:
        """Return (id, kind, version, summary) of every live record."""
        with self.connection() as connection:
            rows = connection.execute(select(record.c.id, record.c.kind, record.c.version, record.c.summary))
            return [(row.id, row.kind, row.version, row.summary) for row in rows]

    def content(self, record_id: str, version: int) -> dict[str, Any]:
        """Return the content of one version of a record.

        Raises:
            UnknownRecord: no such id, or no such version.
        """
        with self.connection() as connection:
            query = select(record_version.c.content).where(
                record_version.c.record_id == record_id, record_version.c.number == version
            )
            content = connection.execute(query).scalar_one_or_none()
        if content is None:
            raise UnknownRecord(record_id)
        return dict(content)

    def contents(self, kinds: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
        """Return (id, content) of the live records of these kinds, by id."""
        with self.connection() as connection:
            query = (
                select(record.c.id, record_version.c.content)
                .join(record_version, record.c.id == record_version.c.record_id)
                .where(record.c.kind.in_(list(kinds)), record_version.c.number == record.c.version)
                .order_by(record.c.id)
            )
            return [(row.id, dict(row.content)) for row in connection.execute(query)]

    def publish(self, publications: Iterable[Publication], author: str, now: datetime) -> list[str]:
        """Publish all or nothing; return the ids that really changed."""
        changed: list[str] = []
        with self.connection() as connection:
            # The row lock makes two publications at the same time wait for each other.
            connection.execute(update(revision).values(number=revision.c.number))
            live = {row.id: row for row in connection.execute(select(record.c.id, record.c.version, record.c.summary))}
            moved = False
            checksums = self._checksums(connection)
            for publication in publications:
                checksum = checksum_of(publication.content)
                if checksums.get(publication.id) == checksum:
                    if live[publication.id].summary != publication.summary:
                        # The same content, of which this version of the program keeps something else at hand.
                        same = record.c.id == publication.id
                        connection.execute(update(record).where(same).values(summary=publication.summary))
                        moved = True
                    continue
                changed.append(publication.id)
                number = live[publication.id].version + 1 if publication.id in live else 1
                values = {
                    "kind": publication.kind,
                    "version": number,
                    "summary": publication.summary,
                    "updated_at": in_utc(now),
                }
                before: dict[str, Any] = {}
                if number == 1:
                    connection.execute(insert(record).values(id=publication.id, **values))
                else:
                    before = connection.execute(
                        select(record_version.c.content).where(
                            record_version.c.record_id == publication.id, record_version.c.number == number - 1
                        )
                    ).scalar_one()
                    connection.execute(update(record).where(record.c.id == publication.id).values(**values))
                connection.execute(
                    insert(record_version).values(
                        record_id=publication.id,
                        number=number,
                        content=publication.content,
                        checksum=checksum,
                        author=author,
                        created_at=in_utc(now),
                        changes=changed_fields(before, publication.content),
                    )
                )
            if changed or moved:
                connection.execute(update(revision).values(number=revision.c.number + 1))
        return changed

    def withdraw(self, record_id: str) -> None:
        """Remove a record and its versions.

        Raises:
            UnknownRecord: no such id.
        """
        with self.connection() as connection:
            connection.execute(delete(record_version).where(record_version.c.record_id == record_id))
            if not connection.execute(delete(record).where(record.c.id == record_id)).rowcount:
                raise UnknownRecord(record_id)
            connection.execute(update(revision).values(number=revision.c.number + 1))

    def versions(self, record_id: str) -> list[dict[str, Any]]:
        """Return number, author, date and changed fields of each version, oldest first."""
        with self.connection() as connection:
            query = (
                select(
                    record_version.c.number,
                    record_version.c.author,
                    record_version.c.created_at,
                    record_version.c.changes,
                )
                .where(record_version.c.record_id == record_id)
                .order_by(record_version.c.number)
            )
            return [{**row._mapping, "created_at": in_utc(row.created_at)} for row in connection.execute(query)]

    def keep_question(self, question: UnansweredQuestion) -> None:
        """Keep a question without answer; its text must already be masked."""
        with self.connection() as connection:
            values = {**vars(question), "asked_at": in_utc(question.asked_at)}
            connection.execute(insert(unanswered_question).values(**values))

    def questions(self, since: datetime | None = None) -> list[UnansweredQuestion]:
        """Return the questions kept, most recent first."""
        query = select(unanswered_question).order_by(unanswered_question.c.asked_at.desc())
        if since:
            query = query.where(unanswered_question.c.asked_at >= in_utc(since))
        with self.connection() as connection:
            return [
                UnansweredQuestion(
                    in_utc(row.asked_at), row.text, row.record_id, row.topic, row.reason, row.conversation
                )
                for row in connection.execute(query)
            ]

    def forget_questions(self, before: datetime) -> int:
        """Erase the questions asked before an instant; return how many."""
        with self.connection() as connection:
            query = delete(unanswered_question).where(unanswered_question.c.asked_at < in_utc(before))
            return int(connection.execute(query).rowcount)

    def keep_opinion(self, given: Opinion) -> int:
        """Keep an opinion, whose reason must already be masked; return its number."""
        with self.connection() as connection:
            values = {**vars(given), "given_at": in_utc(given.given_at)}
            return int(connection.execute(insert(opinion).values(**values)).inserted_primary_key[0])

    def complete_opinion(self, number: int, useful: bool, why: str) -> bool:
        """Change an opinion already kept; return whether it still was."""
        with self.connection() as connection:
            change = update(opinion).where(opinion.c.id == number).values(useful=useful, why=why)
            return connection.execute(change).rowcount > 0

    def opinions(self, since: datetime | None = None) -> list[Opinion]:
        """Return the opinions kept, most recent first."""
        query = select(opinion).order_by(opinion.c.given_at.desc(), opinion.c.id.desc())
        if since:
            query = query.where(opinion.c.given_at >= in_utc(since))
        with self.connection() as connection:
            return [
                Opinion(in_utc(row.given_at), row.useful, row.why, row.record_id, row.topic, row.conversation or "")
                for row in connection.execute(query)
            ]

    def forget_opinions(self, before: datetime) -> int:
        """Erase the opinions given before an instant; return how many."""
        with self.connection() as connection:
            return int(connection.execute(delete(opinion).where(opinion.c.given_at < in_utc(before))).rowcount)

    def forget_conversations(self, hashes: Iterable[str]) -> int:
        """Erase the questions and opinions of conversations, by their hash; return how many."""
        names = [name for name in hashes if name]
        with self.erasing() as connection:
            gone = (delete(table).where(table.c.conversation.in_(names)) for table in (unanswered_question, opinion))
            return sum(int(connection.execute(query).rowcount) for query in gone) if names else 0

    def _checksums(self, connection: Connection) -> dict[str, str]:
        query = select(record.c.id, record_version.c.checksum).join(
            record_version,
            (record.c.id == record_version.c.record_id) & (record_version.c.number == record.c.version),
        )
        return {row.id: row.checksum for row in connection.execute(query)}

    def count(self) -> int:
        """Return the number of live records."""
        with self.connection() as connection:
            return int(connection.execute(select(func.count()).select_from(record)).scalar_one())


def _pool(url: str) -> dict[str, Any]:
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    if ":memory:" in url or url == "sqlite://":
        return {}
    # SQLAlchemy 1.4 opens a SQLite file anew for each statement; 2.0 keeps its connections, as here.
    return {"poolclass": QueuePool, "connect_args": {"check_same_thread": False}}


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def wipe(connection: Connection) -> None:
    """Have what this connection deletes overwritten: SQLite otherwise only marks its place as free."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def flush(engine: Engine) -> None:
    """Empty SQLite's journal, where what was just deleted can still be read."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def in_utc(instant: datetime) -> datetime:
    """Return `instant` in UTC: SQLite drops the time zone of what it keeps, and PostgreSQL answers in its own."""
    return instant.astimezone(timezone.utc) if instant.tzinfo else instant.replace(tzinfo=timezone.utc)


def checksum_of(content: dict[str, Any]) -> str:
    """Return a hash that does not depend on the order of keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def changed_fields(before: dict[str, Any], after: dict[str, Any], path: str = "") -> list[str]:
    """Return the dotted names of the fields that differ between two contents."""
    names = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        name = f"{path}{key}"
        if isinstance(old, dict) and isinstance(new, dict):
            names += changed_fields(old, new, f"{name}.")
        else:
            names.append(name)
    return names
