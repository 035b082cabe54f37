"""The intent model itself, without Rasa: n-grams, cues and a sentence encoder, then logistic regression.

Features of a clause, side by side: TF-IDF of words (1–2) and of characters (2–5, accents folded), one
flag per cue of knowledge/topics.yml, and the 512 numbers of a multilingual sentence encoder. Places are
replaced by one word, so that no topic hangs on a region. Raw counts would drown the encoder's vector of
norm 1, hence the TF-IDF and the scale (figures: docs/decisions/2026-11-22-intent-model.md).
Weights are stored as JSON and arrays, never pickled.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.base.topics import load_topics
from knowledge.french.meaning import encoder
from knowledge.french.spelling import respell
from knowledge.french.text import fold
from knowledge.understanding.utterance import heard

ENCODER_SCALE = 2.0
CUE_SCALE = 0.5
REGULARISATION = 20.0
STEPS = 80  # 0.766 right on examples not seen, against 0.758 at convergence (200), which takes three times as long
KEPT_ROWS = 64
_PLACE = " zzlieu "


def prepare(text: str) -> str:
    """Return the folded text with its places masked; a question mark stays, it tells questions from statements."""
    said = heard(text)
    text = said.written
    for place in reversed(said.places):
        text = text[: place.start] + _PLACE + text[place.end :]
    return fold(text) + (" ?" if "?" in text else "")


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+", lowercase=False)


def _characters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, lowercase=False)


@lru_cache(maxsize=1)
def _cues() -> list[Any]:
    return [aspect.cues for topic in load_topics().values() for aspect in topic.aspects.values()]


class _Blocks(NamedTuple):
    ngrams: list[tuple[Callable[[str], list[str]], dict[str, int], np.ndarray, np.ndarray]]
    cues: np.ndarray
    encoder: np.ndarray


class IntentModel:
    """Predicts the probability of each intent for clauses."""

    def __init__(self) -> None:
        self.intents: list[str] = []
        self._vectorizers = (_words(), _characters())
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)
        self._rows: dict[str, np.ndarray] = {}

    def _features(self, texts: Sequence[str], *, fit: bool = False) -> csr_matrix:
        texts = [respell(text) for text in texts]
        prepared = [prepare(text) for text in texts]
        parts = [
            vectorizer.fit_transform(prepared) if fit else vectorizer.transform(prepared)
            for vectorizer in self._vectorizers
        ]
        flags = np.array([[1.0 if cue.search(text) else 0.0 for cue in _cues()] for text in prepared], dtype=np.float32)
        vectors = encoder().encode([text or " " for text in texts])
        return hstack([*parts, csr_matrix(flags * CUE_SCALE), csr_matrix(vectors * ENCODER_SCALE)]).tocsr()

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> IntentModel:
        """Learn from examples, one intent a text."""
        features = self._features(texts, fit=True)
        with warnings.catch_warnings():
            # Stopped early on purpose: what comes after learns the examples by heart.
            warnings.simplefilter("ignore", ConvergenceWarning)
            regression = LogisticRegression(C=REGULARISATION, max_iter=STEPS).fit(features, list(intents))
        self.intents = [str(name) for name in regression.classes_]
        self._weights = regression.coef_.astype(np.float32)
        self._bias = regression.intercept_.astype(np.float32)
        self._rows.clear()
        self.__dict__.pop("_blocks", None)
        return self

    def knows_a_word(self, text: str) -> bool:
        """Return whether at least one word of `text` was seen in training (a text without letters: True)."""
        words = [word for word in prepare(respell(text)).split() if word.isalpha() and len(word) > 1]
        return not words or any(word in self._vectorizers[0].vocabulary_ for word in words)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return an array (texts, intents) of probabilities; rows sum to 1.

        The last rows are kept: the pieces of one message come back several times while it is cut into
        questions, and are quicker to encode together than one by one.
        """
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        new = dict(zip(missing, self._probabilities(missing))) if missing else {}
        found = np.array([new[text] if text in new else self._rows[text] for text in texts])
        self._rows = dict([*self._rows.items(), *new.items()][-KEPT_ROWS:])
        return found

    def _probabilities(self, texts: Sequence[str]) -> np.ndarray:
        scores = self._scores(texts) + self._bias
        scores -= scores.max(axis=1, keepdims=True)
        exponentials = np.exp(scores)
        result: np.ndarray = exponentials / exponentials.sum(axis=1, keepdims=True)
        return result

    def _scores(self, texts: Sequence[str]) -> np.ndarray:
        """Return `_features(texts) @ weights`, without matrices of which nearly all is zero."""
        texts = [respell(text) for text in texts]
        prepared = [prepare(text) for text in texts]
        blocks = self._blocks
        scores = np.array([[cue.search(text) is not None for cue in _cues()] for text in prepared]) @ blocks.cues
        scores += encoder().encode([text or " " for text in texts]) @ blocks.encoder
        for analyse, vocabulary, idf, weights in blocks.ngrams:
            for row, text in zip(scores, prepared):
                counts = Counter(found for found in map(vocabulary.get, analyse(text)) if found is not None)
                if counts:
                    columns = np.fromiter(counts, dtype=np.int64)
                    values = (np.log(np.fromiter(counts.values(), dtype=np.float64)) + 1.0) * idf[columns]
                    row += (values / np.sqrt(values @ values)) @ weights[columns]
        return scores

    @cached_property
    def _blocks(self) -> _Blocks:
        """The weights cut by kind of feature, each laid out as it is read (the model must be trained)."""
        weights = np.ascontiguousarray(self._weights.T)
        ngrams = []
        start = 0
        for vectorizer in self._vectorizers:
            end = start + len(vectorizer.vocabulary_)
            ngrams.append((vectorizer.build_analyzer(), vectorizer.vocabulary_, vectorizer.idf_, weights[start:end]))
            start = end
        end = start + len(_cues())
        # In double precision, as scikit-learn computes.
        return _Blocks(ngrams, weights[start:end] * np.float64(CUE_SCALE), weights[end:] * np.float64(ENCODER_SCALE))

    def save(self, folder: Path) -> None:
        """Write the model as model.json and weights.npz."""
        vocabularies = [
            {term: int(index) for term, index in vectorizer.vocabulary_.items()} for vectorizer in self._vectorizers
        ]
        (folder / "model.json").write_text(
            json.dumps(
                {"intents": self.intents, "vocabularies": vocabularies, "cues": [cue.pattern for cue in _cues()]},
                ensure_ascii=False,
            ),
            "utf-8",
        )
        idf = {f"idf{index}": vectorizer.idf_ for index, vectorizer in enumerate(self._vectorizers)}
        np.savez_compressed(folder / "weights.npz", weights=self._weights.astype(np.float16), bias=self._bias, **idf)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read a model written by `save`.

        Raises:
            OSError: the files are missing.
            ValueError: it was trained with other cues (knowledge/topics.yml changed since).
        """
        model = cls()
        described = json.loads((folder / "model.json").read_text("utf-8"))
        if described["cues"] != [cue.pattern for cue in _cues()]:
            raise ValueError("the model was trained with other cues than those of knowledge/topics.yml: train again")
        arrays = np.load(folder / "weights.npz", allow_pickle=False)
        model.intents = described["intents"]
        model._weights = arrays["weights"].astype(np.float32)
        model._bias = arrays["bias"]
        for index, (vectorizer, vocabulary) in enumerate(zip(model._vectorizers, described["vocabularies"])):
            vectorizer.set_params(vocabulary=vocabulary)
            vectorizer.vocabulary_ = vocabulary
            vectorizer.idf_ = arrays[f"idf{index}"]
        return model
