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
SURE = 0.55
SILENT = 0.55
# A silence that does not come first in the ranking needs to be this likely.
SILENT_ALONE = 0.65
# No silence is claimed while a passage of the document has so much of the question's words, by rarity.
SPOKEN = 0.5
# A topic asked about at large is answered by what the record says of it.
PLAIN = 0.6

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
    clues = _clues(ranked, said, silent)
    sure, none = _chance(clues, _SURE_WEIGHTS, _SURE_BIAS), _chance(clues, _NONE_WEIGHTS, _NONE_BIAS)
    first = ranked[0]
    quiet = silent is not None and silent.spoken < SPOKEN
    if quiet and (none >= SILENT_ALONE or first.silent and none >= SILENT):
        return Weighed(Decision.NOT_SAID, sure, none)
    if sure >= SURE or first.whole and first.topic >= PLAIN:
        return Weighed(Decision.SURE, sure, none)
    return Weighed(Decision.NEAR, sure, none)


def topic_of(ranked: Sequence[Scored]) -> str:
    """Return what the answer to a question is about: the topic of the silence when the record is silent, else of the best entry."""
    if weigh(ranked).decision is Decision.NOT_SAID:
        return next(item.fact.topic for item in ranked if item.silent)
    return ranked[0].fact.topic


def _clues(ranked: Sequence[Scored], said: Scored, silent: Scored | None) -> Mapping[str, float]:
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
