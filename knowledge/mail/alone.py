"""One worker per mailbox: a lock that dies with the process that holds it.

Without it, a second worker would take for abandoned, and answer again, a mail that the first is busy with.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from knowledge.base.store import Store
from knowledge.errors import KnowledgeError, StoreUnavailable


class AlreadyServed(KnowledgeError):
    """Another worker serves this mailbox."""


@contextmanager
def alone(store: Store, mailbox: str) -> Iterator[Callable[[], None]]:
    """Be the only one, among all that use this database, to serve a mailbox.

    Yields a function to call from time to time; it raises StoreUnavailable when the lock is lost.

    Raises:
        AlreadyServed: another worker serves it.
        StoreUnavailable: the database does not answer.
    """
    name = hashlib.sha256(mailbox.encode()).digest()[:8]
    held = _file_lock if store.url.startswith("sqlite") else _advisory_lock
    with held(store.url, name) as check:
        yield check


@contextmanager
def _file_lock(url: str, name: bytes) -> Iterator[Callable[[], None]]:
    path = f"{url.removeprefix('sqlite:///')}.mail-{name.hex()}.lock"
    with open(path, "w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServed(name.hex()) from None
        yield lambda: None


@contextmanager
def _advisory_lock(url: str, name: bytes) -> Iterator[Callable[[], None]]:
    # A connection of its own, out of any pool and any transaction: the lock is the connection's.
    engine = create_engine(url, future=True, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    key = int.from_bytes(name, "big", signed=True)
    try:
        connection = engine.connect()
        taken = connection.exec_driver_sql("SELECT pg_try_advisory_lock(%s)", (key,)).scalar_one()
    except SQLAlchemyError as error:
        raise StoreUnavailable(type(error).__name__) from None
    if not taken:
        connection.close()
        raise AlreadyServed(name.hex())

    def check() -> None:
        try:
            connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError as error:
            raise StoreUnavailable(type(error).__name__) from None

    try:
        yield check
    finally:
        connection.close()
