"""Which records a question is about: chosen from what it names and from the conversation, never guessed.

The order of precedence is that of _PRECEDENCES: a figure that only one record bears, a place, a record named outright, a year, the
record in hand. When several remain and nothing decides, all are returned and the answer lists them or asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from knowledge.base.catalogue import Snapshot, Summary
from knowledge.base.records import Kind
from knowledge.conditions.state import Interview
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.places.finding import Place
from knowledge.understanding.lexicon import Mentions

# « la deuxième », « l'autre »: positions in the list that was just shown; on folded text.
_ORDINALS = (
    (0, compile_pattern(r"\b(premiere?|1er|1ere)\b")),
    (1, compile_pattern(r"\b(deuxieme|seconde?|2e|2eme)\b")),
    (2, compile_pattern(r"\b(troisieme|3e|3eme)\b")),
    (-1, compile_pattern(r"\b(derniere?)\b")),
)
# Topics on which another body's call is named beside the one asked about (« cumulable avec l'appel de la CNSA ? »).
_ON_OTHER_CALLS = {"cofunding"}
# Years that a document speaks of beside its own: accounts of the two before, funds of the five after.
_YEARS_BEFORE, _YEARS_AFTER = 2, 5
_OTHER = compile_pattern(r"\bl autre\b")


class Outcome(str, Enum):
    """What the choice came to."""

    ONE = "one"
    SEVERAL = "several"
    NOT_COVERED = "not_covered"  # a place for which there is no record
    YEAR_UNKNOWN = "year_unknown"
    AMBIGUOUS_PLACE = "ambiguous_place"
    OTHER_ISSUER = "other_issuer"  # the call of a body of which there is no record
    NOTHING = "nothing"  # the base is empty


@dataclass(frozen=True)
class Choice:
    """The records chosen (best first), and whether the year asked for is not theirs."""

    outcome: Outcome
    records: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    other_year: bool = False


@dataclass(frozen=True)
class Context:
    """What a conversation has in hand; every field may be empty."""

    record_id: str | None = None
    topic: str | None = None
    regions: tuple[str, ...] = ()
    establishments: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    said: str | None = None
    """The last question, as typed (masked): what « et leurs noms ? » is about."""
    checked: Interview | None = None
    """The last eligibility check."""

    def on(self, record_id: str | None, topic: str | None) -> Context:
        """Return the context once `record_id` and `topic` have been spoken of."""
        return replace(self, record_id=record_id or self.record_id, topic=topic or self.topic)


@dataclass(frozen=True)
class _Asked:
    """A question to choose records for: what it names, what is in hand, and the base.

    Attributes:
        mentions: less the places that are only part of a call's own name.
        named: the records that it names.
        in_hand: the one that the conversation is on.
    """

    mentions: Mentions
    context: Context
    topic: str | None
    base: Snapshot
    named: tuple[Summary, ...]
    in_hand: Summary | None

    @property
    def regions(self) -> tuple[str, ...]:
        return self.mentions.regions


def choose(mentions: Mentions, context: Context, topic: str | None, snapshot: Snapshot) -> Choice:
    """Return the records that a question with these mentions, in this context, is about: the first precedence that decides."""
    known = snapshot.summaries
    named = tuple(known[record_id] for record_id in mentions.records if record_id in known)
    in_hand = known.get(context.record_id) if context.record_id else None
    # « le SSIAD du Mont-Dore » names a call, and no town of the other end of the world.
    meant = named or ((in_hand,) if in_hand else ())
    places = tuple(place for place in mentions.places if not any(_names(summary, place) for summary in meant))
    asked = _Asked(replace(mentions, places=places), context, topic, snapshot, named, in_hand)
    return next(choice for precedence in _PRECEDENCES if (choice := precedence(asked)) is not None)


def _nothing_known(asked: _Asked) -> Choice | None:
    return None if asked.base.summaries else Choice(Outcome.NOTHING)


def _other_issuer(asked: _Asked) -> Choice | None:
    if asked.named or asked.topic in _ON_OTHER_CALLS or not _unknown_issuer(asked.mentions, asked.base):
        return None
    return Choice(Outcome.OTHER_ISSUER)


def _by_its_figures(asked: _Asked) -> Choice | None:
    if not asked.mentions.marks or asked.named:
        return None
    # « 69 » alone is the figure of a record rather than a département of which there is none.
    figures = {mark.split()[0] for mark in asked.mentions.marks}
    elsewhere = any(place.text not in figures for place in asked.mentions.places)
    if elsewhere or any(asked.base.by_region.get(code) for code in asked.regions):
        return None
    bearing = _bearing(asked.mentions.marks, asked.in_hand, asked.base)
    return _narrow(bearing, asked.mentions, asked.topic) if bearing else None


def _in_hand_holds_there(asked: _Asked) -> Choice | None:
    """The place is that of the person who asks; several calls of a region are no reason to leave the one in hand."""
    in_hand = asked.in_hand
    if not asked.regions or in_hand is None or asked.named or asked.topic == "list":
        return None
    if in_hand.kind is not Kind.CALL:
        # A guide holds everywhere, and is no reason to leave out the call of a place.
        return None
    return _edition_for(in_hand, asked.topic, asked.base) if _holds_at(in_hand, asked.regions) else None


def _placed(asked: _Asked) -> Choice | None:
    base, regions = asked.base, asked.regions
    if not regions:
        return None
    in_place = [base.summaries[record_id] for code in regions for record_id in base.by_region.get(code, ())]
    both = [summary for summary in asked.named if set(summary.regions) & set(regions)]
    national = [summary for summary in asked.named if summary.national]
    everywhere = [base.summaries[item] for item in base.national if base.summaries[item].kind is Kind.CALL]
    candidates = both or national or in_place or ([] if asked.named else everywhere)
    if not candidates:
        return Choice(Outcome.NOT_COVERED, regions=regions)
    if len(regions) > 1:
        return _one_per_region(candidates, regions, asked.mentions, asked.topic)
    return replace(_narrow(candidates, asked.mentions, asked.topic), regions=regions)


def _named(asked: _Asked) -> Choice | None:
    return _narrow(list(asked.named), asked.mentions, asked.topic) if asked.named else None


def _ambiguous(asked: _Asked) -> Choice | None:
    return Choice(Outcome.AMBIGUOUS_PLACE) if asked.mentions.ambiguous_places else None


def _dated(asked: _Asked) -> Choice | None:
    years, in_hand, base = asked.mentions.years, asked.in_hand, asked.base
    if not years:
        return None
    siblings = [base.summaries[item] for item in base.by_programme.get(in_hand.programme or "", ())] if in_hand else []
    dated = _of_years(siblings or ([in_hand] if in_hand else []), years)
    if not dated and not (in_hand and _near_years(in_hand, years)):
        dated = [base.summaries[record_id] for year in years for record_id in base.by_year.get(year, ())]
    if in_hand and in_hand in dated:
        return Choice(Outcome.ONE, (in_hand.id,))
    if dated:
        return _narrow(dated, asked.mentions, asked.topic)
    if in_hand:
        # « les comptes de 2024 », asked of a call of 2025, is no other edition.
        return Choice(Outcome.ONE, (in_hand.id,), other_year=not _near_years(in_hand, years))
    return Choice(Outcome.YEAR_UNKNOWN)


def _in_hand(asked: _Asked) -> Choice | None:
    return _edition_for(asked.in_hand, asked.topic, asked.base) if asked.in_hand else None


def _resources(asked: _Asked) -> Choice | None:
    if asked.topic != "guide":
        return None
    known = asked.base.summaries
    resources = [known[item] for item in asked.base.not_calls if known[item].kind is Kind.RESOURCE]
    return _narrow(resources, asked.mentions, asked.topic) if resources else None


def _nothing_there(asked: _Asked) -> Choice | None:
    """« Je suis à Cholet. » … « La date limite ? »: the calls of other places are no answer."""
    regions = asked.context.regions
    if not regions or any(asked.base.by_region.get(code) for code in regions):
        return None
    return Choice(Outcome.NOT_COVERED, regions=regions)


def _anything(asked: _Asked) -> Choice | None:
    return _everything(asked.mentions, asked.base)


_PRECEDENCES: tuple[Callable[[_Asked], Choice | None], ...] = (
    _nothing_known,
    _other_issuer,
    _by_its_figures,
    _in_hand_holds_there,
    _placed,
    _named,
    _ambiguous,
    _dated,
    _in_hand,
    _resources,
    _nothing_there,
    _anything,
)


def _bearing(marks: Sequence[str], in_hand: Summary | None, snapshot: Snapshot) -> list[Summary]:
    """Return the records that bear the figures asked about: the one in hand, or the first of the only programme that does."""
    found = dict.fromkeys(record_id for mark in marks for record_id in snapshot.by_mark.get(mark, ()))
    if in_hand and in_hand.id in found:
        return [in_hand]
    bearing = sorted((snapshot.summaries[record_id] for record_id in found), key=lambda item: item.last_year)
    # A later edition recalls the figures of an earlier one.
    return bearing[:1] if len({item.programme or item.id for item in bearing}) == 1 else []


def _unknown_issuer(mentions: Mentions, snapshot: Snapshot) -> bool:
    """Return whether the call asked about is that of a body which no record's names hold."""
    if not mentions.issuers:
        return False
    names = " ".join(fold(f"{item.title} {' '.join(item.aliases)}") for item in snapshot.summaries.values())
    return not any(fold(issuer) in names for issuer in mentions.issuers)


