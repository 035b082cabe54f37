"""What of an answer deserves more than a line: whom to write to, and the document's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base.records import Fact, Record, State, Value

_REACHED = {"contact", "submission"}


@dataclass(frozen=True)
class Contact:
    """Somebody that a document names to write to, call or visit.

    Attributes:
        name: the body or the person, None when only an address is stated.
        channel: email, platform, counter, post, phone or web.
        address: as the document prints it, None when it only names somebody.
    """

    name: str | None
    channel: str
    address: str | None


@dataclass(frozen=True)
class Extract:
    """The exact words of a document, where they stand in it, and in which document (its title)."""

    words: str
    section: str | None
    document: str | None


def contacts_of(facts: Iterable[Fact]) -> tuple[Contact, ...]:
    """Return whom the facts say to reach, each once, in their order."""
    found = [
        Contact(fact.value.data.get("name"), fact.value.data["channel"], fact.value.data.get("address"))
        for fact in facts
        if fact.topic in _REACHED and fact.state is State.STATED
        if isinstance(fact.value, Value) and fact.value.type == "route"
    ]
    return tuple(dict.fromkeys(found))


def extracts_of(record: Record, facts: Iterable[Fact]) -> tuple[Extract, ...]:
    """Return the words of the document that the facts quote: a formula to reproduce, or one that can be argued."""
    titles = {document.id: document.title for document in record.documents}
    return tuple(
        Extract(words, fact.source.section, titles.get(fact.source.document))
        for fact in facts
        if (words := _words(fact))
    )


def _words(fact: Fact) -> str | None:
    if isinstance(fact.value, Value) and fact.value.type == "mention":
        return str(fact.value.data["mention"])
    return fact.as_printed
