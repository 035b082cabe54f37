"""The ledger of one mailbox: which mails were taken, and what became of each.

A mail is taken before anything is done with it, and settled once everything is: whatever the instant at which the
worker dies, the next one finds the line not settled and goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from knowledge.base.store import Store, in_utc
from knowledge.base.tables import mail_item, mail_mailbox
from knowledge.mail.item import UNSETTLED, Fate, Item, Settlement, Sighting, State
from knowledge.mail.limits import Recent

_INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_UNSETTLED = [state.value for state in UNSETTLED]
COPY = "copy"
"""Reason of a line that stands for a second copy of a mail already in the ledger."""
GONE = "gone"
"""Reason of a mail that left the inbox before anything was done with it; it is taken again if it comes back."""


class Ledger:
    """The ledger of one mailbox.

    Args:
        store: the database.
        mailbox: hash of the mailbox's address.

    Every method raises StoreUnavailable when the database does not answer.
    """

    def __init__(self, store: Store, mailbox: str) -> None:
        self._store = store
        self.mailbox = mailbox

    def started(self, now: datetime) -> datetime:
        """Return when this mailbox was first served: `now`, the first time."""
        with self._store.connection() as connection:
            _insert_once(connection, mail_mailbox, {"mailbox": self.mailbox, "started_at": in_utc(now)})
            query = select(mail_mailbox.c.started_at).where(mail_mailbox.c.mailbox == self.mailbox)
            return in_utc(connection.execute(query).scalar_one())

    def settled_uids(self, uidvalidity: int) -> set[int]:
        """Return the numbers of the mails that need nothing more."""
        query = select(mail_item.c.uid).where(
            self._mine(),
            mail_item.c.uidvalidity == uidvalidity,
            mail_item.c.state.not_in(_UNSETTLED),
            mail_item.c.reason != GONE,
        )
        with self._store.connection() as connection:
            return set(connection.execute(query).scalars())

    def take(self, seen: Sighting, now: datetime) -> Item | None:
        """Take a mail, or take again one that was not settled; None when there is nothing (more) to do with it."""
        with self._store.connection() as connection:
            found = self._line(connection, seen.message)
            clash = found is not None and found.content != seen.content
            message = seen.distinct(seen.content) if clash else seen.message
            if clash:
                found = self._line(connection, message)
            if found is None:
                return self._insert(connection, seen, message, now, clash)
            came_back = found.reason == GONE
            if came_back or State(found.state) in UNSETTLED:
                values = {"attempts": found.attempts + 1, "uid": seen.uid, "uidvalidity": seen.uidvalidity}
                if came_back:
                    values |= {"state": State.TAKEN.value, "reason": "", "settled_at": None}
                connection.execute(update(mail_item).where(mail_item.c.id == found.id).values(**values))
                row = self._line(connection, message)
                assert row is not None
                return replace(_item(row), clash=clash)
            if found.uidvalidity != seen.uidvalidity:
                # The server renumbered its mails: this one is known, under its new number from now on.
                moved = update(mail_item).where(mail_item.c.id == found.id)
                connection.execute(moved.values(uid=seen.uid, uidvalidity=seen.uidvalidity))
            elif found.uid != seen.uid:
                self._insert_copy(connection, seen, now)
            return None

    def unsettled(self) -> list[Item]:
        """Return the mails that were taken and not settled."""
        with self._store.connection() as connection:
            query = select(mail_item).where(self._mine(), mail_item.c.state.in_(_UNSETTLED))
            return [_item(row) for row in connection.execute(query)]

    def intend(self, item: Item, reason: str) -> None:
        """Note why a mail is about to leave the inbox: had it left when the worker dies, this would be lost."""
        self._update(item, reason=reason)

    def begin_sending(self, item: Item, settlement: Settlement, now: datetime) -> None:
        """Note that a reply is about to be sent: it will never be sent again, whatever happens."""
        self._update(item, state=State.SENDING.value, settled_at=in_utc(now), **vars(settlement))

    def not_sent(self, item: Item) -> None:
        """Note that what was about to be sent certainly was not."""
        self._update(item, state=State.TAKEN.value, settled_at=None)

    def settle_as_sent(self, item: Item) -> None:
        """Note that a reply announced by `begin_sending` was found among what was sent."""
        self._update(item, state=State.SENT.value)

    def settle(self, item: Item, state: State, settlement: Settlement, now: datetime) -> None:
        """Note what became of a mail."""
        self._update(item, state=state.value, settled_at=in_utc(now), **vars(settlement))

    def postpone(self, item: Item) -> None:
        """Forget this attempt: the mail had no part in its failure."""
        self._update(item, attempts=mail_item.c.attempts - 1)

    def recent(self, sender: str, thread: str, now: datetime) -> Recent:
        """Return how much was sent by itself lately to this sender, in this thread, from this mailbox."""
        sent = (self._mine(), mail_item.c.state.in_((State.SENDING.value, State.SENT.value)))
        day, hour = in_utc(now) - timedelta(days=1), in_utc(now) - timedelta(hours=1)
        of_sender, of_thread = mail_item.c.sender == sender, mail_item.c.thread == thread
        within_day = mail_item.c.settled_at > day

        def count(*conditions: Any) -> int:
            query = select(func.count()).select_from(mail_item).where(*sent, *conditions)
            return int(connection.execute(query).scalar_one())

        with self._store.connection() as connection:
            return Recent(
                in_thread=count(of_thread),
                in_thread_to_sender_today=count(of_thread, of_sender, within_day),
                to_sender_today=count(of_sender, within_day),
                from_mailbox_this_hour=count(mail_item.c.settled_at > hour),
            )

    def drafts(self) -> list[Row]:
        """Return the drafts whose fate is not known: `id`, `message`, `reply_id`, `traces`, `settled_at`."""
        columns = (
            mail_item.c.id,
            mail_item.c.message,
            mail_item.c.reply_id,
            mail_item.c.traces,
            mail_item.c.draft_words,
            mail_item.c.settled_at,
        )
        query = select(*columns).where(self._mine(), mail_item.c.state == State.DRAFTED.value, mail_item.c.fate == "")
        with self._store.connection() as connection:
            return list(connection.execute(query))

    def compared(
        self,
        line: int,
        fate: Fate,
        similarity: float | None = None,
        sent_words: int | None = None,
        answered_at: datetime | None = None,
    ) -> None:
        """Note what the agents did with a draft, and erase its traces."""
        values = {
            "fate": fate.value,
            "similarity": similarity,
            "sent_words": sent_words,
            "answered_at": in_utc(answered_at) if answered_at else None,
            "traces": "",
        }
        with self._store.connection() as connection:
            connection.execute(update(mail_item).where(mail_item.c.id == line).values(**values))

    def _mine(self) -> Any:
        return mail_item.c.mailbox == self.mailbox

    def _line(self, connection: Connection, message: str) -> Row | None:
        query = select(mail_item).where(self._mine(), mail_item.c.message == message)
        return connection.execute(query).one_or_none()

    def _insert(self, connection: Connection, seen: Sighting, message: str, now: datetime, clash: bool) -> Item | None:
        values = self._new(seen, message, now)
        if not _insert_once(connection, mail_item, values):
            return None  # another worker was faster: the mail is its own
        row = self._line(connection, message)
        assert row is not None
        return replace(_item(row), clash=clash)

    def _insert_copy(self, connection: Connection, seen: Sighting, now: datetime) -> None:
        values = self._new(seen, seen.distinct(seen.uidvalidity, seen.uid), now)
        done = {"state": State.IGNORED.value, "reason": COPY, "settled_at": in_utc(now)}
        _insert_once(connection, mail_item, {**values, **done})

    def _new(self, seen: Sighting, message: str, now: datetime) -> dict[str, Any]:
        return {
            "mailbox": self.mailbox,
            "uidvalidity": seen.uidvalidity,
            "uid": seen.uid,
            "message": message,
            "content": seen.content,
            "thread": "",
            "sender": "",
            "state": State.TAKEN.value,
            "reason": "",
            "topics": [],
            "reply_id": "",
            "attempts": 1,
            "received_at": in_utc(seen.received_at),
            "taken_at": in_utc(now),
            "traces": "",
            "fate": "",
        }

    def _update(self, item: Item, **values: Any) -> None:
        if "topics" in values:
            values["topics"] = list(values["topics"])
        with self._store.connection() as connection:
            connection.execute(update(mail_item).where(mail_item.c.id == item.id).values(**values))


def forget_mails(store: Store, before: datetime) -> int:
    """Erase the lines taken before an instant, of every mailbox; return how many."""
    with store.erasing() as connection:
        return int(connection.execute(delete(mail_item).where(mail_item.c.taken_at < in_utc(before))).rowcount)


def rows(store: Store, columns: Iterable[Any], *conditions: Any) -> list[Row]:
    """Return some columns of the lines that are not mere copies, of every mailbox."""
    query = select(*columns).where(mail_item.c.reason != COPY, *conditions)
    with store.connection() as connection:
        return list(connection.execute(query))


def _insert_once(connection: Connection, table: Any, values: Mapping[str, Any]) -> bool:
    """Insert a line unless it is there; return whether it was inserted."""
    statement = _INSERTS[connection.dialect.name](table).values(**values).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)


def _item(row: Row) -> Item:
    return Item(row.id, State(row.state), row.reason, row.attempts, row.uidvalidity, row.uid)
