"""A mail as this package reads it, and what is decided about it: the words shared by every module here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from enum import Enum
from typing import Protocol

WHOLE_MAIL = 100_000
"""Characters of a mail's text that are read; what is longer goes to a person."""


@dataclass(frozen=True)
class Address:
    """Somebody's address; `email` in lower case."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail: listed, never opened. `size` in bytes, decoded.

    `name` has no folder; `content_type` keeps the method of a calendar's entry (`text/calendar; method=request`).
    """

    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class Link:
    """A link of an HTML mail: the words shown, and the host it leads to in truth."""

    text: str
    host: str


@dataclass(frozen=True)
class Mail:
    """One mail, decoded; nothing in it is trusted.

    Attributes:
        message_id: with its angle brackets; a hash of date, sender, subject and body when the mail has none.
        references: the thread's earlier identifiers, oldest first, `In-Reply-To` included.
        reply_to: to whom an answer goes: `Reply-To`, else the sender; None when neither can be read.
        headers: every header's values, decoded, by name in lower case.
        body: the plain text; made from the HTML when there is no other.
        html_only: the body was made from HTML.
        links: those of the HTML; the body holds their words alone.
        problems: what could not be read as it should, as names: `charset` (guessed, the text may be wrong in places),
            `defective` (broken MIME), `encrypted`, `nesting` (parts in parts without end), `too_large` (cut).
    """

    message_id: str
    references: tuple[str, ...] = ()
    sender: Address | None = None
    reply_to: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str = ""
    html_only: bool = False
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first value of a header, empty when it is absent."""
        values = self.headers.get(name.lower(), ())
        return values[0] if values else ""

    @property
    def thread(self) -> str:
        """The identifier of the thread's first mail that is known: one conversation per thread."""
        return self.references[0] if self.references else self.message_id


class Handling(str, Enum):
    """What becomes of a mail."""

    DRAFT = "draft"
    HUMAN = "human"
    IGNORE = "ignore"


@dataclass(frozen=True)
class Outcome:
    """What was decided about a mail.

    Attributes:
        reason: name of the rule that decided (`triage.yml`), or of what the draft is about.
        reply: the answer, without its Message-ID; a HUMAN outcome has one only for distress.
        to_send: the same answer as it may leave by itself; None when something in the mail or in the answer forbids it.
            The worker's own limits remain.
        topics: what the questions are about.
    """

    handling: Handling
    reason: str
    reply: EmailMessage | None = None
    to_send: EmailMessage | None = None
    topics: tuple[str, ...] = ()


class NotNow(Exception):
    """The assistant does not answer: the mail stays where it is and is taken again later."""


class TooSlow(Exception):
    """The time that a mail may take is over: others wait behind it."""


class Budget:
    """The time that one mail may take.

    Args:
        seconds: from now on.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Do nothing as long as there is time.

        Raises:
            TooSlow: there is none left.
        """
        if time.monotonic() > self._end:
            raise TooSlow


class Preparer(Protocol):
    """What the worker needs: somebody who decides about a mail and writes the answer."""

    def prepare(self, mail: Mail, budget: Budget) -> Outcome:
        """Return what becomes of the mail.

        Raises:
            NotNow: the assistant does not answer.
            TooSlow: the budget is spent.
        """

    def works(self) -> bool:
        """Return whether a question that is always answered is: when it is, the mail in hand is what fails."""
