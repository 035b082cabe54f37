"""How sure an answer is: the three forms that it may take (docs/decisions/2026-11-30-evidence.md).

`sure`: a fact, or a passage of the document, answers. `not_said`: the record was read for the point and does not carry it. `near`:
neither can be said, and what comes nearest is shown as just that. No score alone tells an answer from a silence; several clues,
weighed together, do it better: three models (logistic) of whether the best fact answers, whether the best passage does, and whether
anything does, learnt on calls other than the one asked about (`make fit`, weights.yml), apart for records without their document.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from knowledge import thresholds
from knowledge.base.records import SILENT
from knowledge.french.expected import LACKS, puts_off
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.ranking import Scored
from knowledge.understanding.weights import Weights, load_weights
from knowledge.wording.values import Decision

WHOLE_TOPIC = "silent"
"""Identifier of the entry of a topic on which a record says nothing (knowledge.understanding.entries)."""
AMONG = 4
_FAR, _NOTHING = 4.0, -5.0


class Speaks(str, Enum):
    """What gives the answer."""

    FACT = "fact"
    PASSAGE = "passage"
    PUT_OFF = "put_off"  # a sentence that says that the point is settled later, or elsewhere
    NOTHING = "nothing"


@dataclass(frozen=True)
class Weighed:
    """A decision, what speaks first, and the probabilities behind it, 0 to 1."""

    decision: Decision
    speaks: Speaks
    fact: float
    passage: float
    answered: float

    @property
    def sure(self) -> float:
        """Probability that what speaks first answers."""
        return max(self.fact, self.passage)


@lru_cache(maxsize=64)
def weigh(evidence: Evidence) -> Weighed:
    """Return what the evidence for one question allows to say."""
    if not evidence.ranked:
        return Weighed(Decision.SURE, Speaks.FACT, 1.0, 0.0, 1.0)
    said = first_said(evidence.ranked)
    silent = next((item for item in evidence.ranked if item.silent), None)
    if said is None:
        return Weighed(Decision.NOT_SAID if silent else Decision.NEAR, Speaks.NOTHING, 0.0, 0.0, 0.0)
    if evidence.borne:
        return Weighed(Decision.SURE, Speaks.FACT, 1.0, 0.0, 1.0)
    chances = _chances(evidence)
    by_passage = bool(evidence.passages) and chances["passage"] >= chances["fact"] + thresholds.LIKE_FACT
    best = max(chances["fact"], chances["passage"])
    text = evidence.passages[0].passage.text if by_passage else said.fact.text or ""
    fits = evidence.passages[0].fits if by_passage else said.fits
    speaks = Speaks.PASSAGE if by_passage else Speaks.FACT

    def weighed(decision: Decision, speaks: Speaks = speaks) -> Weighed:
        return Weighed(decision, speaks, chances["fact"], chances["passage"], chances["answered"])

    alone = not evidence.passages
    if is_at_large(evidence.ranked) and chances["answered"] >= thresholds.ANSWERED_AT_LARGE:
        return weighed(Decision.SURE, Speaks.FACT)
    asked_for = said.aspects > 0 or said.near >= thresholds.ASKED_FOR
    if speaks is Speaks.FACT and said.fact.state in SILENT and asked_for and best >= thresholds.ASKED:
        # The record itself says that the document does not say.
        return weighed(Decision.NOT_SAID)
    if best >= thresholds.ASKED and puts_off(text):
        return weighed(Decision.NOT_SAID, Speaks.PUT_OFF)
    enough = _enough(evidence)
    if (
        best >= enough
        and chances["answered"] >= thresholds.ANSWERED
        and not (evidence.expected.kinds and fits == LACKS)
    ):
        return weighed(Decision.SURE)
    least = thresholds.NOT_SAID_ALONE if alone else thresholds.NOT_SAID
    quiet = silent is not None and silent.spoken < thresholds.SPOKEN
    if quiet and (chances["answered"] < least or alone and _plainly_untold(evidence, said)):
        return weighed(Decision.NOT_SAID, Speaks.NOTHING)
    return weighed(Decision.NEAR)


def _enough(evidence: Evidence) -> float:
    if evidence.passages:
        return thresholds.SURE
    taught = any(fact.asked for fact in evidence.record.facts)
    return thresholds.SURE_TAUGHT if taught else thresholds.SURE_ALONE


def _plainly_untold(evidence: Evidence, said: Scored) -> bool:
    """Return whether a date, an amount… is asked on a topic beyond doubt of which a record alone says nothing."""
    untold = any(
        item.silent and item.fact.id == WHOLE_TOPIC and item.topic >= thresholds.BEYOND_DOUBT
        for item in evidence.ranked
    )
    return untold and bool(evidence.expected.kinds) and said.topic < thresholds.ELSEWHERE


def _chances(evidence: Evidence) -> dict[str, float]:
    weights = load_weights().decision["with_document" if evidence.passages else "alone"]
    clues = clues_of(evidence)
    return {"passage": 0.0, **{name: _chance(clues, model) for name, model in weights.items()}}


def _chance(clues: Mapping[str, float], model: Weights) -> float:
    return 1 / (1 + math.exp(-sum(weight * (clues[name] if name != "bias" else 1.0) for name, weight in model.items())))


def first_said(ranked: Sequence[Scored]) -> Scored | None:
    """Return the best fact, None when there is none."""
    return next((item for item in ranked if item.is_fact), None)


def topic_of(evidence: Evidence) -> str:
    """Return what the answer to a question is about: the topic of the silence when the record is silent, else of the best entry."""
    weighed = weigh(evidence)
    if weighed.decision is Decision.NOT_SAID and weighed.speaks is Speaks.NOTHING:
        return silent_of(evidence.ranked).fact.topic
    return evidence.ranked[0].fact.topic


def is_at_large(ranked: Sequence[Scored]) -> bool:
    """Return whether a topic is plainly asked about, as a whole (« et les documents ? »)."""
    return ranked[0].topic >= thresholds.PLAIN and (ranked[0].whole and not ranked[0].silent or at_large(ranked))


def at_large(ranked: Sequence[Scored]) -> bool:
    """Return whether none of the entries of the topic that comes first stands out."""
    first = ranked[0]
    best = next((item.near for item in ranked if item.is_fact), 0.0)
    if any(
        item.whole
        and not item.silent
        and item.topic >= thresholds.PLAIN
        and item.near >= max(thresholds.WHOLE_NEAR, best + thresholds.WHOLE_AHEAD)
        for item in ranked
    ):
        return True
    if (
        first.topic >= thresholds.SURE_PLAIN
        and first.share < thresholds.FAINT
        and all(item.near < thresholds.ASKED_FOR for item in ranked[:AMONG])
    ):
        return True
    plain = first.topic >= thresholds.PLAIN and first.share < thresholds.STANDS_OUT and not first.aspects
    return plain and any(item.whole and item.fact.topic == first.fact.topic for item in ranked[:AMONG])


def silent_of(ranked: Sequence[Scored]) -> Scored:
    """Return the silence that answers: that of a topic asked about plainly, else the best one."""
    silent = [item for item in ranked if item.silent]
    nearest = max(silent, key=lambda item: item.near if item.topic >= thresholds.ASKED_TOPIC else 0.0)
    if nearest.near >= thresholds.ASKED_OUTRIGHT and nearest.topic >= thresholds.ASKED_TOPIC:
        return nearest
    return next((item for item in silent if item.fact.id == WHOLE_TOPIC and item.topic >= thresholds.PLAIN), silent[0])


def is_named(silent: Scored) -> bool:
    """Return whether a silence is what was asked for, so that its point may be named: a wrong one misleads."""
    return silent.aspects > 0 or silent.near >= thresholds.ASKED_FOR or silent.topic >= thresholds.SURE_PLAIN


def clues_of(evidence: Evidence) -> dict[str, float]:
    """Return what the decision is weighed from, by name; an entry that is a fact must be there."""
    ranked = evidence.ranked
    facts = [item for item in ranked if item.is_fact]
    silences = [item for item in ranked if item.silent]
    said, silent = facts[0], silences[0] if silences else None
    whole = next((item.score for item in ranked if item.whole and not item.silent), _NOTHING)
    clues = {
        "share": said.share,
        "over_silent": _bounded(said.score - (silent.score if silent else _NOTHING)),
        "over_whole": _bounded(said.score - whole),
        "margin": _bounded(said.score - facts[1].score) if len(facts) > 1 else _FAR,
        "near": said.near,
        "words": said.words,
        "topic": said.topic,
        "aspects": float(said.aspects),
        "told": min(max(said.told, -1.0), 2.5),
        "fits": said.fits,
        "own": said.own,
        "silent_aspects": float(silent.aspects) if silent else 0.0,
        "silent_near": max((item.near for item in silences if item.topic >= thresholds.ASKED_TOPIC), default=0.0),
        # What the question may be about and the record says nothing of.
        "untold": sum(item.topic for item in silences if item.fact.id == WHOLE_TOPIC),
        "typed": float(bool(evidence.expected.kinds)),
        "counted": float(evidence.expected.counted is not None),
    }
    if evidence.passages:
        best = evidence.passages[0]
        after = evidence.passages[1].score if len(evidence.passages) > 1 else best.score - _FAR
        clues |= {
            "passage": said.passage,
            "spoken": silent.spoken if silent else 0.0,
            "passage_margin": min(best.score - after, _FAR),
            "passage_words": best.words,
            "passage_meaning": best.meaning,
            "passage_fits": best.fits,
            "unknown": evidence.unknown,
        }
    return clues


def _bounded(value: float) -> float:
    return min(max(value, -_FAR), _FAR)
