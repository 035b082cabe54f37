"""The mailboxes to serve, as the environment describes them.

The first mailbox's settings begin with MAIL_; the second's with MAIL_2_, the third's with MAIL_3_, and so on until
one has no address of a server. A setting that a numbered mailbox does not give is the first's, but for what is its
own: servers, address, token.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.environment import SettingError, names, number, secret_key
from knowledge.clock import parse_instant
from knowledge.errors import KnowledgeError

PEOPLE_FOLDER = "À traiter par une personne"
_PORTS = {"imaps": 993, "imap": 143, "smtps": 465, "smtp+starttls": 587, "smtp": 25}
_SECURE = {"imaps", "smtps", "smtp+starttls"}
_OWN = {"IMAP_URL", "SMTP_URL", "ADDRESS", "OAUTH_TOKEN", "OAUTH_TOKEN_COMMAND"}
_MODES = ("draft", "send")


@dataclass(frozen=True)
class Token:
    """An OAuth access token: given, or printed by a command."""

    value: str = field(default="", repr=False)
    command: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.value or self.command)


@dataclass(frozen=True)
class Server:
    """Where and how to log in; `folder` only for the scheme `maildir`."""

    scheme: str
    host: str = ""
    port: int = 0
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: Token = Token()
    folder: Path | None = None

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is TLS from its first byte."""
        return self.scheme in _SECURE and not self.upgrades

    @property
    def upgrades(self) -> bool:
        """Whether the connection becomes TLS before anything is said (STARTTLS), or is given up."""
        return self.scheme.endswith("+starttls")


@dataclass(frozen=True)
class Account:
    """One mailbox to serve.

    Attributes:
        name: prefix of its settings, to name it without its address.
        smtp: where to send; None in draft mode.
        since: mails received before are left alone; None: what `bot.mail.worker` decides.
        poll: seconds between two looks at a mailbox that says nothing.
        budget: seconds that one mail may take, before it goes to people.
        max_size: bytes, beyond which a mail goes to people without being downloaded.
        moves: a mail for people is also moved to their folder, not only marked.
        send_topics: topics that may be answered without a person.
        checked_share: percentage of the replies that could go by themselves and are kept for people to check.
        discarded_after: days after which a draft that is gone, unsent, counts as discarded.
        secret: key of every hash, and of the replies' Message-IDs.
        authserv: the name under which our mail server writes `Authentication-Results`; None: the first of them.
        signature: what ends a reply; empty: left for the agent to write, and nothing is sent.
        acknowledges: a draft of acknowledgement is put beside a request that goes to people (CRPA, L112-3).
        fresh_for: how long after its documents were checked an answer may be sent without a person.
        send_confidence: calibrated probability, 0 to 1, under which nothing is sent without a person.
    """

    name: str
    imap: Server
    smtp: Server | None
    address: str = field(repr=False)
    since: datetime | None
    poll: float
    budget: float
    max_size: int
    people_folder: str
    moves: bool
    send_topics: frozenset[str]
    checked_share: float
    discarded_after: float
    secret: bytes = field(repr=False)
    authserv: str | None = None
    signature: str = ""
    acknowledges: bool = False
    send_confidence: float = 0.95
    fresh_for: timedelta = timedelta(days=180)

    @property
    def sends(self) -> bool:
        """Whether anything may be sent without a person."""
        return self.smtp is not None

    @property
    def domain(self) -> str:
        """The domain of the address."""
        return self.address.rpartition("@")[2]

    @property
    def key(self) -> str:
        """The hash by which the ledger knows the mailbox: of its address alone, so that a server can be changed."""
        return hashlib.sha256(self.address.encode()).hexdigest()


def load_accounts(environ: Mapping[str, str] = os.environ) -> list[Account]:
    """Return the mailboxes to serve; none when MAIL_IMAP_URL is not set.

    Raises:
        SettingError: a setting cannot be used; the message names it and never repeats an address of a server.
    """
    accounts: list[Account] = []
    while True:
        prefix = f"MAIL_{len(accounts) + 1}_" if accounts else "MAIL_"
        if not environ.get(f"{prefix}IMAP_URL", "").strip():
            break
        accounts.append(_account(prefix, _Values(prefix, environ)))
    if len({account.address for account in accounts}) < len(accounts):
        raise SettingError("MAIL_ADDRESS : deux boîtes ont la même adresse")
    return accounts


