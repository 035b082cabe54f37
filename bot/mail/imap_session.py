"""One connection to an IMAP server: login, folders by their use, errors under the worker's names."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError, UnexpectedCommandStatusError

from bot.mail.access import access_token
from bot.mail.mailbox import Folder, LoginRefused, MailboxFull, MailboxRefused, MailboxUnavailable
from bot.mail.settings import Server

TIMEOUT = 60.0  # seconds without a byte from the server
_FLAGS = {Folder.DRAFTS: "\\Drafts", Folder.SENT: "\\Sent"}
# What folders without a flag are usually called, the one to create first.
_USUAL = {
    Folder.DRAFTS: ("Drafts", "Brouillons", "Draft", "Brouillon"),
    Folder.SENT: ("Sent", "Envoyés", "Sent Items", "Sent Messages", "Éléments envoyés", "Messages envoyés"),
}


class Session:
    """A connection, logged in, with the inbox's properties.

    Attributes:
        box: imap-tools' mailbox.
        capabilities: in capitals, as they are once logged in.
        uidvalidity: the inbox's.
        keeps_keywords: the inbox accepts new keywords.

    Raises:
        MailboxUnavailable: no connection, or no login.
    """

    def __init__(self, server: Server) -> None:
        self.uidvalidity = 0
        self.keeps_keywords = False
        self._selected: tuple[str, bool] | None = None
        self._names: dict[Folder, str] = {Folder.INBOX: "INBOX"}
        with speaking("login"):
            self.box = _connect(server)
            _log_in(self.box, server)
            _, data = self.box.client.capability()
            self.capabilities = frozenset(data[0].decode("ascii", "replace").upper().split())
            self.select(Folder.INBOX)

    def close(self) -> None:
        """Hang up without waiting for anything."""
        with suppress(OSError, imaplib.IMAP4.error):
            self.box.client.shutdown()

    def has(self, capability: str) -> bool:
        """Tell whether the server can do this."""
        return capability in self.capabilities

    def select(self, folder: Folder) -> bool:
        """Go into a folder (only the inbox to write); return False when there is none.

        Raises:
            MailboxUnavailable: the inbox was renumbered meanwhile.
        """
        name = self.name_of(folder)
        if name is None:
            return False
        if self._selected == (name, True):
            return True
        self._selected = None
        self.box.folder.set(name, readonly=folder is not Folder.INBOX)
        if folder is Folder.INBOX:
            self._look_at_inbox()
        self._selected = (name, True)
        return True

    def name_of(self, folder: Folder) -> str | None:
        """Return the name of a folder, None when there is none."""
        if folder not in self._names:
            found = find_folder(self.box, folder)
            if found is None:
                return None
            self._names[folder] = found
        return self._names[folder]

    def make(self, folder: Folder) -> str:
        """Return the name of a folder, made if there is none."""
        name = self.name_of(folder) or self.make_named(_USUAL[folder][0])
        self._names[folder] = name
        return name

    def make_named(self, wanted: str) -> str:
        """Return the name of a folder of the people's choice, made if there is none."""
        listed = self.box.folder.list()
        for info in listed:
            if wanted in (info.name, _last(info.name, info.delim)):
                return info.name
        # Some servers keep every folder below the inbox.
        below = next((f"INBOX{info.delim}{wanted}" for info in listed if info.delim), wanted)
        for name in dict.fromkeys((wanted, below)):
            with suppress(UnexpectedCommandStatusError):
                self.box.folder.create(name)
                # A folder that is not subscribed is not shown by every mail program.
                self.box.folder.subscribe(name, True)
                return name
        raise MailboxRefused("create")

    def _look_at_inbox(self) -> None:
        client = self.box.client
        _, validity = client.response("UIDVALIDITY")
        _, flags = client.response("PERMANENTFLAGS")
        number = int(validity[0]) if validity and validity[0] else 0
        if self.uidvalidity not in (0, number):
            raise MailboxUnavailable("renumbered")
        self.uidvalidity = number
        self.keeps_keywords = bool(flags and flags[-1] and b"\\*" in flags[-1])


@contextmanager
def speaking(command: str) -> Iterator[None]:
    """Give the errors of a command their names here.

    Raises:
        MailboxUnavailable: the connection is lost.
        MailboxFull, MailboxRefused: the server said no.
    """
    try:
        yield
    except MailboxUnavailable:
        raise
    except (UnexpectedCommandStatusError, MailboxRefused) as error:
        answer = str(getattr(error, "command_result", "")).upper()
        if "OVERQUOTA" in answer or "QUOTA EXCEEDED" in answer:
            raise MailboxFull(command) from None
        raise MailboxRefused(command) from None
    except (OSError, EOFError, imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        # `abort` (connection lost), a protocol error, a broken TLS: only a new connection is sure.
        raise MailboxUnavailable(f"{command}: {type(error).__name__}") from None


def find_folder(box: BaseMailBox, folder: Folder) -> str | None:
    """Return the name of the folder that has this use: by its flag, else by its name."""
    listed = [info for info in box.folder.list() if "\\Noselect" not in info.flags]
    for info in listed:
        if _FLAGS[folder] in info.flags:
            return info.name
    for usual in _USUAL[folder]:
        for info in listed:
            if _last(info.name, info.delim).casefold() == usual.casefold():
                return info.name
    return None


def _last(name: str, delimiter: str) -> str:
    return name.rpartition(delimiter)[2] if delimiter and delimiter != "NIL" else name


def _connect(server: Server) -> BaseMailBox:
    if server.is_encrypted:
        return MailBox(server.host, server.port, TIMEOUT, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(server.host, server.port, TIMEOUT)


def _log_in(box: BaseMailBox, server: Server) -> None:
    try:
        if server.token:
            box.xoauth2(server.user, access_token(server.token), None)
        elif server.user.isascii() and server.password.isascii():
            box.login(server.user, server.password, None)
        else:
            box.login_utf8(server.user, server.password, None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, MailboxLoginError):
        raise LoginRefused("login") from None
