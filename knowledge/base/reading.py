"""From the content of a file (plain dictionaries, already checked) to a record, and nothing else."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from knowledge.base.records import (
    Deadline,
    Document,
    Fact,
    FactValue,
    Issuer,
    Kind,
    Permanent,
    Reading,
    Record,
    Scope,
    Source,
    State,
    Value,
)
from knowledge.conditions.model import Eligibility
from knowledge.conditions.reading import default_eligibility, eligibility_from
from knowledge.french.dates import french_date
from knowledge.french.phrases import phrase
from knowledge.places.codes import department, region

_CALENDAR, _OPENING = "calendar", "opening"  # of topics.yml


def record_from(record_id: str, content: dict[str, Any]) -> Record:
    """Return the record that `content` describes; `content` must have passed schema.check_content."""
    documents = tuple(_document(entry) for entry in content["documents"])
    first = documents[0].id
    territory = content.get("territory") or {}
    departments = tuple(territory.get("departments", ()))
    regions = tuple(territory.get("regions", ())) or tuple(
        dict.fromkeys(department(code).region_code for code in departments)
    )
    period = content.get("period") or {}
    opening = _date(content.get("opening"))
    facts = tuple(_fact(entry, topic, first) for topic, entries in content["facts"].items() for entry in entries)
    return Record(
        id=record_id,
        kind=Kind(content["kind"]),
        title=content["title"],
        short_title=content["short_title"],
        documents=documents,
        facts=_with_opening(facts, opening, Source(first)) if content["kind"] == Kind.CALL.value else facts,
        aliases=tuple(content.get("aliases", ())),
        procedures=tuple(content.get("procedures", ())),
        programme=content.get("programme"),
        edition=content.get("edition"),
        years=tuple(content.get("years", ())),
        national=bool(territory.get("national")),
        regions=regions,
        departments=departments,
        time_zone=territory.get("time_zone") or _time_zone(regions),
        establishment_kinds=tuple(content.get("establishment_kinds", ())),
        issuers=tuple(Issuer(entry["name"], entry["role"]) for entry in content.get("issuers", ())),
        opening=opening,
        starts=_date(period.get("starts")),
        ends=_date(period.get("ends")),
        eligibility=_eligibility(content),
    )


def _with_opening(facts: tuple[Fact, ...], opening: date | None, source: Source) -> tuple[Fact, ...]:
    """Return the facts, with one that says the opening when none does: « quand ouvre l'appel ? » has its answer."""
    said = any(fact.topic == _CALENDAR and _OPENING in fact.aspects for fact in facts)
    if opening is None or said:
        return facts
    text = phrase("opening", date=french_date(opening))
    value = Value("date", {"date": opening.isoformat()})
    return (*facts, Fact(f"{_OPENING}-date", _CALENDAR, source, text=text, aspects=(_OPENING,), value=value))


def _eligibility(content: dict[str, Any]) -> Eligibility | None:
    if content["kind"] != Kind.CALL.value:
        return None
    written = content.get("eligibility")
    return eligibility_from(written) if written else default_eligibility(content)


def _time_zone(regions: tuple[str, ...]) -> str:
    return region(regions[0]).time_zone if regions else "Europe/Paris"


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _document(entry: dict[str, Any]) -> Document:
    return Document(
        id=entry["id"],
        title=entry["title"],
        publisher=entry["publisher"],
        checked_on=date.fromisoformat(entry["checked_on"]),
        read=entry["read"],
        published_on=_date(entry.get("published_on")),
        url=entry.get("url"),
        relay=bool(entry.get("relay")),
    )


def _source(entry: dict[str, Any] | None, default: str) -> Source:
    entry = entry or {}
    return Source(entry.get("document", default), entry.get("section"))


def _value(entry: dict[str, Any] | None) -> FactValue | None:
    if entry is None:
        return None
    if entry["type"] == "deadline":
        hour = entry.get("time")
        return Deadline(
            date.fromisoformat(entry["date"]),
            time.fromisoformat(hour) if hour else None,
            entry.get("inclusive", True),
            entry.get("basis", "unspecified"),
        )
    if entry["type"] == "permanent":
        return Permanent(entry.get("limit"))
    return Value(entry["type"], {key: value for key, value in entry.items() if key != "type"})


def _answered_by(value: FactValue | None, topic: str) -> tuple[str, ...]:
    """Return the points that a value answers by itself: a closing hour that is typed is not « not stated »."""
    if not isinstance(value, Deadline) or topic != "deadline":
        return ()
    return ("hour",) * (value.time is not None) + ("basis",) * (value.basis != "unspecified")


def _fact(entry: dict[str, Any], topic: str, document: str) -> Fact:
    source = _source(entry.get("source"), document)
    scope = entry.get("applies_to") or {}
    value = _value(entry.get("value"))
    return Fact(
        id=entry["id"],
        topic=topic,
        source=source,
        state=State(entry.get("state", "stated")),
        text=entry.get("text"),
        short=entry.get("short"),
        aspects=tuple(dict.fromkeys([*entry.get("aspects", ()), *_answered_by(value, topic)])),
        role=entry.get("role"),
        value=value,
        readings=tuple(
            Reading(reading.get("text"), _value(reading.get("value")), _source(reading.get("source"), source.document))
            for reading in entry.get("readings", ())
        ),
        scope=Scope(
            scope.get("label"),
            tuple(scope.get("years", ())),
            tuple(scope.get("departments", ())),
            tuple(scope.get("establishment_kinds", ())),
        ),
        keywords=tuple(entry.get("keywords", ())),
        asked=tuple(entry.get("asked", ())),
        as_printed=entry.get("as_printed"),
    )
