"""Answers about the base as a whole: lists of calls, comparisons, definitions, places without a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from knowledge.answering.answers import topic_line
from knowledge.base.catalogue import Snapshot, Summary
from knowledge.base.glossary import Term
from knowledge.base.records import Kind, Record, State
from knowledge.base.situation import situation
from knowledge.base.topics import load_topics
from knowledge.french.dates import french_list, local_day
from knowledge.french.phrases import phrase
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.places.codes import department, region
from knowledge.places.finding import Place
from knowledge.understanding.choice import Context, choose
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.lexicon import Mentions
from knowledge.wording.sources import citations
from knowledge.wording.values import Answer, Button, Citation

LISTED = 6
COMPARED_TOPICS = ("eligibility", "deadline", "documents", "support", "funding", "submission")
_ONLY_OPEN = compile_pattern(
    r"\b(ouvert|en cours|encore|actuel|en ce moment|disponible|du moment|maintenant|aujourd hui|possible)"
)


def list_records(
    base: Snapshot, mentions: Mentions, now: datetime, *, only_open: bool
) -> tuple[Answer, tuple[str, ...]]:
    """Return the list of the records that fit what is named, and the ids shown."""
    if mentions.regions and not any(base.by_region.get(code) for code in mentions.regions):
        return not_covered(base, mentions.regions), ()
    pool = _fitting(base, mentions)
    if mentions.years and not pool:
        return year_unknown(base, mentions.years), ()
    still_open = base.still_open(pool, now) if only_open else []
    fitting = still_open or pool
    today = local_day(now)
    if only_open:
        title = phrase("list_open", date=today) if still_open else phrase("list_none_open", date=today)
    elif mentions.regions:
        title = phrase("list_title_region", regions=french_list([region(code).name for code in mentions.regions]))
    elif mentions.years:
        title = phrase("list_title_year", years=french_list(list(map(str, mentions.years))))
    else:
        title = phrase("list_title")
    shown = [base.summaries[record_id] for record_id in fitting[:LISTED]]
    lines = [title, *(_line(item, now) for item in shown)]
    if len(fitting) > len(shown):
        lines.append(phrase("list_more", count=len(fitting) - len(shown)))
    ids = tuple(item.id for item in shown)
    buttons = tuple(Button(item.short_title, "overview", item.id) for item in shown)
    sources = tuple(citation for record_id in ids for citation in citations(base.get(record_id), ()))
    return Answer("\n".join(lines), State.STATED, "list", sources=sources, buttons=buttons), ids


def _fitting(base: Snapshot, mentions: Mentions) -> Sequence[str]:
    """Return the ids of the records of the places, years and procedures named, in the order of lists."""
    pool: Sequence[str] = tuple(base.summaries)
    if mentions.regions:
        local = {item for code in mentions.regions for item in base.by_region.get(code, ())}
        pool = base.in_order(local | set(base.national))
    if mentions.years:
        dated = {item for year in mentions.years for item in base.by_year.get(year, ())}
        pool = [item for item in pool if item in dated]
    if mentions.procedures:
        asked = set(mentions.procedures)
        pool = [item for item in pool if asked & set(base.summaries[item].procedures)] or pool
    return pool


def _line(item: Summary, now: datetime) -> str:
    name = phrase(f"situation.{item.timing.status(now).value}")
    if item.kind is not Kind.CALL:
        name = f"{phrase(f'kind.{item.kind.value}')}, {name}"
    return phrase("list_line", title=item.short_title, situation=name)


def _known(base: Snapshot) -> str:
    return french_list([item.short_title for item in islice(base.summaries.values(), LISTED)])


def not_covered(base: Snapshot, codes: Sequence[str]) -> Answer:
    """Return the answer for regions of which no call is known."""
    names = french_list([region(code).name for code in codes])
    buttons = (Button(phrase("button_list"), "list"),)
    text = phrase("not_covered", regions=names, known=_known(base))
    return Answer(text, State.UNKNOWN, "list", buttons=buttons)


def year_unknown(base: Snapshot, years: Sequence[int]) -> Answer:
    """Return the answer for years of which no call is known."""
    text = phrase("year_unknown", years=french_list(list(map(str, years))), known=_known(base))
    return Answer(text, State.UNKNOWN, "list", buttons=(Button(phrase("button_list"), "list"),))


def issuer_unknown(base: Snapshot, issuers: Sequence[str]) -> Answer:
    """Return the answer for the call of a body of which no call is known."""
    text = phrase("issuer_unknown", issuers=french_list(issuers), known=_known(base))
    return Answer(text, State.UNKNOWN, "list", buttons=(Button(phrase("button_list"), "list"),))


def ambiguous_place(place: Place, topic: str | None) -> Answer:
    """Return the question back when a name is that of several places."""
    buttons = []
    for code in place.candidates[:6]:
        found = department(code)
        buttons.append(Button(phrase("ambiguous_choice", department=found.name, code=code), topic, department=code))
    choices = french_list([button.label for button in buttons])
    text = phrase("ambiguous_place", place=place.text) + " " + phrase("ambiguous_choices", choices=choices)
    return Answer(text, State.UNKNOWN, topic, buttons=tuple(buttons))


def wants_only_open(text: str) -> bool:
    """Return whether the calls asked for are those still open."""
    return bool(_ONLY_OPEN.search(fold(text)))


def records_to_compare(snapshot: Snapshot, mentions: Mentions, context: Context) -> tuple[str, ...]:
    """Return the ids (at most three) of the records to put side by side; fewer than two: ask which."""
    ids = list(mentions.records)
    for code in mentions.regions:
        places = tuple(place for place in mentions.places if code in place.region_codes)
        ids += choose(Mentions(places=places, years=mentions.years), Context(), "overview", snapshot).records[:1]
    in_hand = snapshot.summaries.get(context.record_id or "")
    if in_hand and in_hand.programme and mentions.years and len(ids) < 2:
        siblings = snapshot.by_programme[in_hand.programme]
        ids += [item for item in siblings if set(snapshot.summaries[item].years) & set(mentions.years)]
    if len(set(ids)) == 1 and len(mentions.years) > 1 and snapshot.summaries[ids[0]].programme:
        ids += snapshot.by_programme[snapshot.summaries[ids[0]].programme or ""]
    if in_hand and len(set(ids)) < 2:
        ids.append(in_hand.id)
    if len(set(ids)) < 2:
        ids += context.listed
    return tuple(item for item in dict.fromkeys(ids) if item in snapshot.summaries)[:3]


def compare(records: Sequence[Record], now: datetime) -> Answer:
    """Return the records side by side on each topic."""
    topic_ids = COMPARED_TOPICS
    topics = load_topics()
    lines = [phrase("compare_title")]
    for record in records:
        state = situation(record, now)
        name = phrase(f"situation.{state.status.value}")
        lines.append(phrase("compare_record", title=record.short_title, situation=name))
        for topic_id in topic_ids:
            text = topic_line(Evidence(record), topic_id)
            lines.append(phrase("compare_line", topic=topics[topic_id].title, text=text))
    sources = tuple(
        citation
        for record in records
        for citation in citations(record, [fact for topic_id in topic_ids for fact in record.about(topic_id)])
    )
    buttons = tuple(Button(record.short_title, "overview", record.id) for record in records)
    return Answer("\n".join(lines), State.STATED, "compare", sources=sources, buttons=buttons)


def define(terms: Sequence[Term], base: Snapshot) -> Answer:
    """Return the definitions of terms, saying which come from a document and which are general knowledge."""
    known = base.summaries
    lines: list[str] = []
    sources: list[Citation] = []
    for term in terms:
        if term.long:
            lines.append(phrase("definition_long", term=term.term, long=term.long, definition=term.definition))
        else:
            lines.append(phrase("definition", term=term.term, definition=term.definition))
        if len(terms) > 1 and term.difference:
            lines.append(term.difference)
        for record_id in term.origin:
            if record_id in known:
                found = citations(base.get(record_id), ())
                sources += [
                    Citation(item.title, item.publisher, term.section, item.published_on, item.checked_on, item.url)
                    for item in found
                ]
    if not sources:
        lines.append(phrase("definition_origin_general"))
    see_also = [other for term in terms for other in term.see_also]
    buttons = [
        Button(phrase("button_define", term=base.terms[other].term), "definition", term=other)
        for other in dict.fromkeys(see_also)
        if other in base.terms
    ]
    return Answer(
        "\n".join(lines), State.STATED, "definition", sources=tuple(dict.fromkeys(sources)), buttons=tuple(buttons[:3])
    )
