"""Texts as rare words, compared with the words of a question."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from knowledge.french.stems import stems_of


class WordIndex:
    """Texts as rare words, compared with the words of a question."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        found = [_stem_numbers(text) for text in texts]
        numbers = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        # The texts of each word, one word after the other.
        order = np.argsort(numbers, kind="stable")
        self._owners = np.repeat(np.arange(self._size), [len(item) for item in found])[order]
        self._known, self._starts, counts = np.unique(numbers[order], return_index=True, return_counts=True)
        self._ends = self._starts + counts
        total = self._size + 1
        self._weights = np.log(total / counts) + 0.2
        self._unknown = math.log(total) + 0.2
        squares = np.repeat(self._weights**2, counts)
        norms = np.sqrt(np.bincount(self._owners, weights=squares, minlength=self._size))
        self._norms = np.where(norms, norms, 1.0)

    def shares(self, stems: Iterable[str]) -> np.ndarray:
        """Return, for each text, the share of the question's words (by rarity) that it has."""
        return self._sums(stems, 1) / (self._weight(stems, 1) or 1.0)

    def cosines(self, stems: Iterable[str]) -> np.ndarray:
        """Return the cosine between the question and each text, words weighted by rarity."""
        return self._sums(stems, 2) / (self._norms * (math.sqrt(self._weight(stems, 2)) or 1.0))

    def _weight(self, stems: Iterable[str], power: int) -> float:
        places = [self._place(item) for item in stems]
        weights = [self._unknown if place is None else float(self._weights[place]) for place in places]
        return sum(weight**power for weight in weights)

    def _sums(self, stems: Iterable[str], power: int) -> np.ndarray:
        sums = np.zeros(self._size)
        for item in stems:
            place = self._place(item)
            if place is not None:
                sums[self._owners[self._starts[place] : self._ends[place]]] += self._weights[place] ** power
        return sums

    def _place(self, item: str) -> int | None:
        number = _NUMBERS.get(item, -1)
        place = int(np.searchsorted(self._known, number))
        return place if place < len(self._known) and self._known[place] == number else None


_NUMBERS: dict[str, int] = {}
_numbering = threading.Lock()


# Room for every way of asking of the base: records share most of them.
@lru_cache(maxsize=16_384)
def _stem_numbers(text: str) -> np.ndarray:
    """Return the words of a text, as numbers of this process."""
    stems = set(stems_of(text))
    with _numbering:
        return np.array(sorted(_NUMBERS.setdefault(item, len(_NUMBERS)) for item in stems), dtype=np.int64)
