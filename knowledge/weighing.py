"""How sure an answer is: the three forms that it may take (docs/decisions/2026-11-30-evidence.md).

`sure`: the first fact answers. `not_said`: the record was read for the point and does not carry it. `near`: neither can
be said, and what comes nearest is shown as just that. Scores alone do not tell an answer from a silence; the clues below do better,
weighed by two models (logistic) that are learnt on calls other than the one asked about (`make fit`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.ranking import Scored

# Probability from which each form is chosen; measured on calls left out.
SURE = 0.5
# Without the document's own words beside the fact, it must be surer.
SURE_ALONE = 0.6
# … and nothing is sure of which a silence is this likely.
MOST_NONE = 0.3
# A topic at large is answered unless a silence is this likely: a plain question may hide a precise one.
SILENT_HINT = 0.4
SILENT = 0.7
# A silence that does not come first in the ranking needs to be this likely.
SILENT_ALONE = 0.75
# A point that the record does not carry, asked for in nearly the words in which people ask for it, and much nearer than any fact …
ASKED_TOPIC, ASKED_OUTRIGHT, ASKED_LEAD = 0.2, 0.7, 0.15
# … or only nearer: nothing is sure then.
ASKED_PERHAPS = 0.5
# « Quelle est la date limite ? »: nearly the words in which the topic itself is asked for, and nearer than any fact.
WHOLE_NEAR, WHOLE_LEAD = 0.85, 0.1
# No silence is claimed while a passage of the document has so much of the question's words, by rarity.
SPOKEN = 0.5
# A topic asked about at large is answered by what the record says of it.
PLAIN = 0.6
# A topic beyond doubt, of which the record says nothing and the document has hardly a word, is one on which it is silent …
BEYOND_DOUBT, CERTAIN = 0.85, 0.95
UNTOLD = 0.2
FAR_WORDS, FAR_NEAR = 0.3, 0.35
# … unless the best fact is on a topic this likely.
PLAIN_ELSEWHERE = 0.2
WHOLE_TOPIC = "silent"
"""Identifier of the entry of a topic on which a record says nothing (knowledge.ranking)."""

_SURE_WEIGHTS = {
    "share": -0.55,
    "over_silent": 0.28,
    "over_whole": 0.24,
    "near": 2.46,
    "topic": 0.36,
    "aspects": 0.32,
    "passage": 0.18,
    "spoken": 0.83,
    "told": 0.03,
    "words": 0.97,
    "silent_aspects": -0.33,
}
_SURE_BIAS = -3.03
_NONE_WEIGHTS = {
    "share": 5.36,
    "over_silent": -0.83,
    "over_whole": 0.1,
    "near": -1.66,
    "topic": -0.63,
    "aspects": -0.69,
    "passage": -0.19,
    "spoken": -2.45,
    "told": -0.28,
    "words": -1.6,
    "silent_aspects": 0.39,
}
_NONE_BIAS = 0.04
_FAR, _NOTHING = 4.0, -5.0


# A plain topic whose best entry has less than this share is asked about at large.
STANDS_OUT = 0.45
# On a topic beyond doubt, entries all fainter and farther than this are no answer of their own.
SURE_PLAIN = 0.9
FAINT = 0.25
AMONG = 4
ASKED_FOR = 0.5


class Decision(str, Enum):
    """What an answer is; part of the public API."""

    SURE = "sure"
    NEAR = "near"
    NOT_SAID = "not_said"
    SEVERAL = "several"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Weighed:
    """A decision with the two probabilities behind it, 0 to 1."""

    decision: Decision
    sure: float
    none: float


def weigh(ranked: Sequence[Scored]) -> Weighed:
    """Return what the entries of one record, best first, allow to say."""
    said = next((item for item in ranked if not item.silent and not item.whole), None)
    silent = next((item for item in ranked if item.silent), None)
    if said is None:
        return Weighed(Decision.NOT_SAID if silent else Decision.NEAR, 0.0, 1.0 if silent else 0.0)
    clues = clues_of(ranked)
    sure, none = _chance(clues, _SURE_WEIGHTS, _SURE_BIAS), _chance(clues, _NONE_WEIGHTS, _NONE_BIAS)
    first = ranked[0]
    quiet = silent is not None and silent.spoken < SPOKEN
    if quiet and _unspoken(ranked, said):
        return Weighed(Decision.NOT_SAID, sure, none)
    asked_for = max((item.near for item in ranked if item.silent and item.topic >= ASKED_TOPIC), default=0.0)
    if quiet and asked_for >= ASKED_OUTRIGHT and asked_for - said.near >= ASKED_LEAD:
        return Weighed(Decision.NOT_SAID, sure, none)
    if quiet and (none >= SILENT_ALONE or first.silent and none >= SILENT):
        return Weighed(Decision.NOT_SAID, sure, none)
    plain = first.topic >= PLAIN and (first.whole or at_large(ranked)) and none < SILENT_HINT
    rather_silent = asked_for >= ASKED_PERHAPS and asked_for > said.near
    enough = SURE if any(item.passage for item in ranked) else SURE_ALONE
    if plain or sure >= enough and none < MOST_NONE and not rather_silent:
        return Weighed(Decision.SURE, sure, none)
    return Weighed(Decision.NEAR, sure, none)


def _unspoken(ranked: Sequence[Scored], said: Scored) -> bool:
    """Return whether a plain question is on a topic of which the record says nothing at all."""
    plain = next((item for item in ranked if item.silent and item.fact.id == WHOLE_TOPIC), None)
    if plain is None or plain.topic < BEYOND_DOUBT or plain.spoken >= UNTOLD or said.topic >= PLAIN_ELSEWHERE:
        return False
    return plain.topic >= CERTAIN or said.words < FAR_WORDS and said.near < FAR_NEAR


def topic_of(ranked: Sequence[Scored]) -> str:
    """Return what the answer to a question is about: the topic of the silence when the record is silent, else of the best entry."""
    if weigh(ranked).decision is Decision.NOT_SAID:
        return silent_of(ranked).fact.topic
    return ranked[0].fact.topic


def at_large(ranked: Sequence[Scored]) -> bool:
    """Return whether the topic is plain and none of its entries stands out (« et les documents ? »)."""
    first = ranked[0]
    best = next((item.near for item in ranked if not item.whole and not item.silent), 0.0)
    if any(item.whole and item.topic >= PLAIN and item.near >= max(WHOLE_NEAR, best + WHOLE_LEAD) for item in ranked):
        return True
    if first.topic >= SURE_PLAIN and first.share < FAINT and all(item.near < ASKED_FOR for item in ranked[:AMONG]):
        return True
    plain = first.topic >= PLAIN and first.share < STANDS_OUT and not first.aspects
    return plain and any(item.whole and item.fact.topic == first.fact.topic for item in ranked[:AMONG])


def silent_of(ranked: Sequence[Scored]) -> Scored:
    """Return the silence that answers: that of a topic asked about plainly, else the best one."""
    silent = [item for item in ranked if item.silent]
    nearest = max(silent, key=lambda item: item.near if item.topic >= ASKED_TOPIC else 0.0)
    if nearest.near >= ASKED_OUTRIGHT and nearest.topic >= ASKED_TOPIC:
        return nearest
    return next((item for item in silent if item.fact.id == WHOLE_TOPIC and item.topic >= PLAIN), silent[0])


def clues_of(ranked: Sequence[Scored]) -> dict[str, float]:
    """Return what the decision is weighed from, by name; an entry that is a fact must be there."""
    said = next(item for item in ranked if not item.silent and not item.whole)
    silent = next((item for item in ranked if item.silent), None)
    whole = next((item.score for item in ranked if item.whole and not item.silent), _NOTHING)
    over = (said.score - (silent.score if silent else _NOTHING), said.score - whole)
    over_silent, over_whole = (min(max(value, -_FAR), _FAR) for value in over)
    return {
        "share": said.share,
        "over_silent": over_silent,
        "over_whole": over_whole,
        "near": said.near,
        "topic": said.topic,
        "aspects": float(said.aspects),
        "passage": said.passage,
        "spoken": silent.spoken if silent else 0.0,
        "told": min(max(said.told, -1.0), 2.5),
        "words": said.words,
        "silent_aspects": float(silent.aspects) if silent else 0.0,
    }


def _chance(clues: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    return 1 / (1 + math.exp(-(bias + sum(weights[name] * value for name, value in clues.items()))))
