"""A mailbox on an IMAP server.

Nothing here expunges the inbox: agents who delete a mail may still want it back.
"""

from __future__ import annotations

import imaplib
import re
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timezone
from typing import Any

from imap_tools.errors import MailboxCopyError, MailboxFetchError, MailboxFlagError, MailboxMoveError
from imap_tools.utils import check_command_status, chunked_crop, encode_folder

from bot.mail.imap_session import Session, speaking
from bot.mail.mailbox import HUMAN_KEYWORD, Folder, MailGone, Reply, Waiting
from bot.mail.settings import Server
from knowledge.patterns import compile_pattern

_NOT_IN_KEYWORD = compile_pattern("[^A-Za-z0-9_-]")
IDLE_RENEWAL = 9 * 60.0  # seconds: servers and routers forget those who stay silent longer
_SLICE = 0.5  # seconds between two looks at a stop that was asked
_CHUNK = 200
_UID = compile_pattern(rb"\bUID (\d+)")
_SIZE = compile_pattern(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class ImapMailbox:
    """A mailbox on an IMAP server; see `bot.mail.mailbox.Mailbox`.

    Args:
        server: where, and how to log in.
        people_folder: name of the folder for people.
        moves: also move there what is left to people.
    """

    def __init__(self, server: Server, people_folder: str, moves: bool) -> None:
        self._server, self._people_folder, self._moves = server, people_folder, moves
        self._session: Session | None = None

    def open(self) -> None:
        """Connect and log in, unless done."""
        if self._session is None:
            self._session = Session(self._server)

    def close(self) -> None:
        """Hang up."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    @property
    def session(self) -> Session:
        """The connection, opened if needed."""
        self.open()
        assert self._session is not None
        return self._session

    @property
    def uidvalidity(self) -> int:
        """The inbox's."""
        return self.session.uidvalidity

    def waiting(self, since: datetime, known: Collection[int]) -> list[Waiting]:
        """Return the mails of the inbox received since that day, but those whose uid is known."""
        with speaking("search"):
            self.session.select(Folder.INBOX)
            uids = [uid for uid in self._search(f"UNDELETED SINCE {_day(since)}") if int(uid) not in known]
            found = [
                Waiting(uid, int(_value(_SIZE, line)), received, b"\\Answered" in line)
                for uid, received, line, _ in self._fetch_all(uids, "(UID FLAGS RFC822.SIZE INTERNALDATE)")
            ]
        return sorted(found, key=lambda mail: mail.uid)

    def fetch(self, uid: int, folder: Folder = Folder.INBOX) -> bytes:
        """Return a whole mail; it stays unread."""
        return self._fetch_part(uid, folder, "(UID BODY.PEEK[])")

    def fetch_header(self, uid: int) -> bytes:
        """Return the header of a mail of the inbox; it stays unread."""
        return self._fetch_part(uid, Folder.INBOX, "(UID BODY.PEEK[HEADER])")

    def headers(self, folder: Folder, since: datetime) -> list[tuple[int, datetime, bytes]]:
        """Return (uid, received, header) of the mails put in a folder since that day."""
        parts = "(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID IN-REPLY-TO REFERENCES)])"
        with speaking("headers"):
            if not self.session.select(folder):
                return []
            uids = self._search(f"UNDELETED SINCE {_day(since)}")
            return [(uid, received, text) for uid, received, _, text in self._fetch_all(uids, parts)]

    def find_reply(self, reply_id: str, original_id: str) -> Reply | None:
        """Return what is among the drafts or what was sent: this very reply, or another answer to the original."""
        ours = f"HEADER MESSAGE-ID {_quoted(reply_id)}"
        # A deleted draft of ours was ours all the same; somebody who deletes a draft no longer answers.
        others = f"UNDELETED HEADER IN-REPLY-TO {_quoted(original_id)}" if original_id else ""
        found = None
        with speaking("search"):
            for folder in (Folder.DRAFTS, Folder.SENT):
                if not self.session.select(folder):
                    continue
                if self._search(ours):
                    return Reply.OURS
                if others and self._search(others):
                    found = Reply.SOMEBODYS
        return found

    def append_draft(self, raw: bytes) -> None:
        """Put a draft in its folder."""
        with speaking("append"):
            self.session.box.append(raw, self.session.make(Folder.DRAFTS), flag_set=["\\Draft"])

    def append_sent(self, raw: bytes) -> None:
        """Put what was sent in its folder."""
        with speaking("append"):
            self.session.box.append(raw, self.session.make(Folder.SENT), flag_set=["\\Seen"])

    def mark(self, uid: int, keyword: str) -> None:
        """Add a keyword to a mail, where the server keeps keywords."""
        with speaking("store"):
            self.session.select(Folder.INBOX)
            if self.session.keeps_keywords:
                self._flag(uid, keyword)

    def mark_answered(self, uid: int) -> None:
        """Say that a mail has been answered."""
        with speaking("store"):
            self.session.select(Folder.INBOX)
            self._flag(uid, "\\Answered")

    def leaves_inbox(self) -> bool:
        """Whether `to_people` moves mails."""
        return self._moves or not self.session.keeps_keywords

    def to_people(self, uid: int, reason: str) -> None:
        """Leave a mail to people."""
        self.mark(uid, HUMAN_KEYWORD)
        self.mark(uid, f"{HUMAN_KEYWORD}-{_NOT_IN_KEYWORD.sub('-', reason)}")
        if self.leaves_inbox():
            with speaking("move"):
                self._move(uid, self.session.make_named(self._people_folder))

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Return when a mail arrives, when a stop is asked, or after that time."""
        end = time.monotonic() + seconds
        if not self.session.has("IDLE"):
            while time.monotonic() < end and not stopped():
                time.sleep(min(_SLICE, max(0.0, end - time.monotonic())))
            return
        with speaking("idle"):
            self.session.select(Folder.INBOX)
            while (left := end - time.monotonic()) > 0 and not stopped():
                if self._idle(min(left, IDLE_RENEWAL), stopped):
                    return

    def _idle(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        """Wait for news once; return whether a mail arrived."""
        end = time.monotonic() + seconds
        with self.session.box.idle as idle:
            while (left := end - time.monotonic()) > 0 and not stopped():
                began, pause = time.monotonic(), min(_SLICE, left)
                lines = idle.poll(pause)
                if any(b"EXISTS" in line for line in lines):
                    return True
                if not lines and time.monotonic() - began < pause / 2:
                    break  # readable and empty: the server hung up, which leaving IDLE will say
        return False

    def _search(self, criteria: str) -> list[str]:
        return self.session.box.uids(criteria, charset=None)

    def _fetch_all(self, uids: list[str], parts: str) -> Iterator[tuple[int, datetime, bytes, bytes]]:
        """Yield (uid, received, line, text) for each mail that the server still has."""
        for chunk in chunked_crop(uids, _CHUNK):
            if not chunk:
                continue
            result = self.session.box.client.uid("FETCH", ",".join(chunk), parts)
            check_command_status(result, MailboxFetchError)
            for line, text in _answers(result[1]):
                if _UID.search(line):
                    yield int(_value(_UID, line)), _received(line), line, text

    def _fetch_part(self, uid: int, folder: Folder, parts: str) -> bytes:
        with speaking("fetch"):
            self.session.select(folder)
            result = self.session.box.client.uid("FETCH", str(uid), parts)
            check_command_status(result, MailboxFetchError)
        for _, text in _answers(result[1]):
            if text:
                return text
        raise MailGone

    def _flag(self, uid: int, flag: str) -> None:
        # Not imap-tools' `flag`, which expunges the whole folder after it.
        result = self.session.box.client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({flag})")
        check_command_status(result, MailboxFlagError)

    def _move(self, uid: int, name: str) -> None:
        client, folder = self.session.box.client, encode_folder(name).decode()
        self.session.select(Folder.INBOX)
        if self.session.has("MOVE"):
            check_command_status(client.uid("MOVE", str(uid), folder), MailboxMoveError)
            return
        check_command_status(client.uid("COPY", str(uid), folder), MailboxCopyError)
        self._flag(uid, "\\Deleted")
        if self.session.has("UIDPLUS"):
            check_command_status(client.uid("EXPUNGE", str(uid)), MailboxMoveError)


def _answers(data: list[Any]) -> Iterator[tuple[bytes, bytes]]:
    """Yield (line, literal) of each answer; what follows a literal on its line is part of the line."""
    items = [item for item in data if item is not None]
    for position, item in enumerate(items):
        if isinstance(item, tuple):
            rest = items[position + 1] if position + 1 < len(items) else b""
            yield item[0] + (b" " + rest if isinstance(rest, bytes) else b""), item[1]
        elif _UID.search(item) and not (position and isinstance(items[position - 1], tuple)):
            yield item, b""


def _value(pattern: re.Pattern[bytes], line: bytes) -> bytes:
    found = pattern.search(line)
    return found.group(1) if found else b"0"


def _received(line: bytes) -> datetime:
    local = imaplib.Internaldate2tuple(line)
    return datetime.fromtimestamp(time.mktime(local) if local else 0, timezone.utc)


def _day(instant: datetime) -> str:
    # SEARCH knows whole days, in the server's own time zone: the day before misses nothing.
    day = datetime.fromtimestamp(instant.timestamp() - 86_400, timezone.utc)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
