"""Answers on one or several records: what is said, from which sources, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.ranking import RecordIndex, Scored
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
from knowledge.topics import load_topics

MAX_CHARACTERS = 600
# A fact is aimed at when it shares that much with the question (weights of ranking.py).
AIMED_WORDS = 0.2
AIMED_MEANING = 0.55
# Under this probability the topic is a guess.
SURE_TOPIC = 0.5
POSSIBLE_TOPIC = 0.15
# What a fact of another topic must share with the question, alone and beyond those of the topic.
FOREIGN_WORDS = 0.55
WORDS_LEAD = 0.15
NEAREST_SHOWN = 4
HEADER_CHARACTERS = 100
# How much nearer a fact must be to pass before the one written ahead of it.
PLACE_COST = 0.08
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


@dataclass(frozen=True)
class _Selection:
    """Facts to show, in order: those aimed at, then the rest of the topic; and the points left without answer.

    `sure` is False when nothing shows that the facts answer the question: the answer then says so.
    """

    aimed: tuple[Fact, ...]
    others: tuple[Fact, ...]
    missing: tuple[str, ...]
    sure: bool = True


def _close(item: Scored) -> bool:
    return item.words >= AIMED_WORDS or item.meaning >= AIMED_MEANING


def _select(index: RecordIndex, topic_id: str, question: str, probabilities: Mapping[str, float]) -> _Selection:
    if not question:
        return _Selection((), _talkative_first(index.record.about(topic_id)), ())
    ranked = index.rank(question, probabilities)
    own = [item for item in ranked if item.fact.topic == topic_id]
    asked = load_topics()[topic_id].asked_aspects(question)
    answered = {aspect for item in own for aspect in item.fact.aspects}
    missing = tuple(aspect for aspect in asked if aspect not in answered)
    floor = own[0].score if own else 0.0
    # A fact filed under another topic speaks first when it beats all those of this one, or alone has the words.
    most = max((item.words for item in own), default=0.0)
    foreign = [
        item
        for item in ranked
        if item.fact.topic != topic_id
        and ((item.score > floor and _close(item)) or item.words >= max(most + WORDS_LEAD, FOREIGN_WORDS))
    ]
    # A fact that only says that the document is silent answers when its very point was asked for.
    aimed = [
        *(item for item in foreign[:2] if item.fact.state not in _SILENT),
        *(item for item in own if item.aspects or (_close(item) and item.fact.state not in _SILENT)),
    ]
    if probabilities.get(topic_id, 0.0) < SURE_TOPIC and not any(item.aspects or item.words >= 0.5 for item in aimed):
        # The topic is a guess: show what comes nearest, whatever its topic, and say that it is a guess.
        nearest = _best_of_likely_topics(ranked, probabilities)
        rest = _talkative_first([fact for fact in index.record.about(topic_id) if fact not in nearest])
        return _Selection(nearest, rest, missing, sure=False)
    chosen = tuple(item.fact for item in aimed)
    left = [fact for fact in index.record.about(topic_id) if fact not in chosen]
    if _too_long([*chosen, *left]):
        # What is left out must be far from the question or late in the record, where facts stand by importance.
        order = {fact.id: place for place, fact in enumerate(index.record.about(topic_id))}
        near = sorted(own, key=lambda item: order[item.fact.id] * PLACE_COST - item.score)
        left = [item.fact for item in near if item.fact not in chosen]
    return _Selection(chosen, _talkative_first(left), missing)


def _best_of_likely_topics(ranked: Sequence[Scored], probabilities: Mapping[str, float]) -> tuple[Fact, ...]:
    """Return the nearest facts, with at least the best one of each topic that the model finds possible."""
    best: dict[str, Fact] = {}
    for item in ranked:
        if probabilities.get(item.fact.topic, 0.0) >= POSSIBLE_TOPIC:
            best.setdefault(item.fact.topic, item.fact)
    shown = dict.fromkeys([ranked[0].fact, *best.values(), *(item.fact for item in ranked[:NEAREST_SHOWN])])
    return tuple(shown)[: NEAREST_SHOWN + 1]


def _too_long(facts: Iterable[Fact]) -> bool:
    return sum(len(line) + 1 for fact in facts for line in fact_lines(fact)) > MAX_CHARACTERS - HEADER_CHARACTERS


def _talkative_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Silence about a point adds little when it was not asked for: it comes last."""
    return tuple(sorted(facts, key=lambda fact: fact.state in _SILENT))


def answer_topic(
    index: RecordIndex,
    topic_id: str,
    question: str,
    probabilities: Mapping[str, float],
    now: datetime,
    *,
    whole: bool = False,
) -> Answer:
    """Return the answer on one topic of one record; `whole` lifts the limit of length."""
    record = index.record
    state = situation(record, now)
    selection = _select(index, topic_id, question, probabilities)
    facts = [*selection.aimed, *selection.others]
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
    result = (
        record.silence if not record.about(topic_id) or selection.missing and not selection.aimed else facts[0].state
    )
    if result in _SILENT:
        ask = whom_to_ask(record)
        if ask and len("\n".join([*lines, ask])) <= MAX_CHARACTERS:
            lines.append(ask)
    return Answer(
        "\n".join(lines), result, topic_id, record, state, citations(record, shown), next_buttons(record, topic_id)
    )


def _opening(record: Record, topic_id: str, selection: _Selection) -> list[str]:
    """Return what must be said before the facts: silence of the document, or our own doubt."""
    facts = (*selection.aimed, *selection.others)
    if not record.about(topic_id):
        return [silence(record, topic_id)]
    if record.kind is Kind.CALL and selection.missing:
        return [missing_aspect(record, topic_id, aspect) for aspect in selection.missing[:2]]
    if not selection.sure:
        return [phrase("nearest")]
    if facts[0].state in _SILENT:
        return [phrase("silent_unknown" if facts[0].state is State.UNKNOWN else "silent")]
    required = [fact for fact in record.about(topic_id) if fact.role == "required"]
    if topic_id == "documents" and len(required) > 1:
        return [phrase("required_documents", count=len(required))]
    return []


def topic_line(index: RecordIndex, topic_id: str, question: str) -> str:
    """Return what a record says on a topic, on one line."""
    record = index.record
    facts = record.about(topic_id)
    if not facts:
        return phrase("unknown_short" if record.silence is State.UNKNOWN else "silence_short")
    asked = set(load_topics()[topic_id].asked_aspects(question))
    aimed = [fact for fact in facts if asked & set(fact.aspects)]
    return short_text(aimed or _talkative_first(facts)) or phrase("silence_short")


def answer_choice(
    indexes: Sequence[RecordIndex],
    topic_id: str,
    question: str,
    now: datetime,
    total: int,
) -> Answer:
    """Return the answer when several records could be meant: one line for each, then the question back."""
    lines = [phrase("choose_record")]
    for index in indexes:
        record = index.record
        name = phrase(f"situation.{situation(record, now).status.value}")
        text = topic_line(index, topic_id, question)
        lines.append(phrase("choose_line", title=record.short_title, situation=name, text=text))
    if total > len(indexes):
        lines.append(phrase("list_more", count=total - len(indexes)))
    lines.append(phrase("choose_record_end"))
    sources = tuple(citation for index in indexes for citation in citations(index.record, index.record.about(topic_id)))
    buttons = tuple(Button(index.record.short_title, topic_id, index.record.id) for index in indexes[:5])
    return Answer("\n".join(lines), State.STATED, topic_id, None, None, sources, buttons)


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
