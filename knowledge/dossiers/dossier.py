"""Keeping dossiers: one transaction a change, a version against two writers, a limit against guessing."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from knowledge.base.store import Store, in_utc
from knowledge.base.tables import dossier, dossier_session
from knowledge.dossiers.requests import AGAIN, Request, dossier_of, note
from knowledge.errors import (
    AlreadyKept,
    ConsentMissing,
    DossierChanged,
    DossierLocked,
    StoreUnavailable,
    UnknownDossier,
)
from knowledge.privacy.codes import fits, hashed, new_code, new_reference, normalised

MOST_GUESSES = 5
LOCKED_FOR = timedelta(minutes=15)
_ATTEMPTS = 3
KEPT_FOR = timedelta(days=365)  # after the last change (docs/donnees-personnelles.md)


@dataclass(frozen=True)
class ByCode:
    """What opens a dossier anywhere: its reference and its resume code, as people type them."""

    reference: str
    code: str


@dataclass(frozen=True)
class InConversation:
    """What opens the dossier that a conversation created or opened last.

    As good as the code: the server makes the identifiers of conversations, and nobody can guess one.
    """

    id: str


Key = ByCode | InConversation


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
        expires_at: when it will be erased if nothing changes; aware, UTC.
    """

    reference: str
    record_id: str
    content: Mapping[str, Any]
    version: int
    consent: str
    consented_at: datetime
    created_at: datetime
    updated_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Receipt:
    """Proof of erasure: what was erased and when; nothing of it is kept."""

    reference: str
    erased_at: datetime


