"""The figures and the check of a mailbox, in words (`words.yml`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_timedelta

from bot.mail.imap import ImapMailbox
from bot.mail.mailbox import Folder, LoginRefused, Mailbox, MailboxRefused, MailboxUnavailable
from bot.mail.settings import Account
from knowledge.mail.figures import Figures

_WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
_LABEL = 60  # characters


def table(found: Figures, days: int) -> str:
    """Return the figures as a table."""
    words = _WORDS["figures"]
    lines = [words["title"].format(days=days), ""]
    for name, label in words["lines"].items():
        lines.append(_row(label, _shown(getattr(found, name))))
        reasons = sorted(found.reasons.get(name, {}).items(), key=lambda pair: (-pair[1], pair[0]))
        lines += [_row(f"  – {_WORDS['reasons'].get(reason, reason)}", str(count)) for reason, count in reasons]
    return "\n".join(lines)


def check(account: Account, mailbox: Mailbox, count: int) -> Iterator[str]:
    """Yield what was found of an opened mailbox, `count` mails of which are to be taken."""
    words = _WORDS["check"]
    yield words["connected"]
    if isinstance(mailbox, ImapMailbox):
        session = mailbox.session
        for folder in (Folder.DRAFTS, Folder.SENT):
            name = session.name_of(folder)
            yield words[folder.value].format(folder=name) if name else words[f"{folder.value}_missing"]
        yield words["keywords" if session.keeps_keywords else "no_keywords"].format(people=account.people_folder)
        yield words["idle" if session.has("IDLE") else "no_idle"].format(poll=f"{account.poll:.0f}")
    if account.moves:
        yield words["moves"].format(people=account.people_folder)
    yield words["waiting"].format(count=count)
    if not account.sends:
        yield words["draft_mode"]
    else:
        topics = ", ".join(sorted(account.send_topics))
        yield words["send_mode"].format(topics=topics) if topics else words["send_nothing"]


def heading(account: Account) -> str:
    """Return the line that names a mailbox."""
    return _WORDS["check"]["mailbox"].format(name=account.name, address=account.address)


def trouble(error: MailboxUnavailable | MailboxRefused) -> str:
    """Return what is wrong with a server, and what to look at."""
    if isinstance(error, LoginRefused):
        return _WORDS["check"]["login"]
    name = "unavailable" if isinstance(error, MailboxUnavailable) else "refused"
    return _WORDS["check"][name].format(reason=error)


def _row(label: str, value: str) -> str:
    return f"{label:<{_LABEL}}{value:>12}".rstrip()


def _shown(value: float | timedelta | None) -> str:
    words = _WORDS["figures"]
    if value is None:
        return words["none"]
    if isinstance(value, timedelta):
        return format_timedelta(value, threshold=1.5, locale="fr")
    return words["percent"].format(value=round(100 * value)) if isinstance(value, float) else str(value)
