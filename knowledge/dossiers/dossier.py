"""Keeping dossiers: one transaction a change, a version against two writers, a limit against guessing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from knowledge.dossiers.codes import fits, hashed, new_code, new_reference, normalised
from knowledge.errors import ConsentMissing, DossierChanged, DossierLocked, UnknownDossier
from knowledge.store import Store, in_utc
from knowledge.tables import dossier

MOST_GUESSES = 5
LOCKED_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=365)  # after the last change (docs/donnees-personnelles.md)


@dataclass(frozen=True)
class Dossier:
    """What an applicant chose to keep for one call.

    Attributes:
        reference: names it, to her and to the agency; opens nothing.
        record_id: the call.
        content: see content_schema.json.
        version: increased by every change.
        consent: the version of the text that was accepted.
        consented_at, created_at, updated_at: aware, UTC.
    """

    reference: str
    record_id: str
    content: Mapping[str, Any]
    version: int
    consent: str
    consented_at: datetime
    created_at: datetime
    updated_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When it will be erased if nothing changes."""
        return self.updated_at + KEPT_FOR


@dataclass(frozen=True)
class Receipt:
    """Proof of erasure: what was erased and when; nothing of it is kept."""

    reference: str
    erased_at: datetime


class Dossiers:
    """The dossiers of one database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self, record_id: str, content: Mapping[str, Any], consent: str | None, now: datetime
    ) -> tuple[Dossier, str]:
        """Keep a new dossier; return it with its resume code, which is never known again.

        Args:
            record_id: the call; the caller has checked it, and `content`.
            content: see content_schema.json.
            consent: version of the consent text that the person accepted.
            now: aware instant.

        Raises:
            ConsentMissing: nothing is kept without consent.
        """
        if not consent:
            raise ConsentMissing
        code, instant = new_code(), in_utc(now)
        values = {
            "id": secrets.token_hex(16),
            "reference": new_reference(),
            "code_hash": hashed(code),
            "record_id": record_id,
            "content": dict(content),
            "version": 1,
            "consent": consent,
            "consented_at": instant,
            "created_at": instant,
            "updated_at": instant,
            "wrong_guesses": 0,
        }
        with self._store.connection() as connection:
            connection.execute(insert(dossier).values(**values))
            return _dossier(_row(connection, str(values["reference"]))), code

    def open(self, reference: str, code: str, now: datetime) -> Dossier:
        """Return a dossier to whom holds its code.

        Raises:
            UnknownDossier: no such reference, or not this code: the two are not told apart.
            DossierLocked: too many wrong codes; `until` says until when.
        """
        with self._opened(reference, code, now) as (_, row):
            return _dossier(row)

    def save(self, reference: str, code: str, content: Mapping[str, Any], version: int, now: datetime) -> Dossier:
        """Replace the content of a dossier that is still at `version`.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
            DossierChanged: somebody (another tab) saved meanwhile; nothing was written.
        """
        with self._opened(reference, code, now) as (connection, row):
            changed = connection.execute(
                update(dossier)
                .where(dossier.c.id == row.id, dossier.c.version == version)
                .values(content=dict(content), version=version + 1, updated_at=in_utc(now))
            )
            if not changed.rowcount:
                raise DossierChanged(row.version)
            return _dossier(_row(connection, row.reference))

    def erase(self, reference: str, code: str, now: datetime) -> Receipt:
        """Erase a dossier for good.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
        """
        with self._opened(reference, code, now) as (connection, row):
            connection.execute(delete(dossier).where(dossier.c.id == row.id))
            return Receipt(row.reference, in_utc(now))

    def purge(self, now: datetime, kept_for: timedelta = KEPT_FOR) -> int:
        """Erase the dossiers whose last change is older than `kept_for`; return how many."""
        with self._store.connection() as connection:
            old = delete(dossier).where(dossier.c.updated_at < in_utc(now) - kept_for)
            return int(connection.execute(old).rowcount)

    def every(self, record_id: str | None = None) -> list[Dossier]:
        """Return the dossiers, of one call or of all, the latest change first: for the agency."""
        query = select(dossier).order_by(dossier.c.updated_at.desc())
        if record_id:
            query = query.where(dossier.c.record_id == record_id)
        with self._store.connection() as connection:
            return [_dossier(row) for row in connection.execute(query)]

    @contextmanager
    def _opened(self, reference: str, code: str, now: datetime) -> Iterator[tuple[Connection, Row]]:
        """Give the row that `code` opens, in the transaction that read it."""
        refused: UnknownDossier | DossierLocked | None = None
        with self._store.connection() as connection:
            row = _row(connection, normalised(reference), lock=True)
            refused = _refusal(connection, row, code, in_utc(now))
            if refused is None and row is not None:
                yield connection, row
        # Outside: a refusal must not undo the count of wrong guesses.
        if refused is not None:
            raise refused


def _refusal(
    connection: Connection, row: Row | None, code: str, now: datetime
) -> UnknownDossier | DossierLocked | None:
    """Return why `code` does not open a row, None when it does; count the wrong guesses."""
    if row is None:
        # As long as for a wrong code: the time taken must not tell which references exist.
        fits(code, _NOBODY)
        return UnknownDossier()
    this = dossier.c.id == row.id
    locked_until = in_utc(row.locked_until) if row.locked_until else None
    if locked_until and now < locked_until:
        return DossierLocked(locked_until)
    if fits(code, row.code_hash):
        if row.wrong_guesses:
            connection.execute(update(dossier).where(this).values(wrong_guesses=0, locked_until=None))
        return None
    # Counted by the database: two guesses at once are two.
    connection.execute(update(dossier).where(this).values(wrong_guesses=dossier.c.wrong_guesses + 1))
    enough = this & (dossier.c.wrong_guesses >= MOST_GUESSES)
    connection.execute(update(dossier).where(enough).values(wrong_guesses=0, locked_until=now + LOCKED_FOR))
    return UnknownDossier()


_NOBODY = hashed(new_code())


def _row(connection: Connection, reference: str, *, lock: bool = False) -> Row | None:
    query = select(dossier).where(dossier.c.reference == reference)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def _dossier(row: Row | None) -> Dossier:
    assert row is not None
    return Dossier(
        row.reference,
        row.record_id,
        dict(row.content),
        row.version,
        row.consent,
        in_utc(row.consented_at),
        in_utc(row.created_at),
        in_utc(row.updated_at),
    )
