"""Whether a mail speaks of something that a person must read, told by meaning where triage.yml tells by words.

Each sentence is compared with examples (sentences.yml, and the questions of data/topics/) through the sentence
encoder of the knowledge base, by a logistic regression learnt when the worker starts (about three seconds). It only
ever sends a mail to a person: what it misses is drafted, and read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from knowledge.french.meaning import encoder
from knowledge.french.spelling import respell
from knowledge.patterns import compile_pattern

ROUTINE = "routine"
# Measured on tests/mail/apart, which nothing here was learnt from (docs/messagerie.md).
THRESHOLD = 0.6
MOST_SENTENCES = 60
_SHORT = 5  # words: shorter ones are names and greetings
_REGULARISATION, _STEPS = 30.0, 300
_KEPT_QUESTIONS = 8  # one in so many of data/topics/: more would drown the rest
_HERE = Path(__file__).parent
_TOPICS = _HERE.parents[1] / "data" / "topics"
_DISTRESS = _HERE.parents[1] / "data" / "dialogue" / "distress.yml"
_ENTITY = compile_pattern(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Worry:
    """What a sentence seems to be about (a key of sentences.yml), and how likely it is not routine, 0 to 1."""

    reason: str
    probability: float


class Wariness:
    """Learns once; then judges mails."""

    def __init__(self) -> None:
        texts, kinds = _examples()
        vectors = encoder().encode(texts)
        self._model = LogisticRegression(C=_REGULARISATION, max_iter=_STEPS, class_weight="balanced").fit(
            vectors, kinds
        )
        self._kinds = [str(kind) for kind in self._model.classes_]
        self._routine = self._kinds.index(ROUTINE)

    def worst(self, sentences: Sequence[str]) -> Worry | None:
        """Return what the most worrying sentence is about; None when none is long enough to tell."""
        told = [sentence for sentence in sentences if len(sentence.split()) >= _SHORT] or list(sentences)
        if not told:
            return None
        found = self._model.predict_proba(np.asarray(encoder().encode([_read(text) for text in told[:MOST_SENTENCES]])))
        row = found[found[:, self._routine].argmin()]
        ranked = sorted(zip(row, self._kinds), reverse=True)
        reason = next(kind for _, kind in ranked if kind != ROUTINE)
        return Worry(reason, float(1 - row[self._routine]))

    def reason(self, sentences: Sequence[str]) -> str | None:
        """Return why a person must read a mail, None when nothing says so."""
        worry = self.worst(sentences)
        return worry.reason if worry and worry.probability >= THRESHOLD else None


@lru_cache(maxsize=1)
def wariness() -> Wariness:
    """Return the judge, learnt once per process."""
    return Wariness()


def _read(sentence: str) -> str:
    """Return a sentence as examples are written: in full letters, and not shouted."""
    return respell(sentence.lower() if sentence.isupper() else sentence)


def _examples() -> tuple[list[str], list[str]]:
    written = yaml.safe_load((_HERE / "sentences.yml").read_text("utf-8"))
    texts = [text for kind in written for text in written[kind]]
    kinds = [kind for kind in written for _ in written[kind]]
    questions = [text for file in sorted(_TOPICS.glob("*.yml")) for text in _nlu(file)[::_KEPT_QUESTIONS]]
    distress = _nlu(_DISTRESS)
    texts += [*questions, *distress]
    kinds += [ROUTINE] * len(questions) + ["distress"] * len(distress)
    return texts, kinds


def _nlu(file: Path) -> list[str]:
    """Return the examples of one of Rasa's training files, as people type them."""
    items = yaml.safe_load(file.read_text("utf-8"))["nlu"]
    lines = [line.removeprefix("- ") for item in items for line in item["examples"].splitlines()]
    return [_ENTITY.sub(r"\1", line) for line in lines if line.strip()]
