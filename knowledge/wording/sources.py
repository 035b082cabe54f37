"""From facts to the sources shown with them."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.base.records import Fact, Record
from knowledge.wording.values import Citation


def citations(record: Record, facts: Iterable[Fact]) -> tuple[Citation, ...]:
    """Return the sources of `facts`, one per document with its sections; the first document by default."""
    sections: dict[str, dict[str, None]] = {}
    for fact in facts:
        for source in (fact.source, *(reading.source for reading in fact.readings)):
            names = sections.setdefault(source.document, {})
            if source.section:
                names.setdefault(source.section)
    if not sections:
        sections[record.documents[0].id] = {}
    return tuple(
        Citation(
            document.title,
            document.publisher,
            " ; ".join(sections[document.id]) or None,
            document.published_on.isoformat() if document.published_on else None,
            document.checked_on.isoformat(),
            document.url,
        )
        for document in record.documents
        if document.id in sections
    )