def _names(summary: Summary, place: Place) -> bool:
    """Return whether a place is named because the call's own name holds it, and lies elsewhere."""
    names = set(fold(" ".join((summary.title, summary.short_title, *summary.aliases))).split())
    elsewhere = not set(place.region_codes) & set(summary.regions)
    return elsewhere and set(fold(place.text).split()) <= names


def _holds_at(summary: Summary, regions: tuple[str, ...]) -> bool:
    return summary.national or len(regions) == 1 and regions[0] in summary.regions


def _near_years(summary: Summary, years: tuple[int, ...]) -> bool:
    """Return whether years are those that a document speaks of beside its own: accounts before, funds after."""
    return bool(summary.last_year) and all(-_YEARS_BEFORE <= year - summary.last_year <= _YEARS_AFTER for year in years)


def _of_years(pool: list[Summary], years: tuple[int, ...]) -> list[Summary]:
    return [summary for summary in pool if set(summary.years) & set(years)]


def _edition_for(in_hand: Summary, topic: str | None, snapshot: Snapshot) -> Choice:
    """The record in hand, unless only another edition of its programme has the results asked for."""
    if topic == "results" and topic not in in_hand.topics and in_hand.programme:
        for record_id in snapshot.by_programme[in_hand.programme]:
            if topic in snapshot.summaries[record_id].topics:
                return Choice(Outcome.ONE, (record_id,))
    return Choice(Outcome.ONE, (in_hand.id,))