class _Values(dict[str, str]):
    """The settings of one mailbox, under the first one's names."""

    def __init__(self, prefix: str, environ: Mapping[str, str]) -> None:
        own = {name.removeprefix(prefix): value for name, value in environ.items() if name.startswith(prefix)}
        shared = {
            name: value
            for name, value in environ.items()
            if prefix == "MAIL_" or name.removeprefix("MAIL_") not in _OWN
        }
        super().__init__({**shared, **{f"MAIL_{name}": value for name, value in own.items() if value.strip()}})
        self._prefix = prefix

    def text(self, name: str, default: str = "") -> str:
        return self.get(f"MAIL_{name}", "").strip() or default

    def fault(self, name: str, what: str) -> SettingError:
        return SettingError(f"{self._prefix}{name} : {what}")


def _account(prefix: str, values: _Values) -> Account:
    address = values.text("ADDRESS").lower()
    if address.count("@") != 1 or not all(address.split("@")) or not address.isascii() or " " in address:
        raise values.fault("ADDRESS", "l'adresse de la boîte est attendue, par exemple contact@ars.exemple.fr")
    mode = values.text("MODE", "draft")
    if mode not in _MODES:
        raise values.fault("MODE", f"« draft » ou « send » est attendu, pas « {mode} »")
    token = Token(values.text("OAUTH_TOKEN"), values.text("OAUTH_TOKEN_COMMAND"))
    share = number("MAIL_SEND_CHECKED_SHARE", 10, values)
    if share > 100:
        raise values.fault("SEND_CHECKED_SHARE", "un pourcentage de 0 à 100 est attendu")
    return Account(
        name=prefix.rstrip("_"),
        imap=_server("IMAP_URL", ("imaps", "imap", "maildir"), values, token),
        smtp=_server("SMTP_URL", ("smtps", "smtp+starttls", "smtp"), values, token) if mode == "send" else None,
        address=address,
        since=_since(values),
        poll=max(1.0, number("MAIL_POLL", 180, values)),
        budget=max(1.0, number("MAIL_BUDGET", 60, values)),
        max_size=int(number("MAIL_MAX_MEGABYTES", 10, values) * 1_000_000),
        people_folder=values.text("PEOPLE_FOLDER", PEOPLE_FOLDER),
        moves=_yes("MOVE_TO_PEOPLE", values),
        send_topics=frozenset(names("MAIL_SEND_TOPICS", environ=values)),
        checked_share=share,
        discarded_after=number("MAIL_DISCARDED_DAYS", 7, values),
        secret=_secret(values),
        authserv=values.text("AUTHSERV") or None,
        signature=values.text("SIGNATURE").replace("\\n", "\n"),
        acknowledges=_yes("ACKNOWLEDGE", values),
        fresh_for=timedelta(days=number("MAIL_SEND_FRESH_DAYS", 180, values)),
        send_confidence=number("MAIL_SEND_CONFIDENCE", 0.95, values),
    )


def _server(name: str, schemes: tuple[str, ...], values: _Values, token: Token) -> Server:
    # The address is never repeated in a message: it holds a password.
    url = values.text(name)
    expected = " ou ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise values.fault(name, f"une adresse en {expected} est attendue") from None
    if parts.scheme not in schemes:
        raise values.fault(name, f"une adresse en {expected} est attendue")
    if parts.scheme == "maildir":
        return Server("maildir", folder=Path(unquote(parts.path)))
    if not parts.hostname:
        raise values.fault(name, "le nom du serveur manque")
    if parts.scheme not in _SECURE and not _is_loopback(parts.hostname):
        raise values.fault(
            name, f"{parts.scheme}:// n'est pas chiffré : seul {parts.scheme}s:// peut quitter cette machine"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if name == "IMAP_URL" and not (user and (password or token)):
        raise values.fault(name, "le nom d'utilisateur et le mot de passe (ou MAIL_OAUTH_TOKEN) manquent")
    return Server(parts.scheme, parts.hostname, port, user, password, token)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _since(values: _Values) -> datetime | None:
    text = values.text("SINCE")
    try:
        return parse_instant(text) if text else None
    except KnowledgeError as error:
        raise values.fault("SINCE", str(error)) from None


def _yes(name: str, values: _Values) -> bool:
    text = values.text(name, "0")
    if text not in {"0", "1"}:
        raise values.fault(name, "0 ou 1 est attendu")
    return text == "1"


def _secret(values: _Values) -> bytes:
    given = values.text("SECRET")
    if given and len(given) < 32:
        raise values.fault("SECRET", "au moins 32 caractères sont attendus")
    # Derived, not reused: what signs conversations must sign nothing else.
    return hmac.new((given or secret_key(values)).encode(), b"mail", hashlib.sha256).digest()
