"""What the knowledge base holds, as immutable values.

A record (call, resource or event) is a list of facts filed by topic. A fact is a short French text
or a structured value, with a state and a source; nothing reaches a user without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import Any

from knowledge.conditions.model import Eligibility


class Kind(str, Enum):
    """What a record is; only a call can be applied to."""

    CALL = "call"
    RESOURCE = "resource"
    EVENT = "event"


class State(str, Enum):
    """What we know of a fact; each state is a different sentence to the user."""

    STATED = "stated"
    NOT_STATED = "not_stated"  # the document was read whole and does not say
    UNKNOWN = "unknown"  # the document was read in part
    NOT_APPLICABLE = "not_applicable"  # e.g. the deadline of a permanent call
    CONFLICT = "conflict"  # the document says several things: all are shown


TELLING = frozenset({State.STATED, State.CONFLICT})
"""States of a fact that says something of its point."""
SILENT = frozenset({State.NOT_STATED, State.UNKNOWN})
"""States of a fact that says that its point is not said, or cannot be known."""


@dataclass(frozen=True)
class Document:
    """A source document as shown to users (never a file name)."""

    id: str
    title: str
    publisher: str
    checked_on: date
    read: str  # "whole" | "nearly" | "cut"
    published_on: date | None = None
    url: str | None = None
    relay: bool = False


@dataclass(frozen=True)
class Source:
    """Where a fact stands: a document id and, when it has parts, the part."""

    document: str
    section: str | None = None


@dataclass(frozen=True)
class Deadline:
    """A closing date in the territory's local time.

    `time` is None when no hour is given; `inclusive` tells whether the day itself counts;
    `basis` is what must have happened by then: reception, sending, filing, postmark, unspecified.
    """

    date: date
    time: time | None = None
    inclusive: bool = True
    basis: str = "unspecified"


@dataclass(frozen=True)
class Permanent:
    """A call without closing date, by design."""

    limit: str | None = None


@dataclass(frozen=True)
class Value:
    """Any other structured value (amount, count, rate, date, route, mention), by its schema type."""

    type: str
    data: dict[str, Any] = field(default_factory=dict, hash=False)


FactValue = Deadline | Permanent | Value


@dataclass(frozen=True)
class Reading:
    """One of the readings of a conflict."""

    text: str | None
    value: FactValue | None
    source: Source


@dataclass(frozen=True)
class Scope:
    """For whom or when a fact holds; empty means always."""

    label: str | None = None
    years: tuple[int, ...] = ()
    departments: tuple[str, ...] = ()
    establishment_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One thing a document says, or is known not to say."""

    id: str
    topic: str
    source: Source
    state: State = State.STATED
    text: str | None = None
    short: str | None = None
    aspects: tuple[str, ...] = ()
    role: str | None = None
    value: FactValue | None = None
    readings: tuple[Reading, ...] = ()
    scope: Scope = Scope()
    keywords: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    as_printed: str | None = None


@dataclass(frozen=True)
class Issuer:
    """A body and its part in the call."""

    name: str
    role: str


@dataclass(frozen=True, eq=False)
class Record:
    """A call, resource or event, whole; one object a version, so that what is derived from it can be kept."""

    id: str
    kind: Kind
    title: str
    short_title: str
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    aliases: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    programme: str | None = None
    edition: str | None = None
    years: tuple[int, ...] = ()
    national: bool = False
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    time_zone: str = "Europe/Paris"
    establishment_kinds: tuple[str, ...] = ()
    issuers: tuple[Issuer, ...] = ()
    opening: date | None = None
    starts: date | None = None
    ends: date | None = None
    eligibility: Eligibility | None = None

    def document(self, source: Source) -> Document:
        """Return the document that `source` names.

        Raises:
            KeyError: no such document (validation refuses such records).
        """
        for document in self.documents:
            if document.id == source.document:
                return document
        raise KeyError(source.document)

    def about(self, topic: str) -> tuple[Fact, ...]:
        """Return the facts filed under `topic`, in the record's order."""
        return tuple(fact for fact in self.facts if fact.topic == topic)

    @property
    def silence(self) -> State:
        """State of what the record does not mention: unknown as soon as one document was cut."""
        cut = any(document.read == "cut" for document in self.documents)
        return State.UNKNOWN if cut else State.NOT_STATED