def _narrow(candidates: list[Summary], mentions: Mentions, topic: str | None) -> Choice:
    candidates = list(dict.fromkeys(candidates))
    other_year = False
    if mentions.years:
        dated = _of_years(candidates, mentions.years)
        other_year = not dated
        candidates = dated or candidates
    calls = [summary for summary in candidates if summary.kind is Kind.CALL]
    if calls and len(calls) < len(candidates) and topic != "guide":
        candidates = calls
    if mentions.procedures and len(candidates) > 1:
        candidates = [item for item in candidates if set(item.procedures) & set(mentions.procedures)] or candidates
    if len(candidates) > 1 and len({item.programme for item in candidates}) == 1 and candidates[0].programme:
        newest = sorted(candidates, key=lambda item: -item.last_year)
        # Past results are those of an earlier edition; every other question is about the last one.
        with_topic = [item for item in newest if topic == "results" and topic in item.topics]
        candidates = (with_topic or newest)[:1]
    ids = tuple(item.id for item in candidates)
    return Choice(Outcome.ONE if len(ids) == 1 else Outcome.SEVERAL, ids, other_year=other_year)


def _one_per_region(
    candidates: list[Summary], regions: tuple[str, ...], mentions: Mentions, topic: str | None
) -> Choice:
    ids: list[str] = []
    for code in regions:
        local = [item for item in candidates if code in item.regions]
        if local:
            ids += _narrow(local, mentions, topic).records
    return Choice(Outcome.SEVERAL if len(ids) > 1 else Outcome.ONE, tuple(dict.fromkeys(ids)), regions)


def _everything(mentions: Mentions, snapshot: Snapshot) -> Choice:
    """All the calls, last edition of each programme; narrowed by procedure and kind of establishment."""
    calls: Sequence[Summary] = snapshot.current_calls
    if mentions.procedures:
        calls = [item for item in calls if set(item.procedures) & set(mentions.procedures)] or calls
    if not calls:
        calls = tuple(snapshot.summaries.values())
    ids = tuple(item.id for item in calls)
    return Choice(Outcome.ONE if len(ids) == 1 else Outcome.SEVERAL, ids)


def pointed_at(text: str, context: Context) -> str | None:
    """Return the record that « l'autre », « la deuxième » points at in the list last shown, or None."""
    folded = fold(text)
    if _OTHER.search(folded):
        others = [item for item in context.listed if item != context.record_id]
        return others[0] if len(others) == 1 else None
    for position, pattern in _ORDINALS:
        if pattern.search(folded) and context.listed and position < len(context.listed):
            return context.listed[position]
    return None
