"""Answers on one or several records: what is said, from which sources, and what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from knowledge import thresholds
from knowledge.answering.selection import (
    MOST_AIMED,
    Selection,
    beside,
    select,
    talkative_first,
    without_twins,
)
from knowledge.base.passages.document import Passage
from knowledge.base.records import SILENT, Fact, Kind, Record, State
from knowledge.base.situation import situation
from knowledge.base.topics import load_topics
from knowledge.french.phrases import phrase
from knowledge.french.stems import stems_of
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.ranking import Scored
from knowledge.understanding.weighing import Speaks, Weighed, topic_of, weigh
from knowledge.wording.cards import Extract, contacts_of, extracts_of
from knowledge.wording.rendering import (
    deadline_comment,
    fact_lines,
    header,
    missing_aspect,
    short_text,
    silence,
    whom_to_ask,
)
from knowledge.wording.sources import citations
from knowledge.wording.values import Answer, Button, Decision

MAX_CHARACTERS = 600
LONGEST_LEAD = 160
MOST_POINTS = 2
# An extract is added as long as the answer ends before this; it adds nothing to facts that have this part of its words.
EXTRACTS_END = 520
SAME_WORDS = 0.8
REST_END = 420
# Facts before the extracts, and extracts, of each kind of answer.
_BEFORE_EXTRACTS = {Decision.SURE: 3, Decision.NEAR: 2, Decision.NOT_SAID: 0}
_EXTRACTS = {Decision.SURE: 1, Decision.NEAR: 2, Decision.NOT_SAID: 1}


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
    evidence: Evidence,
    topic_id: str,
    now: datetime,
    *,
    departments: Collection[str] = (),
    whole: bool = False,
) -> Answer:
    """Return the answer on one topic of one record.

    Args:
        evidence: what the record has for the question; without ranked entries, the topic at large is asked for.
        topic_id: what the answer is about.
        now: aware instant.
        departments: codes of the départements that the question names; what holds there only comes along.
        whole: lifts the limit of length.
    """
    record = evidence.record
    state, weighed = situation(record, now), weigh(evidence)
    decision = weighed.decision
    selection = beside(select(evidence, topic_id, weighed), record, topic_id, departments)
    facts = without_twins((*selection.aimed, *selection.others))
    passages = [found.passage for found in evidence.passages]
    lines = [header(record, state, topic_id), *_opening(record, topic_id, selection, weighed)]
    comment = deadline_comment(record, state) if topic_id == "deadline" else None
    limit = 10**6 if whole else MAX_CHARACTERS - (len(comment) + 1 if comment else 0) - 60
    quoted: list[Extract] = []
    if weighed.speaks in {Speaks.PASSAGE, Speaks.PUT_OFF} and decision is not Decision.NEAR and passages:
        # The document's own words answer: they come first, and our facts support them.
        quoted = _add_extracts(lines, passages[:1], (), 1)
    # A topic at large aims at no fact: the record's own come first.
    before = _BEFORE_EXTRACTS[
        Decision.SURE if weighed.speaks is Speaks.FACT and decision is not Decision.NEAR else decision
    ]
    first = min(len(selection.aimed) or MOST_AIMED, before) if passages else len(facts)
    if decision is Decision.NEAR and not selection.aimed:
        first = MOST_AIMED
    shown = _add_facts(lines, facts[:first], limit, shown=len(quoted))
    quoted += _add_extracts(lines, passages[len(quoted) :], shown, _EXTRACTS[decision] - len(quoted))
    # Beside the document's own words, what else the record says waits behind « plus de détails ».
    rest = limit if whole or not quoted else REST_END
    shown += _add_facts(lines, facts[first:], rest, len(shown) + len(quoted))
    left = len(facts) - len(shown)
    if left:
        lines.append(phrase("more_one") if left == 1 else phrase("more", count=left))
    if comment:
        lines.append(comment)
    told = lines[1:]
    unsaid = selection.silent or not facts and not quoted
    result = record.silence if unsaid else facts[0].state if facts else State.STATED
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
        extracts=(*extracts_of(record, shown), *quoted),
        decision=Decision.NOT_SAID if unsaid else decision,
        lead=_lead(record, told, decision),
        verdict="not_stated" if unsaid or decision is Decision.NOT_SAID else None,
        points=tuple(line for line in told[1:] if line != comment)[:MOST_POINTS],
        more=left,
    )


def _add_facts(lines: list[str], facts: Sequence[Fact], limit: int, shown: int) -> list[Fact]:
    """Add the lines of facts as long as there is room (the first one whatever its length); return those added."""
    added: list[Fact] = []
    for fact in facts:
        new = fact_lines(fact)
        if (shown or added) and len("\n".join([*lines, *new])) > limit:
            continue
        lines += new
        added.append(fact)
    return added


def _add_extracts(lines: list[str], passages: Sequence[Passage], shown: Sequence[Fact], most: int) -> list[Extract]:
    """Add at most so many of the document's own words as long as there is room, said to be just that; return them."""
    said = [frozenset(stems_of(fact.text or "")) for fact in shown]
    quoted: list[Extract] = []
    for passage in passages if most > 0 else ():
        words = frozenset(stems_of(passage.text))
        if not words or any(len(words & stems) >= SAME_WORDS * len(words) for stems in said):
            continue
        line = phrase("extract", words=passage.text)
        if len("\n".join([*lines, line])) > EXTRACTS_END and (quoted or shown):
            continue
        lines.append(line)
        quoted.append(Extract(passage.text, passage.section, None))
        if len(quoted) == most:
            break
    return quoted


