"""The weights that `make fit` learns and writes (weights.yml): of the clues of the ranking, and of the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parents[1] / "weights.yml"
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Learnt:
    """Weights by clue.

    Attributes:
        ranking: of the clues of knowledge.understanding.ranking.CLUES.
        decision: « with_document » and « alone », each with the models « fact », « passage » (with a document only) and
            « answered »; « bias » counts for one.
    """

    ranking: Weights
    decision: Mapping[str, Mapping[str, Weights]]


@lru_cache(maxsize=1)
def load_weights() -> Learnt:
    """Return the weights in place."""
    content = yaml.safe_load(FILE.read_text("utf-8"))
    return Learnt(content["ranking"], content["decision"])
