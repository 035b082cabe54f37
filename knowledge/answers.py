"""Answers on one or several records: what is said, from which sources, and what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from knowledge.cards import Contact, Extract, contacts_of, extracts_of
from knowledge.ranking import Scored
from knowledge.records import Fact, Kind, Record, State
from knowledge.rendering import (
    deadline_comment,
    fact_lines,
    header,
    missing_aspect,
    phrase,
    short_text,
    silence,
    whom_to_ask,
)
from knowledge.selection import (
    AIMED_PART,
    MOST_AIMED,
    SILENT,
    Selection,
    beside,
    select,
    silence_leads,
    talkative_first,
    without_twins,
)
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
    choice: str | None = None


class Control(str, Enum):
    """How a question of a form is answered; part of the public API."""

    RADIO = "radio"
    SELECT = "select"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Form:
    """A question of several that follow one another, with what channels need to show its proper control.

    Attributes:
        label: the question; the answer's text holds it too.
        options: the answers to choose among, for RADIO and SELECT; any channel may also take one that is typed.
        done, total: how many questions have their answer, of how many.
    """

    control: Control
    label: str
    done: int
    total: int
    options: tuple[Button, ...] = ()


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
    form: Form | None = None
    contacts: tuple[Contact, ...] = ()
    extracts: tuple[Extract, ...] = ()


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
    buttons = [Button(topics[item].title, item, record.id) for item in following[:3]]
    if topic_id == "documents" and record.kind is Kind.CALL:
        # Those who ask which documents are required are glad to be handed them.
        buttons[-1] = Button(phrase("forms.button"), "forms", record.id)
    return tuple(buttons)


def answer_topic(
    record: Record,
    topic_id: str,
    ranked: Sequence[Scored],
    now: datetime,
    *,
    departments: Collection[str] = (),
    whole: bool = False,
) -> Answer:
    """Return the answer on one topic of one record.

    Args:
        record: the call, resource or event.
        topic_id: what the answer is about.
        ranked: the record's entries, best first, as the question ranks them; empty: the topic at large.
        now: aware instant.
        departments: codes of the départements that the question names; what holds there only comes along.
        whole: lifts the limit of length.
    """
    state = situation(record, now)
    selection = beside(select(record, topic_id, ranked), record, topic_id, departments)
    facts = without_twins((*selection.aimed, *selection.others))
    lines = [header(record, state, topic_id), *_opening(record, topic_id, selection)]
    shown: list[Fact] = []
    comment = deadline_comment(record, state) if topic_id == "deadline" else None
    limit = 10**6 if whole else MAX_CHARACTERS - (len(comment) + 1 if comment else 0) - 60
    for fact in facts:
        added = fact_lines(fact)
        if shown and len("\n".join([*lines, *added])) > limit:
            continue
        lines += added
        shown.append(fact)
    left = len(facts) - len(shown)
    if left:
        lines.append(phrase("more_one") if left == 1 else phrase("more", count=left))
    if comment:
        lines.append(comment)
    result = record.silence if selection.silent or not facts else facts[0].state
    if result in SILENT:
        ask = whom_to_ask(record)
        if ask and len("\n".join([*lines, ask])) <= MAX_CHARACTERS:
            lines.append(ask)
    return Answer(
        "\n".join(lines),
        result,
        topic_id,
        record,
        state,
        citations(record, shown),
        next_buttons(record, topic_id),
        contacts=contacts_of(shown),
        extracts=extracts_of(record, shown),
    )


def _opening(record: Record, topic_id: str, selection: Selection) -> list[str]:
    """Return what must be said before the facts: silence of the document, or our own doubt."""
    facts = (*selection.aimed, *selection.others)
    if selection.silent or not facts:
        said = [missing_aspect(record, *point) for point in selection.missing[:2]]
        return [*(said or [silence(record, topic_id)]), *([phrase("nearest_beside")] if facts else [])]
    if not selection.sure:
        return [phrase("nearest")]
    if facts[0].state in SILENT:
        return [phrase("silent_unknown" if facts[0].state is State.UNKNOWN else "silent")]
    required = [fact for fact in record.about(topic_id) if fact.role == "required"]
    if topic_id == "documents" and len(required) > 1:
        return [phrase("required_documents", count=len(required))]
    return []


def topic_line(record: Record, topic_id: str, ranked: Sequence[Scored] = ()) -> str:
    """Return what a record says on a topic, on one line: first what the question ranks first."""
    own = [item for item in ranked if item.fact.topic == topic_id]
    facts = talkative_first(record.about(topic_id))
    if not facts or silence_leads(own):
        return phrase("unknown_short" if record.silence is State.UNKNOWN else "silence_short")
    aimed = [item.fact for item in own if not item.silent and item.share >= AIMED_PART * own[0].share][:MOST_AIMED]
    return short_text(aimed or facts) or phrase("silence_short")


def answer_choice(
    records: Sequence[tuple[Record, Sequence[Scored]]], topic_id: str, now: datetime, total: int
) -> Answer:
    """Return the answer when several records could be meant: one line for each, then the question back."""
    lines = [phrase("choose_record"), *_lines_on_topic(records, topic_id, now)]
    if total > len(records):
        lines.append(phrase("list_more", count=total - len(records)))
    lines.append(phrase("choose_record_end"))
    sources = tuple(citation for record, _ in records for citation in citations(record, record.about(topic_id)))
    buttons = tuple(Button(record.short_title, topic_id, record.id) for record, _ in records[:5])
    return Answer("\n".join(lines), State.STATED, topic_id, None, None, sources, buttons)


def list_on_topic(records: Sequence[tuple[Record, Sequence[Scored]]], topic_id: str, now: datetime) -> str:
    """Return what each record says on a topic, one line each."""
    title = phrase("list_on_topic", topic=load_topics()[topic_id].title)
    return "\n".join([title, *_lines_on_topic(records, topic_id, now)])


def _lines_on_topic(records: Sequence[tuple[Record, Sequence[Scored]]], topic_id: str, now: datetime) -> Iterator[str]:
    for record, ranked in records:
        name = phrase(f"situation.{situation(record, now).status.value}")
        text = topic_line(record, topic_id, ranked)
        yield phrase("choose_line", title=record.short_title, situation=name, text=text)


def nearest_facts(ranked: Sequence[tuple[Record, Scored]], now: datetime) -> Answer:
    """Return the entries nearest to a question that was not understood, said to be just that."""
    topics = load_topics()
    lines = [phrase("passage_title" if ranked else "passage_none")]
    for record, item in ranked:
        lines.append(
            phrase("passage_line", title=record.short_title, topic=topics[item.fact.topic].title, text=item.fact.text)
        )
    sources = tuple(citation for record, item in ranked for citation in citations(record, [item.fact]))
    buttons = tuple(
        dict.fromkeys(Button(topics[item.fact.topic].title, item.fact.topic, record.id) for record, item in ranked)
    )
    records = {record.id: record for record, _ in ranked}
    only = next(iter(records.values())) if len(records) == 1 else None
    state = situation(only, now) if only else None
    return Answer("\n".join(lines), State.UNKNOWN, None, only, state, tuple(dict.fromkeys(sources)), buttons)
