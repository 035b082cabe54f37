"""What the worker asks of a mailbox, whatever holds it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

DRAFT_KEYWORD = "ArsbotDraft"
SENT_KEYWORD = "ArsbotSent"
HUMAN_KEYWORD = "ArsbotHuman"


class MailboxUnavailable(Exception):
    """The server does not answer, hung up, or refuses the login; worth trying again later."""


class LoginRefused(MailboxUnavailable):
    """The server knows neither this user nor this password (or token)."""


class MailboxRefused(Exception):
    """The server answered no; `str()` is the name of the command, never what the server said."""


class MailboxFull(MailboxRefused):
    """The mailbox has no room left."""


class MailGone(Exception):
    """The mail is no longer in the inbox."""


class Folder(str, Enum):
    """The folders that the worker reads or writes, by their use; their names are the server's."""

    INBOX = "inbox"
    DRAFTS = "drafts"
    SENT = "sent"


class Reply(str, Enum):
    """What already answers a mail."""

    OURS = "ours"
    SOMEBODYS = "somebodys"


@dataclass(frozen=True)
class Waiting:
    """A mail of the inbox; `size` in bytes, `answered` when its flag says that somebody did."""

    uid: int
    size: int
    received_at: datetime
    answered: bool


class Mailbox(Protocol):
    """One mailbox.

    Every method raises MailboxUnavailable when the server is lost, and MailboxRefused when it says no.
    """

    @property
    def uidvalidity(self) -> int:
        """The number that changes when the server renumbers its mails."""

    def open(self) -> None:
        """Connect and log in, unless done."""

    def close(self) -> None:
        """Hang up; never fails."""

    def waiting(self, since: datetime, known: Collection[int]) -> list[Waiting]:
        """Return the mails of the inbox received since that day, oldest first, but those whose uid is known."""

    def fetch(self, uid: int, folder: Folder = Folder.INBOX) -> bytes:
        """Return a whole mail; it stays unread.

        Raises:
            MailGone: it is no longer there.
        """

    def fetch_header(self, uid: int) -> bytes:
        """Return the header of a mail of the inbox; it stays unread.

        Raises:
            MailGone: it is no longer there.
        """

    def headers(self, folder: Folder, since: datetime) -> list[tuple[int, datetime, bytes]]:
        """Return (uid, received, header) of the mails put in a folder since that day; none without the folder."""

    def find_reply(self, reply_id: str, original_id: str) -> Reply | None:
        """Return what is among the drafts or what was sent: this very reply, or another answer to the original.

        `original_id` is empty when the original has no Message-ID.
        """

    def append_draft(self, raw: bytes) -> None:
        """Put a draft in its folder.

        Raises:
            MailboxFull: there is no room.
        """

    def append_sent(self, raw: bytes) -> None:
        """Put what was sent in its folder.

        Raises:
            MailboxFull: there is no room.
        """

    def mark(self, uid: int, keyword: str) -> None:
        """Add a keyword to a mail, where the server keeps keywords."""

    def mark_answered(self, uid: int) -> None:
        """Say that a mail has been answered."""

    def leaves_inbox(self) -> bool:
        """Whether `to_people` moves mails: it does when asked to, or when the server keeps no keyword."""

    def to_people(self, uid: int, reason: str) -> None:
        """Leave a mail to people: a keyword, one more for the reason, and their folder when `leaves_inbox`."""

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Return when a mail arrives (IDLE), when a stop is asked, or after that time."""
