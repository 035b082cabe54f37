"""Facts into French: lines, dates, headers. Every phrase is in phrases.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.base.records import Deadline, Fact, FactValue, Kind, Permanent, Record, Scope, State, Value
from knowledge.base.situation import Situation, Status
from knowledge.base.topics import load_topics
from knowledge.french.dates import french_date, french_time
from knowledge.french.phrases import phrase
from knowledge.patterns import compile_pattern

# A scope that is a time and nothing else.
_EDITION = compile_pattern(r"(?:vague|édition|session|campagne|année)s? \d{4}(?:(?: à |-|–| et )\d{4})?", re.IGNORECASE)


def header(record: Record, state: Situation, topic_id: str) -> str:
    """Return the first line of an answer: the record's name, its situation, and the topic understood."""
    topic = load_topics()[topic_id].title
    if record.kind is Kind.CALL:
        situation = phrase(f"situation.{state.status.value}")
        return phrase("header", title=record.short_title, situation=situation, topic=topic)
    return phrase(f"header_{record.kind.value}", title=record.short_title, topic=topic)


def value_text(value: FactValue) -> str | None:
    """Return a structured value in words, when it can stand alone."""
    if isinstance(value, Deadline):
        names = {"date": french_date(value.date)}
        if value.time is not None:
            names["time"] = french_time(value.time)
        key = ("time_" if value.time is not None else "date_") + ("inclusive" if value.inclusive else "exclusive")
        return phrase("deadline", basis=phrase(f"basis.{value.basis}"), when=phrase(key, **names))
    if isinstance(value, Permanent):
        return phrase("permanent_limit", limit=value.limit) if value.limit else phrase("permanent")
    if isinstance(value, Value) and value.type == "mention":
        return phrase("mention", mention=value.data["mention"])
    if isinstance(value, Value) and value.type == "route":
        return str(value.data.get("address") or value.data.get("name") or "") or None
    return None


def _says_scope(text: str, scope: Scope) -> bool:
    """Return whether a text already says for whom or when it holds: « en 2024 » is the « vague 2024 »."""
    if (scope.label or "").casefold() in text.casefold():
        return True
    dated = scope.years and _EDITION.fullmatch(scope.label or "")
    return bool(dated) and all(str(year) in text for year in scope.years)


def fact_lines(fact: Fact) -> list[str]:
    """Return the lines of one fact: its text, the mention to copy, each reading of a conflict."""
    text = fact.text or (value_text(fact.value) if fact.value else None)
    lines = []
    if text is None and fact.readings:
        text = phrase("conflict")
    if text is not None:
        if fact.scope.label and not _says_scope(text, fact.scope):
            text = phrase("scoped", label=fact.scope.label, text=text)
        lines.append(phrase("bullet", text=text))
    if isinstance(fact.value, Value) and fact.value.type == "mention":
        lines.append(phrase("reading", text=value_text(fact.value)))
    for reading in fact.readings:
        words = reading.text or (value_text(reading.value) if reading.value else None)
        if words:
            lines.append(phrase("reading", text=words))
    return lines


def short_text(facts: Sequence[Fact], limit: int = 150) -> str | None:
    """Return the facts of one topic on one line, for lists of several records; short forms when there are some."""
    short: list[str | None] = [fact.short for fact in facts if fact.short]
    words = short or [fact.text or (value_text(fact.value) if fact.value else None) for fact in facts]
    parts: list[str] = []
    for item in filter(None, words):
        if parts and len(" ; ".join([*parts, item])) > limit:
            break
        parts.append(item)
    return " ; ".join(parts) or None


def silence(record: Record, topic_id: str) -> str:
    """Return the sentence for a topic of which the record says nothing."""
    label = load_topics()[topic_id].label
    if record.kind is Kind.EVENT:
        return phrase("not_applicable_event", label=label)
    if record.kind is Kind.RESOURCE:
        return phrase("not_applicable_resource", label=label)
    return phrase("unknown_topic" if record.silence is State.UNKNOWN else "not_stated_topic", label=label)


def missing_aspect(record: Record, topic_id: str, aspect_id: str) -> str:
    """Return the sentence for a precise point of which the record says nothing."""
    label = load_topics()[topic_id].aspects[aspect_id].label
    text = phrase("unknown_aspect" if record.silence is State.UNKNOWN else "not_stated_aspect", label=label)
    # French contracts « pas si il », « de le »; labels are written so that only these two occur.
    return text.replace(" si il", " s'il")


def whom_to_ask(record: Record) -> str | None:
    """Return « À qui demander : … », from the record's bodies and the address that it states, if any."""
    bodies = [issuer.name for issuer in record.issuers if issuer.role in {"issuer", "co_issuer", "publisher"}]
    if not bodies:
        return None
    for topic in ("contact", "submission"):
        for fact in record.about(topic):
            value = fact.value
            if fact.state is State.STATED and isinstance(value, Value) and value.type == "route":
                address = value.data.get("address", "")
                if "@" in address and "communication" not in address:
                    return phrase("whom_to_ask_at", body=bodies[0], address=address)
    return phrase("whom_to_ask", body=bodies[0])


def deadline_comment(record: Record, state: Situation) -> str | None:
    """Return what the deadline means today."""
    if state.disputed:
        return phrase("deadline_disputed")
    if state.status is Status.CLOSED:
        return phrase("deadline_past") + " " + phrase("still_useful")
    if state.status is Status.ENDED_BY_PROGRAMME:
        over = phrase("programme_past", edition=record.edition) if record.edition else phrase("edition_past")
        return over + " " + phrase("still_useful")
    if state.status in {Status.OPEN, Status.CLOSING_SOON, Status.PERMANENT}:
        return phrase("deadline_open")
    if state.status is Status.UPCOMING:
        return phrase("deadline_upcoming")
    return None
