"""A mailbox that is a folder of files (Maildir++): rehearsals and tests, without a server."""

from __future__ import annotations

import hashlib
import mailbox
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timezone
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode

from bot.mail.identity import message_ids_in
from bot.mail.mailbox import Folder, MailboxUnavailable, MailGone, Reply, Waiting

_FOLDERS = {Folder.DRAFTS: "Drafts", Folder.SENT: "Sent"}
_SLICE = 0.2  # seconds between two looks at the folder


class MaildirMailbox:
    """A folder of files; see `bot.mail.mailbox.Mailbox`. It keeps no keyword: what is for people is moved.

    Args:
        folder: the inbox; its folders are below it.
        people_folder: name of the folder for people.
    """

    uidvalidity = 1

    def __init__(self, folder: Path, people_folder: str) -> None:
        self._folder, self._people_folder = folder, people_folder

    def open(self) -> None:
        """Make the folders that are missing."""
        for folder in Folder:
            self._box(folder)

    def close(self) -> None:
        """Nothing is held open."""

    def waiting(self, since: datetime, known: Collection[int]) -> list[Waiting]:
        """Return the mails of the inbox received since that day, but those whose uid is known."""
        found = []
        for key, file in self._files(Folder.INBOX):
            received = datetime.fromtimestamp(file.stat().st_mtime, timezone.utc)
            if received >= since and _uid(key) not in known:
                answered = "R" in file.name.partition(":2,")[2]
                found.append(Waiting(_uid(key), file.stat().st_size, received, answered))
        return sorted(found, key=lambda mail: (mail.received_at, mail.uid))

    def fetch(self, uid: int, folder: Folder = Folder.INBOX) -> bytes:
        """Return a whole mail."""
        return self._file(uid, folder)[1].read_bytes()

    def fetch_header(self, uid: int) -> bytes:
        """Return the header of a mail of the inbox."""
        return _header(self.fetch(uid))

    def headers(self, folder: Folder, since: datetime) -> list[tuple[int, datetime, bytes]]:
        """Return (uid, received, header) of the mails put in a folder since that day."""
        listed = [
            (_uid(key), datetime.fromtimestamp(file.stat().st_mtime, timezone.utc), _header(file.read_bytes()))
            for key, file in self._files(folder)
        ]
        return [item for item in listed if item[1] >= since]

    def find_reply(self, reply_id: str, original_id: str) -> Reply | None:
        """Return what is among the drafts or what was sent: this very reply, or another answer to the original."""
        found = None
        for folder in (Folder.DRAFTS, Folder.SENT):
            for message in self._box(folder):
                if reply_id in message_ids_in(str(message["Message-ID"])):
                    return Reply.OURS
                if original_id and original_id in message_ids_in(str(message["In-Reply-To"])):
                    found = Reply.SOMEBODYS
        return found

    def append_draft(self, raw: bytes) -> None:
        """Put a draft in its folder."""
        self._append(Folder.DRAFTS, raw, "D")

    def append_sent(self, raw: bytes) -> None:
        """Put what was sent in its folder."""
        self._append(Folder.SENT, raw, "S")

    def mark(self, uid: int, keyword: str) -> None:
        """Keep no keyword."""

    def mark_answered(self, uid: int) -> None:
        """Say that a mail has been answered."""
        key, _ = self._file(uid, Folder.INBOX)
        box = self._box(Folder.INBOX)
        message = box.get_message(key)
        message.add_flag("R")
        box[key] = message

    def leaves_inbox(self) -> bool:
        """Whether `to_people` moves mails: always."""
        return True

    def to_people(self, uid: int, reason: str) -> None:
        """Move a mail to the folder for people."""
        _, file = self._file(uid, Folder.INBOX)
        below = self._folder / f".{utf7_encode(self._people_folder).decode()}"
        mailbox.Maildir(below, create=True)
        file.rename(below / "cur" / file.name)

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> None:
        """Return when the inbox changes, when a stop is asked, or after that time."""
        end, before = time.monotonic() + seconds, {key for key, _ in self._files(Folder.INBOX)}
        while time.monotonic() < end and not stopped():
            time.sleep(_SLICE)
            if {key for key, _ in self._files(Folder.INBOX)} - before:
                return

    def _box(self, folder: Folder) -> mailbox.Maildir:
        try:
            below = f".{_FOLDERS[folder]}" if folder in _FOLDERS else ""
            return mailbox.Maildir(self._folder / below, create=True)
        except OSError as error:
            raise MailboxUnavailable(type(error).__name__) from None

    def _files(self, folder: Folder) -> Iterator[tuple[str, Path]]:
        self._box(folder)
        root = self._folder / (f".{_FOLDERS[folder]}" if folder in _FOLDERS else "")
        for part in ("new", "cur"):
            for file in (root / part).iterdir():
                yield file.name.partition(":2,")[0], file

    def _file(self, uid: int, folder: Folder) -> tuple[str, Path]:
        for key, file in self._files(folder):
            if _uid(key) == uid:
                return key, file
        raise MailGone

    def _append(self, folder: Folder, raw: bytes, flag: str) -> None:
        message = mailbox.MaildirMessage(raw)
        message.add_flag(flag)
        message.set_subdir("cur")
        self._box(folder).add(message)


def _uid(key: str) -> int:
    # A file keeps its name for life: so does a number made of it, without anything to remember.
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)


def _header(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