def _lead(record: Record, told: Sequence[str], decision: Decision) -> str:
    """Return the sentence that answers, with the name of the call; the opening when nothing is sure."""
    if not told:
        return ""
    sentence = told[0].lstrip("•– ")
    if sentence.endswith(":") and len(told) > 1:
        # What is announced is the answer; a silence that a fact words needs no announcement.
        announced = told[1].lstrip("•– ")
        joined = f"{sentence} {announced}"
        if len(joined) <= LONGEST_LEAD or decision is not Decision.NEAR:
            return joined if len(joined) <= LONGEST_LEAD else announced
        return sentence
    named = phrase("lead", title=record.short_title, text=sentence)
    return named if decision is Decision.SURE and len(named) <= LONGEST_LEAD else sentence


def _opening(record: Record, topic_id: str, selection: Selection, weighed: Weighed) -> list[str]:
    """Return what must be said before the facts: silence of the document, or our own doubt."""
    facts = (*selection.aimed, *selection.others)
    if weighed.speaks is Speaks.PUT_OFF:
        return [phrase("put_off")]
    if selection.silent or not facts and weighed.speaks is not Speaks.PASSAGE:
        said = [missing_aspect(record, *point) for point in selection.missing[:2]]
        if not selection.named:
            said = [phrase("unsaid_unknown" if record.silence is State.UNKNOWN else "unsaid")]
        return [*(said or [silence(record, topic_id)]), *([phrase("nearest_beside")] if facts else [])]
    if weighed.speaks is Speaks.PASSAGE and selection.sure:
        return []
    if not selection.sure:
        return [phrase("nearest")]
    if facts[0].state in SILENT:
        return [phrase("silent_unknown" if facts[0].state is State.UNKNOWN else "silent")]
    required = [fact for fact in record.about(topic_id) if fact.role == "required"]
    if topic_id == "documents" and len(required) > 1:
        return [phrase("required_documents", count=len(required))]
    return []


def topic_line(evidence: Evidence, topic_id: str) -> str:
    """Return what a record says on a topic, on one line: first what the question ranks first."""
    record, ranked = evidence.record, evidence.ranked
    own = [item for item in ranked if item.fact.topic == topic_id]
    facts = talkative_first(record.about(topic_id))
    nothing = bool(ranked) and weigh(evidence).speaks is Speaks.NOTHING
    unsaid = nothing and weigh(evidence).decision is Decision.NOT_SAID and topic_of(evidence) == topic_id
    if not facts or unsaid:
        return phrase("unknown_short" if record.silence is State.UNKNOWN else "silence_short")
    said = [item for item in own if item.is_fact]
    aimed = [item.fact for item in said if item.share >= thresholds.AIMED_PART * said[0].share][:MOST_AIMED]
    return short_text(aimed or facts) or phrase("silence_short")


def answer_choice(found: Sequence[Evidence], topic_id: str, now: datetime, total: int) -> Answer:
    """Return the answer when several records could be meant: one line for each, then the question back."""
    lines = [phrase("choose_record"), *(_line(item.record, topic_line(item, topic_id), now) for item in found)]
    if total > len(found):
        lines.append(phrase("list_more", count=total - len(found)))
    lines.append(phrase("choose_record_end"))
    return _several(lines, [item.record for item in found], topic_id)


def answer_each(found: Sequence[Evidence], topic_id: str, now: datetime) -> Answer:
    """Return what each record says on a topic, one line each, those that say something first."""
    unsaid = {phrase("unknown_short"), phrase("silence_short")}
    told = sorted(((item.record, topic_line(item, topic_id)) for item in found), key=lambda pair: pair[1] in unsaid)
    lines = [_line(record, text, now) for record, text in told]
    title = phrase("list_on_topic", topic=load_topics()[topic_id].title)
    answer = _several([title, *lines], [record for record, _ in told], topic_id)
    return replace(answer, lead=lines[0].lstrip("•– ") if lines else "", points=tuple(lines[1:]))


def _several(lines: Sequence[str], records: Sequence[Record], topic_id: str) -> Answer:
    return Answer(
        "\n".join(lines),
        State.STATED,
        topic_id,
        sources=tuple(citation for record in records for citation in citations(record, record.about(topic_id))),
        buttons=tuple(Button(record.short_title, topic_id, record.id) for record in records[:5]),
        decision=Decision.SEVERAL,
    )


def _line(record: Record, text: str, now: datetime) -> str:
    name = phrase(f"situation.{situation(record, now).status.value}")
    return phrase("choose_line", title=record.short_title, situation=name, text=text)


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
