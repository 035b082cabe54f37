"""Searching a document's passages: rare words (BM25 on stems) and meaning, added on one scale.

Words count twice: people use the document's own, and on unseen documents they find more alone than any encoder. The second encoder
adds nothing here that was measured, at ten times the cost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import cached_property, lru_cache

import numpy as np

from knowledge.base.passages.document import Passage
from knowledge.french.expected import expected_of, fit
from knowledge.french.meaning import Vectors, vector_of
from knowledge.french.spelling import respell
from knowledge.french.stems import explained_in, stems_of

_SATURATION, _LENGTH = 1.2, 0.75  # BM25's usual constants
_WORDS = 2.0  # what the words count beside the meaning
_FITS = 1.25  # what holding the kind of thing that is asked for counts
_BESIDE = 0.5  # what a word of the heading, or of the sentence that announces a list, counts beside one of the passage


class PassageIndex:
    """What is needed to search the passages of one document.

    Attributes:
        passages: in the document's order.
        abbreviations: those that the document explains.
        names: stems of the call's own name: they say which call is meant, not what is asked of it.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self.names: frozenset[str] = frozenset()
        # The question is asked once of the facts and once of the passages.
        self._last: tuple[str | None, np.ndarray] = (None, np.zeros(0))
        self.abbreviations = explained_in(item.text for item in self.passages)
        own = self.abbreviations
        self._counts: list[dict[str, float]] = []
        for item in self.passages:
            counts = {word: float(count) for word, count in Counter(stems_of(item.text, own)).items()}
            for beside in {*stems_of(item.section or "", own), *stems_of(item.lead, own)}:
                counts[beside] = counts.get(beside, 0.0) + _BESIDE
            self._counts.append(counts)
        self._lengths = np.array([sum(counts.values()) for counts in self._counts]) if self._counts else np.zeros(0)
        spread = Counter(word for counts in self._counts for word in counts)
        size = len(self._counts)
        self.rarity = {word: math.log(1 + (size - count + 0.5) / (count + 0.5)) for word, count in spread.items()}

    def named(self, names: frozenset[str]) -> PassageIndex:
        """Return the same index for a call with these names (stems)."""
        index = copy(self)
        index.names, index._last = names, (None, np.zeros(0))
        return index

    def __len__(self) -> int:
        return len(self.passages)

    def words(self, stems: Sequence[str]) -> np.ndarray:
        """Return the BM25 score of each passage."""
        scores = np.zeros(len(self))
        if not len(self):
            return scores
        mean = float(self._lengths.mean()) or 1.0
        for word in dict.fromkeys(stems):
            if word not in self.rarity:
                continue
            found = np.array([counts.get(word, 0.0) for counts in self._counts])
            damped = found + _SATURATION * (1 - _LENGTH + _LENGTH * self._lengths / mean)
            scores += self.rarity[word] * found * (_SATURATION + 1) / damped
        return scores

    @cached_property
    def _held(self) -> list[str]:
        """The texts that may hold what is asked for: an item, after what announces it."""
        return [f"{item.lead} {item.text}" for item in self.passages]

    @cached_property
    def _shown(self) -> list[str]:
        """The texts that are compared by meaning: an item says nothing without what announces it."""
        return [" ".join(filter(None, (item.section, item.lead, item.text))) for item in self.passages]

    @cached_property
    def _vectors(self) -> np.ndarray:
        return Vectors().of(self._shown)

    def warm_up(self) -> None:
        """Compute what the first question would wait for."""
        _ = self._vectors

    def meanings(self, question: str) -> np.ndarray:
        """Return how near the meaning of each passage is to that of a question, 0 to 1."""
        near: np.ndarray = np.clip(self._vectors @ vector_of(question), 0.0, 1.0) if len(self) else np.zeros(0)
        return near

    def scores(self, question: str) -> np.ndarray:
        """Return the score of each passage: words and meaning, each on the scale of its own spread, and whether it fits."""
        asked, scores = self._last
        if asked != question:
            plain = respell(question)
            near: np.ndarray = _WORDS * _spread(self.words(self._asked(plain))) + _spread(self.meanings(plain))
            scores = near + _FITS * self.fits(plain)
            self._last = (question, scores)
        return scores

    def fits(self, question: str) -> np.ndarray:
        """Return whether each passage holds the kind of thing that a question asks for (-1 to 1)."""
        expected = expected_of(question)
        return np.array([fit(expected, text) for text in self._held])

    def _asked(self, question: str) -> list[str]:
        stems = stems_of(question, self.abbreviations)
        return [word for word in stems if word not in self.names] or stems

    def nearest(self, question: str, count: int) -> tuple[Passage, ...]:
        """Return the passages that come nearest to a question, best first."""
        return tuple(self.passages[place] for place in self.nearest_places(question, count))

    def nearest_places(self, question: str, count: int) -> list[int]:
        """Return where the passages that come nearest to a question stand, best first."""
        return [int(place) for place in np.argsort(-self.scores(question), kind="stable")[:count]]

    def share_unknown(self, question: str) -> float:
        """Return the share of a question's words that the document lacks, 0 to 1."""
        stems = set(self._asked(question))
        return sum(word not in self.rarity for word in stems) / len(stems) if stems else 0.0

    def coverage(self, question: str, place: int) -> float:
        """Return the share of a question's words, by rarity, that a passage has; a word that the document lacks counts most."""
        stems = dict.fromkeys(self._asked(question))
        unknown = max(self.rarity.values(), default=1.0)
        total = sum(self.rarity.get(word, unknown) for word in stems)
        return sum(self.rarity[word] for word in stems if self._counts[place].get(word)) / total if total else 0.0


def _spread(values: np.ndarray) -> np.ndarray:
    deviation = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / deviation if deviation else np.zeros(len(values))


@lru_cache(maxsize=64)
def index_of_passages(passages: tuple[Passage, ...]) -> PassageIndex:
    """Return the index of a document's passages, made once."""
    return PassageIndex(passages)


def search(passages: Sequence[Passage], question: str) -> list[tuple[int, float]]:
    """Return (place, BM25 score) of the passages that share a word with a question, best first: plain search, to compare with."""
    index = index_of_passages(tuple(passages))
    scores = index.words(stems_of(question))
    return [(int(place), float(scores[place])) for place in np.argsort(-scores, kind="stable") if scores[place] > 0]
