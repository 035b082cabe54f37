"""One line of the mail ledger, and its states."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from knowledge.errors import KnowledgeError

SHORTEST, LONGEST = 90, 3660
"""Bounds of the setting RETENTION_MAIL_DAYS; below the first, drafts still waiting could be forgotten."""


def kept_for_from_env(environ: Mapping[str, str] = os.environ) -> timedelta:
    """Return how long a line is kept: RETENTION_MAIL_DAYS, 24 months unless set.

    Raises:
        KnowledgeError: the setting is not a number of days within bounds.
    """
    text = environ.get("RETENTION_MAIL_DAYS", "").strip() or "730"
    if not text.isdecimal() or not SHORTEST <= int(text) <= LONGEST:
        raise KnowledgeError(f"RETENTION_MAIL_DAYS : un nombre de jours de {SHORTEST} à {LONGEST} est attendu")
    return timedelta(days=int(text))


class State(str, Enum):
    """Where a mail stands; the first two are not final."""

    TAKEN = "taken"
    SENDING = "sending"
    DRAFTED = "drafted"
    SENT = "sent"
    TO_PEOPLE = "to_people"
    IGNORED = "ignored"
    FAILED = "failed"


UNSETTLED = (State.TAKEN, State.SENDING)


class Fate(str, Enum):
    """What the agents did with a draft."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Sighting:
    """A mail as it was just seen in the mailbox.

    Attributes:
        uidvalidity, uid: its place, as long as the server keeps its numbers.
        message: keyed hash of its Message-ID, or of its content when it has none.
        content: keyed hash of what tells it from another mail that wrongly bears the same Message-ID.
        received_at: when the server received it.
    """

    uidvalidity: int
    uid: int
    message: str
    content: str
    received_at: datetime

    def distinct(self, *parts: object) -> str:
        """Return a key of its own for a mail whose Message-ID is already another line's."""
        return hashlib.sha256("\n".join(map(str, (self.message, *parts))).encode()).hexdigest()


@dataclass(frozen=True)
class Item:
    """A line of the ledger.

    Attributes:
        attempts: how many times it was begun, this one included.
        clash: another mail, already in the ledger, bears the same Message-ID.
    """

    id: int
    state: State
    reason: str
    attempts: int
    uidvalidity: int
    uid: int
    clash: bool = False


@dataclass(frozen=True)
class Settlement:
    """How a mail ends.

    Attributes:
        reason: why, as an identifier.
        topics: what its questions were about.
        reply_id: Message-ID of what was drafted or sent.
        thread, sender: keyed hashes.
        traces: of the draft's text, see `bot.mail.learning`; empty when nothing is to be compared.
        draft_words: how many words the draft has.
    """

    reason: str = ""
    topics: Sequence[str] = ()
    reply_id: str = ""
    thread: str = ""
    sender: str = ""
    traces: str = ""
    draft_words: int | None = None
