"""The knowledge base as open data: plain dictionaries for the public API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from knowledge.base.catalogue import Snapshot
from knowledge.base.records import Deadline, Fact, FactValue, Permanent, Record
from knowledge.base.situation import Situation, situation
from knowledge.base.topics import load_topics
from knowledge.wording.sources import citations


def _situation(state: Situation) -> dict[str, Any]:
    return {
        "situation": state.status.value,
        "ends_at": state.ends_at.isoformat() if state.ends_at else None,
        "disputed": state.disputed,
    }


def _head(record: Record, now: datetime) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind.value,
        "title": record.title,
        "short_title": record.short_title,
        "procedures": list(record.procedures),
        "edition": record.edition,
        "years": list(record.years),
        "national": record.national,
        "regions": list(record.regions),
        "departments": list(record.departments),
        "issuers": [vars(issuer) for issuer in record.issuers],
        **_situation(situation(record, now)),
    }


def _value(value: FactValue | None) -> dict[str, Any] | None:
    if value is None:
        return None
    if isinstance(value, Deadline):
        return {
            "type": "deadline",
            "date": value.date.isoformat(),
            "time": value.time.isoformat("minutes") if value.time else None,
            "inclusive": value.inclusive,
            "basis": value.basis,
        }
    if isinstance(value, Permanent):
        return {"type": "permanent", "limit": value.limit}
    return {"type": value.type, **value.data}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "state": fact.state.value,
        "text": fact.text,
        "role": fact.role,
        "applies_to": fact.scope.label,
        "value": _value(fact.value),
        "readings": [
            {"text": reading.text, "value": _value(reading.value), "section": reading.source.section}
            for reading in fact.readings
        ],
        "document": fact.source.document,
        "section": fact.source.section,
        "as_printed": fact.as_printed,
    }


def list_calls(base: Snapshot, now: datetime) -> list[dict[str, Any]]:
    """Return the head of every record, with its situation at `now`."""
    return [_head(base.get(record_id), now) for record_id in base.summaries]


def call_detail(base: Snapshot, record_id: str, now: datetime) -> dict[str, Any]:
    """Return a record whole: head, documents, facts by topic with state and source.

    Raises:
        UnknownRecord: no such id.
    """
    record = base.get(record_id)
    topics = {
        topic_id: {
            "title": topic.title,
            "state": (record.about(topic_id)[0].state if record.about(topic_id) else record.silence).value,
            "facts": [_fact(fact) for fact in record.about(topic_id)],
        }
        for topic_id, topic in load_topics().items()
    }
    return {
        **_head(record, now),
        "documents": [
            {
                "id": document.id,
                "title": document.title,
                "publisher": document.publisher,
                "published_on": document.published_on.isoformat() if document.published_on else None,
                "checked_on": document.checked_on.isoformat(),
                "url": document.url,
                "read": document.read,
                "relay": document.relay,
            }
            for document in record.documents
        ],
        "sources": [vars(item) for item in citations(record, ())],
        "topics": topics,
    }