class Dossiers:
    """The dossiers of one database.

    Args:
        store: the database.
        kept_for: how long after its last change a dossier is kept (setting DOSSIER_DAYS).
    """

    def __init__(self, store: Store, kept_for: timedelta = KEPT_FOR) -> None:
        self._store = store
        self.kept_for = kept_for

    def create(
        self,
        record_id: str,
        content: Mapping[str, Any],
        consent: str | None,
        now: datetime,
        conversation: str | None = None,
        request: Request | None = None,
    ) -> tuple[Dossier, str]:
        """Keep a new dossier; return it with its resume code, which is never known again.

        A conversation has one dossier for a call, and a request makes one: asked again within minutes (the answer was
        lost on its way, a button was pressed twice), the same one comes back as it is, with another code.

        Args:
            record_id: the call; the caller has checked it, and `content`.
            content: see content_schema.json.
            consent: version of the consent text that the person accepted.
            now: aware instant.
            conversation: where it happens, in which the dossier stays in hand.
            request: the request that asks for it, when it has a name.

        Raises:
            ConsentMissing: nothing is kept without consent.
            RequestReused: the request's name is that of another one.
            AlreadyKept: the same was kept some time ago.
        """
        if not consent:
            raise ConsentMissing
        known = _id_in(conversation, record_id) if conversation else secrets.token_hex(16)
        values = {"record_id": record_id, "content": dict(content), "consent": consent}
        for last in (False, True):
            try:
                return self._create(known, values, in_utc(now), conversation, request)
            except StoreUnavailable as error:
                # The same conversation, at the same moment, has just created it.
                if last or not isinstance(error.__cause__, IntegrityError):
                    raise
        raise AssertionError

    def _create(
        self,
        known: str,
        given: Mapping[str, Any],
        now: datetime,
        conversation: str | None,
        request: Request | None,
    ) -> tuple[Dossier, str]:
        code = new_code()
        opening: dict[str, Any] = {"code_hash": hashed(code), "wrong_guesses": 0, "locked_until": None}
        with self._store.connection() as connection:
            before = dossier_of(connection, request, now) if request else known
            row = connection.execute(select(dossier).where(dossier.c.id == before)).one_or_none()
            if row is not None and now - in_utc(row.created_at) > AGAIN or row is None and request and before:
                raise AlreadyKept
            known = before or known
            if row is not None:
                connection.execute(update(dossier).where(dossier.c.id == known).values(**opening))
            else:
                dates = dict.fromkeys(("consented_at", "created_at", "updated_at"), now)
                values = {"id": known, "reference": new_reference(), "version": 1, **given, **dates, **opening}
                connection.execute(insert(dossier).values(**values))
                if request:
                    note(connection, request, known, now)
            if conversation:
                _take_in_hand(connection, conversation, known, now)
            row = connection.execute(select(dossier).where(dossier.c.id == known)).one()
            return self._dossier(row), code

    def open(self, key: Key, now: datetime, conversation: str | None = None) -> Dossier:
        """Return a dossier to whom holds its key; it stays in hand in `conversation`, if given.

        Raises:
            UnknownDossier: no such reference, or not this code: the two are not told apart.
            DossierLocked: too many wrong codes; `until` says until when.
        """
        with self._opened(key, now) as (connection, row):
            if conversation:
                _take_in_hand(connection, conversation, row.id, in_utc(now))
            return self._dossier(row)

    def renew_code(self, key: Key, now: datetime) -> tuple[Dossier, str]:
        """Return a dossier with another resume code; the one before it no longer opens anything.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
        """
        code = new_code()
        with self._opened(key, now) as (connection, row):
            values = {"code_hash": hashed(code), "wrong_guesses": 0, "locked_until": None}
            connection.execute(update(dossier).where(dossier.c.id == row.id).values(**values))
            return self._dossier(row), code

    def save(self, key: Key, content: Mapping[str, Any], version: int, now: datetime) -> Dossier:
        """Replace the content of a dossier that is still at `version`.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
            DossierChanged: somebody (another tab) saved meanwhile; nothing was written.
        """
        with self._opened(key, now) as (connection, row):
            changed = connection.execute(
                update(dossier)
                .where(dossier.c.id == row.id, dossier.c.version == version)
                .values(content=dict(content), version=version + 1, updated_at=in_utc(now))
            )
            if not changed.rowcount:
                raise DossierChanged(row.version)
            return self._dossier(connection.execute(select(dossier).where(dossier.c.id == row.id)).one())

    def change(self, key: Key, by: Callable[[Mapping[str, Any]], Mapping[str, Any]], now: datetime) -> Dossier:
        """Replace the content of a dossier by what `by` makes of it, as often as others save meanwhile.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
            DossierChanged: others saved each time; nothing was written.
        """
        for _ in range(_ATTEMPTS - 1):
            known = self.open(key, now)
            try:
                return self.save(key, by(known.content), known.version, now)
            except DossierChanged:
                continue
        known = self.open(key, now)
        return self.save(key, by(known.content), known.version, now)

    def erase(self, key: Key, now: datetime) -> Receipt:
        """Erase a dossier for good; the conversations that repeat parts of it are then `left_behind`.

        Raises:
            UnknownDossier, DossierLocked: as `open`.
        """
        with self._opened(key, now, erasing=True) as (connection, row):
            connection.execute(delete(dossier).where(dossier.c.id == row.id))
            receipt = Receipt(row.reference, in_utc(now))
        return receipt

    def purge(self, now: datetime) -> int:
        """Erase the dossiers whose last change is older than `kept_for`; return how many."""
        with self._store.erasing() as connection:
            old = delete(dossier).where(dossier.c.updated_at < in_utc(now) - self.kept_for)
            return int(connection.execute(old).rowcount)

    def left_behind(self) -> list[str]:
        """Return the conversations that had in hand a dossier that is no more: they remain to be erased."""
        gone = ~dossier_session.c.dossier_id.in_(select(dossier.c.id))
        with self._store.connection() as connection:
            return sorted(set(connection.execute(select(dossier_session.c.conversation).where(gone)).scalars()))

    def forget(self, conversations: Iterable[str]) -> None:
        """Forget conversations: they are erased, and have no dossier in hand any more."""
        with self._store.connection() as connection:
            for conversation in conversations:
                connection.execute(delete(dossier_session).where(dossier_session.c.conversation == conversation))

    def every(self, record_id: str | None = None) -> list[Dossier]:
        """Return the dossiers, of one call or of all, the latest change first: for the agency."""
        query = select(dossier).order_by(dossier.c.updated_at.desc())
        if record_id:
            query = query.where(dossier.c.record_id == record_id)
        with self._store.connection() as connection:
            return [self._dossier(row) for row in connection.execute(query)]

    @contextmanager
    def _opened(self, key: Key, now: datetime, *, erasing: bool = False) -> Iterator[tuple[Connection, Row]]:
        """Give the row that `key` opens, in the transaction that read it."""
        refused: UnknownDossier | DossierLocked | None = None
        with self._store.erasing() if erasing else self._store.connection() as connection:
            if isinstance(key, InConversation):
                row = _in_hand(connection, key.id)
                refused = UnknownDossier() if row is None else None
            else:
                wanted = select(dossier).where(dossier.c.reference == normalised(key.reference))
                row = connection.execute(wanted.with_for_update()).one_or_none()
                refused = _refusal(connection, row, key.code, in_utc(now))
            if refused is None and row is not None:
                yield connection, row
        # Outside: a refusal must not undo the count of wrong guesses.
        if refused is not None:
            raise refused

    def _dossier(self, row: Row) -> Dossier:
        updated_at = in_utc(row.updated_at)
        return Dossier(
            row.reference,
            row.record_id,
            dict(row.content),
            row.version,
            row.consent,
            in_utc(row.consented_at),
            in_utc(row.created_at),
            updated_at,
            updated_at + self.kept_for,
        )


def _id_in(conversation: str, record_id: str) -> str:
    """Return the identifier of the only dossier that a conversation can create for a call."""
    return hashlib.sha256(f"{conversation}\n{record_id}".encode()).hexdigest()[:32]


def _take_in_hand(connection: Connection, conversation: str, dossier_id: str, now: datetime) -> None:
    this = (dossier_session.c.conversation == conversation) & (dossier_session.c.dossier_id == dossier_id)
    if not connection.execute(update(dossier_session).where(this).values(opened_at=now)).rowcount:
        values = {"conversation": conversation, "dossier_id": dossier_id, "opened_at": now}
        connection.execute(insert(dossier_session).values(**values))


def _in_hand(connection: Connection, conversation: str) -> Row | None:
    query = (
        select(dossier)
        .join(dossier_session, dossier_session.c.dossier_id == dossier.c.id)
        .where(dossier_session.c.conversation == conversation)
        .order_by(dossier_session.c.opened_at.desc(), dossier_session.c.id.desc())
        .limit(1)
    )
    return connection.execute(query.with_for_update(of=dossier)).one_or_none()


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
