"""Answers on one or several records: what is said, from which sources, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.records import Fact, Record, State
from knowledge.relevance import sort_out
from knowledge.rendering import deadline_comment, fact_lines, header, missing_aspect, phrase, short_text, silence, whom_to_ask
from knowledge.situation import Situation, situation
from knowledge.topics import load_topics

MAX_CHARACTERS = 600


@dataclass(frozen=True)
class Citation:
    """A source as shown to users; dates are ISO, `published_on` and `url` may be unknown."""

    title: str
    publisher: str
    section: str | None
    published_on: str | None
    checked_on: str
    url: str | None


@dataclass(frozen=True)
class Button:
    """A next question: what it is about; the channel makes the label's id."""

    label: str
    topic: str | None = None
    record_id: str | None = None
    department: str | None = None
    term: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer whose `text` stands alone."""

    text: str
    state: State
    topic: str | None = None
    record: Record | None = None
    situation: Situation | None = None
    sources: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()


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


def next_buttons(record: Record, topic_id: str | None) -> tuple[Button, ...]:
    """Return two or three useful next questions on the same record."""
    topics = load_topics()
    following = topics[topic_id].following if topic_id in topics else ("overview", "eligibility", "deadline")
    return tuple(Button(topics[item].title, item, record.id) for item in following[:3])


def answer_topic(record: Record, topic_id: str, question: str, now: datetime, *, whole: bool = False) -> Answer:
    """Return the answer on one topic of one record; `whole` lifts the limit of length."""
    state = situation(record, now)
    facts = record.about(topic_id)
    relevant = sort_out(facts, topic_id, question)
    lines = [header(record, state)]
    shown: list[Fact] = []
    comment = deadline_comment(record, state) if topic_id == "deadline" else None
    limit = 10**6 if whole else MAX_CHARACTERS - (len(comment) + 1 if comment else 0) - 60
    if not facts:
        lines.append(silence(record, topic_id))
    elif relevant.missing and not relevant.aimed:
        lines += [missing_aspect(record, topic_id, aspect) for aspect in relevant.missing[:2]]
    ranked = [*relevant.aimed, *relevant.others]
    for fact in ranked:
        added = fact_lines(fact)
        if shown and len("\n".join([*lines, *added])) > limit:
            continue
        lines += added
        shown.append(fact)
    left = len(ranked) - len(shown)
    if left:
        lines.append(phrase("more_one") if left == 1 else phrase("more", count=left))
    if comment:
        lines.append(comment)
    result = _state(record, facts, relevant.aimed, bool(relevant.missing and not relevant.aimed))
    if result in {State.NOT_STATED, State.UNKNOWN}:
        ask = whom_to_ask(record)
        if ask and len("\n".join([*lines, ask])) <= MAX_CHARACTERS:
            lines.append(ask)
    return Answer(
        "\n".join(lines), result, topic_id, record, state, citations(record, shown), next_buttons(record, topic_id)
    )


def _state(record: Record, facts: Sequence[Fact], aimed: Sequence[Fact], missing: bool) -> State:
    if not facts or missing:
        return record.silence
    return (aimed or facts)[0].state


def topic_line(record: Record, topic_id: str, question: str) -> str:
    """Return what a record says on a topic, on one line."""
    facts = record.about(topic_id)
    if not facts:
        return phrase("unknown_short" if record.silence is State.UNKNOWN else "silence_short")
    relevant = sort_out(facts, topic_id, question)
    return short_text(relevant.aimed or relevant.others) or phrase("silence_short")


def answer_choice(records: Sequence[Record], topic_id: str, question: str, now: datetime, total: int) -> Answer:
    """Return the answer when several records could be meant: one line for each, then the question back."""
    lines = [phrase("choose_record")]
    for record in records:
        name = phrase(f"situation.{situation(record, now).status.value}")
        lines.append(
            phrase("choose_line", title=record.short_title, situation=name, text=topic_line(record, topic_id, question))
        )
    if total > len(records):
        lines.append(phrase("list_more", count=total - len(records)))
    lines.append(phrase("choose_record_end"))
    sources = tuple(citation for record in records for citation in citations(record, record.about(topic_id)))
    buttons = tuple(Button(record.short_title, topic_id, record.id) for record in records[:5])
    return Answer("\n".join(lines), State.STATED, topic_id, None, None, sources, buttons)
