"""Answers on one or several records: what is said, from which sources, and what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from knowledge.cards import Contact, Extract, contacts_of, extracts_of
from knowledge.patterns import compile_pattern
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
from knowledge.situation import Situation, situation
from knowledge.text import content_words, stem
from knowledge.topics import load_topics

_FIGURES = compile_pattern(r"\d+")
MAX_CHARACTERS = 600
# A fact is aimed at from this share of the probability on (Scored.share), or this part of the best one's.
AIMED_SHARE = 0.1
AIMED_PART = 0.35
POSSIBLE_SHARE = 0.03
# Beside a silence, a fact of another topic is shown from this share on.
NEAR_SILENCE = 0.06
# A topic at least so likely, whose best entry has less than this share, is asked about at large.
PLAIN_TOPIC = 0.6
STANDS_OUT = 0.45
# On a topic beyond doubt, entries all fainter and farther than this are no answer of their own.
SURE_PLAIN = 0.9
FAINT = 0.2
AMONG = 4
NEAREST_FIRST = 0.3
ASKED_FOR = 0.5
# Two facts that share more than this part of their words say the same.
TWINS = 0.55
MOST_AIMED = 4
# The record's silence is the answer when it leads the best fact by this much.
SILENCE_LEAD = 1.2
# Under these, nothing shows that the facts answer the question, and the answer says so.
SURE_TOPIC = 0.5
SURE_NEAR = 0.42
# Topics on which a place changes the answer.
_PLACED = {"territory", "eligibility", "calendar", "deadline", "next_edition", "overview"}
_SILENT = {State.NOT_STATED, State.UNKNOWN}


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


@dataclass(frozen=True)
class _Selection:
    """Facts to show, in order: those aimed at, then the rest of the topic; and the points left without answer.

    `sure` is False when nothing shows that the facts answer the question, `silent` is True when the question
    aims at something of which the record says nothing: the answer then says so.
    """

    aimed: tuple[Fact, ...]
    others: tuple[Fact, ...]
    missing: tuple[tuple[str, str], ...]
    sure: bool = True
    silent: bool = False


def _select(record: Record, topic_id: str, ranked: Sequence[Scored]) -> _Selection:
    if not ranked:
        return _Selection((), _talkative_first(record.about(topic_id)), ())
    said = [item for item in ranked if not item.silent and not item.whole]
    # What comes near the best entry is aimed at; a question on the topic at large is answered in the record's order.
    least = max(AIMED_SHARE, AIMED_PART * ranked[0].share)
    aimed = _said_first([item for item in said[:MOST_AIMED] if item.share >= least and _meant(item)])
    if ranked[0].whole or _at_large(ranked):
        # What comes nearest is said first all the same: a plain question may hide a precise one.
        aimed = aimed[:1] if said[0].near >= NEAREST_FIRST else []
        rest = [fact for fact in record.about(topic_id) if fact not in aimed]
        return _Selection(tuple(aimed), _talkative_first(rest), ())
    # With their own topic: asked of several calls at once, a question is answered under the topic of the first.
    missing = tuple((ranked[0].fact.topic, aspect) for aspect in ranked[0].fact.aspects)
    if silence_leads(ranked):
        # What is said comes after « the document does not say », as what is nearest to it.
        near = [item.fact for item in said if item.fact.topic == topic_id or item.share >= NEAR_SILENCE]
        return _Selection((), tuple(near), missing, silent=True)
    sure = any(item.topic >= SURE_TOPIC or item.near >= SURE_NEAR for item in ranked[:2])
    possible = [item.fact for item in said if item.share >= POSSIBLE_SHARE]
    same = [item.fact for item in said if item.fact.topic == topic_id]
    others = [fact for fact in dict.fromkeys([*possible, *same]) if fact not in aimed]
    return _Selection(tuple(aimed), _talkative_first(others), (), sure)


def _at_large(ranked: Sequence[Scored]) -> bool:
    """Return whether the topic is plain and none of its entries stands out (« et les documents ? »)."""
    first = ranked[0]
    if first.topic >= SURE_PLAIN and first.share < FAINT and all(item.near < ASKED_FOR for item in ranked[:AMONG]):
        return True
    plain = first.topic >= PLAIN_TOPIC and first.share < STANDS_OUT and not first.aspects
    return plain and any(item.whole and item.fact.topic == first.fact.topic for item in ranked[:AMONG])


def _meant(item: Scored) -> bool:
    """Return whether a fact may come first: one that says that the document does not say must be asked for."""
    return item.fact.state not in _SILENT or item.aspects > 0 or item.near >= ASKED_FOR


def _without_twins(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out a fact that says in nearly the same words what one before it says: same figures, for the same people."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(_twins(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _twins(first: Fact, second: Fact) -> bool:
    figures = [_FIGURES.findall(fact.text or "") for fact in (first, second)]
    if first.value or second.value or first.scope != second.scope or sorted(figures[0]) != sorted(figures[1]):
        return False
    stems, others = (frozenset(stem(word) for word in content_words(fact.text or "")) for fact in (first, second))
    return len(stems & others) > TWINS * len(stems | others)


def _said_first(items: Sequence[Scored]) -> list[Fact]:
    """Put a fact that only says that the document does not say after the others, unless it leads them clearly."""
    silent = [item for item in items if item.fact.state in _SILENT]
    telling = [item for item in items if item.fact.state not in _SILENT]
    if silent and telling and silent[0].share >= SILENCE_LEAD * telling[0].share:
        return [item.fact for item in items]
    return [item.fact for item in (*telling, *silent)]


def _beside(selection: _Selection, record: Record, topic_id: str, departments: Collection[str]) -> _Selection:
    """Add, where the place matters, the facts that hold only where the question says."""
    local = [fact for fact in record.about("territory") if set(fact.scope.departments) & set(departments)]
    if topic_id not in _PLACED or not local:
        return selection
    if topic_id == "territory":
        return replace(selection, aimed=tuple(dict.fromkeys([*local, *selection.aimed])))
    first = [fact for fact in selection.aimed if fact not in local] or list(selection.others[:2])
    return replace(selection, aimed=(*first, *local), others=tuple(f for f in selection.others if f not in first))


def silence_leads(ranked: Sequence[Scored]) -> bool:
    """Return whether the question aims at something of which the record says nothing."""
    if not ranked or not ranked[0].silent:
        return False
    said = next((item.share for item in ranked if not item.silent), 0.0)
    return ranked[0].share >= SILENCE_LEAD * said


def _talkative_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Silence about a point adds little when it was not asked for: it comes last."""
    return tuple(sorted(facts, key=lambda fact: fact.state in _SILENT))


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
    selection = _beside(_select(record, topic_id, ranked), record, topic_id, departments)
    facts = _without_twins((*selection.aimed, *selection.others))
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
    if result in _SILENT:
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


def _opening(record: Record, topic_id: str, selection: _Selection) -> list[str]:
    """Return what must be said before the facts: silence of the document, or our own doubt."""
    facts = (*selection.aimed, *selection.others)
    if selection.silent or not facts:
        said = [missing_aspect(record, *point) for point in selection.missing[:2]]
        return [*(said or [silence(record, topic_id)]), *([phrase("nearest_beside")] if facts else [])]
    if not selection.sure:
        return [phrase("nearest")]
    if facts[0].state in _SILENT:
        return [phrase("silent_unknown" if facts[0].state is State.UNKNOWN else "silent")]
    required = [fact for fact in record.about(topic_id) if fact.role == "required"]
    if topic_id == "documents" and len(required) > 1:
        return [phrase("required_documents", count=len(required))]
    return []


def topic_line(record: Record, topic_id: str, ranked: Sequence[Scored] = ()) -> str:
    """Return what a record says on a topic, on one line: first what the question ranks first."""
    own = [item for item in ranked if item.fact.topic == topic_id]
    facts = _talkative_first(record.about(topic_id))
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
