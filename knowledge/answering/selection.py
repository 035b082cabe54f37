"""Which facts of a record a question aims at, in the order in which they are said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge import thresholds
from knowledge.base.records import SILENT, Fact, Record
from knowledge.french.text import content_words, stem
from knowledge.patterns import compile_pattern
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.ranking import Scored
from knowledge.understanding.weighing import Speaks, Weighed, is_at_large, is_named, silent_of
from knowledge.wording.values import Decision

_FIGURES = compile_pattern(r"\d+")
MOST_AIMED = 4
# Facts shown as what comes nearest.
NEAREST = 3
# Topics on which a place changes the answer.
_PLACED = {"territory", "eligibility", "calendar", "deadline", "next_edition", "overview"}


@dataclass(frozen=True)
class Selection:
    """Facts to show, in order: those aimed at, then the rest of the topic; and the points left without answer.

    `sure` is False when nothing shows that the facts answer the question, `silent` is True when the question
    aims at something of which the record says nothing: the answer then says so, and of what when it is `named`.
    """

    aimed: tuple[Fact, ...]
    others: tuple[Fact, ...]
    missing: tuple[tuple[str, str], ...]
    sure: bool = True
    silent: bool = False
    named: bool = True


def select(evidence: Evidence, topic_id: str, weighed: Weighed) -> Selection:
    """Return the facts to show on a topic.

    Args:
        evidence: what the record has for the question; without ranked entries, the topic at large is asked for.
        weighed: what it allows to say.
    """
    record, ranked, decision = evidence.record, evidence.ranked, weighed.decision
    if not ranked:
        return Selection((), talkative_first(record.about(topic_id)), ())
    said = [item for item in ranked if item.is_fact]
    # What comes near the best entry is aimed at; a question on the topic at large is answered in the record's order.
    least = max(thresholds.AIMED_SHARE, thresholds.AIMED_PART * ranked[0].share)
    aimed = _said_first([item for item in said[:MOST_AIMED] if item.share >= least and _meant(item)])
    if decision is not Decision.NOT_SAID and is_at_large(ranked):
        # What comes nearest is said first all the same: a plain question may hide a precise one.
        aimed = (
            [fact for fact in aimed if fact.state not in SILENT][:1] if said[0].near >= thresholds.NEAREST_FIRST else []
        )
        rest = [fact for fact in record.about(topic_id) if fact not in aimed]
        return Selection(tuple(aimed), talkative_first(rest), ())
    # With their own topic: asked of several calls at once, a question is answered under the topic of the first.
    if decision is Decision.NOT_SAID and weighed.speaks is not Speaks.FACT:
        silent = silent_of(ranked)
        missing = tuple((silent.fact.topic, aspect) for aspect in silent.fact.aspects)
        # What is said comes after « the document does not say », as what is nearest to it.
        near = [item.fact for item in said if item.fact.topic == topic_id or item.share >= thresholds.NEAR_SILENCE]
        named = weighed.speaks is Speaks.NOTHING and is_named(silent)
        return Selection((), tuple(near), missing if named else (), silent=True, named=named)
    plain = decision is Decision.NEAR and ranked[0].topic >= thresholds.PLAIN
    if decision is Decision.NEAR:
        # On a topic that is plainly asked about, what comes nearest is of that topic.
        own = [item for item in said if item.fact.topic == topic_id]
        among = own if plain and own else said
        aimed = list(dict.fromkeys([*aimed, *(item.fact for item in among[:NEAREST] if _meant(item))]))[:NEAREST]
    elif weighed.speaks is Speaks.FACT and said[0].fact not in aimed[:1]:
        # The fact that was found sure speaks first.
        aimed = [said[0].fact, *(fact for fact in aimed if fact is not said[0].fact)]
    possible = [] if plain else [item.fact for item in said if item.share >= thresholds.POSSIBLE_SHARE]
    same = [item.fact for item in said if item.fact.topic == topic_id]
    others = [fact for fact in dict.fromkeys([*possible, *same]) if fact not in aimed]
    return Selection(tuple(aimed), talkative_first(others), (), decision is not Decision.NEAR)


def _meant(item: Scored) -> bool:
    """Return whether a fact may come first: one that says that the document does not say must be asked for."""
    return item.fact.state not in SILENT or item.aspects > 0 or item.near >= thresholds.ASKED_FOR


def without_twins(facts: Iterable[Fact]) -> list[Fact]:
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
    return len(stems & others) > thresholds.TWINS * len(stems | others)


def _said_first(items: Sequence[Scored]) -> list[Fact]:
    """Put a fact that only says that the document does not say after the others, unless it leads them clearly."""
    silent = [item for item in items if item.fact.state in SILENT]
    telling = [item for item in items if item.fact.state not in SILENT]
    lead = thresholds.SILENCE_LEAD if silent and silent[0].aspects else thresholds.UNASKED_LEAD
    if silent and telling and silent[0].share >= lead * telling[0].share:
        return [item.fact for item in items]
    return [item.fact for item in (*telling, *silent)]


def beside(selection: Selection, record: Record, topic_id: str, departments: Collection[str]) -> Selection:
    """Add, where the place matters, the facts that hold only where the question says."""
    local = [fact for fact in record.about("territory") if set(fact.scope.departments) & set(departments)]
    if topic_id not in _PLACED or not local:
        return selection
    if topic_id == "territory":
        return replace(selection, aimed=tuple(dict.fromkeys([*local, *selection.aimed])))
    first = [fact for fact in selection.aimed if fact not in local] or list(selection.others[:2])
    return replace(selection, aimed=(*first, *local), others=tuple(f for f in selection.others if f not in first))


def talkative_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Silence about a point adds little when it was not asked for: it comes last."""
    return tuple(sorted(facts, key=lambda fact: fact.state in SILENT))
