"""How well each entry of a record answers a question, whatever its topic.

The entries are the record's facts; each topic at large (« quels sont les critères ? »); and the topics and points
(aspects of topics.yml) on which the record says nothing.

The clues are listed in CLUES; their weights are fitted by `make fit` on calls other than the one asked about.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from knowledge import thresholds
from knowledge.base.passages.search import PassageIndex
from knowledge.base.records import SILENT, Fact, Record, State
from knowledge.base.topics import load_topics
from knowledge.french.expected import expected_of, fit
from knowledge.french.meaning import Vectors, asked_vector, told_vectors, vector_of
from knowledge.french.stems import stems_of
from knowledge.french.text import content_words, stem
from knowledge.french.word_index import WordIndex
from knowledge.patterns import compile_pattern
from knowledge.places.codes import region
from knowledge.understanding.entries import common_ways, labelled, silences, text_of, topics_at_large, ways_of
from knowledge.understanding.utterance import heard
from knowledge.understanding.weights import load_weights

CLUES = (
    "topic",  # probability of the topic
    "topic_log",  # the same on a scale of ratios, from 0 to 1
    "aspects",  # a cue of one of its points stands in the question
    "words",
    "meaning",
    "asked_words",  # nearness to the ways of asking for its points, whatever the call
    "asked_meaning",
    "own_words",  # nearness to the ways of asking that its record gives for it
    "own_meaning",
    "place",
    "whole",  # the entry is a topic at large
    "silent",  # the entry is a silence of the record
    "not_said",  # the fact says that the document does not say
    "conflict",  # a contradiction is asked about, and the fact is one
    "passage",  # how near the passage is where the fact stands
    "spoken",  # the entry is a silence, and a passage has so much of the question's words
    "told",  # nearness of the fact itself for the second encoder, above the other entries'
    "fits",  # it holds the kind of thing that the question asks for, or lacks it
)
_LEAST = 0.02  # a topic less likely than this is as unlikely as any other

# Ways of saying that a document contradicts itself; on folded text.
_CONTRADICTION = compile_pattern(
    r"\b(contradi|discordan|incoheren|collent pas|colle pas|concili|divergen|ambig|se contred|plusieurs (noms|chiffres"
    r"|versions|qualifications|appellations)|faut il (comprendre|retenir)|lequel (croire|retenir|est le bon))"
)
_PASSAGE_SCALE = 1.5
_SPOKEN_IN = 3  # passages
_HOME = 0.6  # share of a fact's words, by rarity, that a passage has when the fact stands there
_TOLD_SPREAD = 0.05  # the second encoder's nearnesses lie within a tenth

_vectors = Vectors()


class Scored(NamedTuple):
    """An entry with its clues.

    Attributes:
        fact: the fact; for a topic at large, or a point that the record does not mention, a fact without text.
        silent: whether the record says nothing on it.
        whole: whether it is a topic at large.
        score: weighted sum of the clues.
        share: probability that this entry is the one asked for, given that one of the record's is.
        words, meaning: nearness to the fact itself; asked: nearness to the ways of asking for it.
        passage, told, spoken, fits: see CLUES; own: nearness to the ways of asking that the record gives for it.
    """

    fact: Fact
    silent: bool
    whole: bool
    score: float
    share: float
    topic: float
    aspects: int
    words: float
    meaning: float
    asked_words: float
    asked_meaning: float
    passage: float = 0.0
    told: float = 0.0
    spoken: float = 0.0
    fits: float = 0.0
    own: float = 0.0

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact of the record, not a topic at large nor a silence."""
        return not self.silent and not self.whole

    @property
    def near(self) -> float:
        """How near the words and the meaning of the question are, 0 to 1, whatever its topic."""
        return max(self.words + self.meaning, self.asked_words + self.asked_meaning) / 2


class RecordIndex:
    """What is needed to rank the facts of one record."""

    def __init__(self, record: Record, passages: PassageIndex | None = None) -> None:
        self.record = record
        wholes, silent = list(topics_at_large(record)), list(silences(record))
        self.entries = [*record.facts, *wholes, *silent]
        self._kinds = np.array(["fact"] * len(record.facts) + ["whole"] * len(wholes) + ["silent"] * len(silent))
        self._constant = np.column_stack(
            [
                [fact.id == "silent" or kind == "whole" for kind, fact in zip(self._kinds, self.entries)],
                self._kinds == "silent",
                [kind == "fact" and fact.state in SILENT for kind, fact in zip(self._kinds, self.entries)],
            ]
        ).astype(float)
        self._conflicts = np.array([fact.state is State.CONFLICT for fact in self.entries], dtype=float)
        self._topics = [fact.topic for fact in self.entries]
        # The record's own name says which record is meant, not what is asked about it.
        names = [record.short_title, *(name for name in record.aliases if " " not in name)]
        names += [issuer.name for issuer in record.issuers] + [region(code).name for code in record.regions]
        self._names = {stem(word) for name in names for word in content_words(name)}
        self.passages = passages.named(frozenset(self._names)) if passages is not None else None
        texts = [text_of(fact) for fact in self.entries]
        self._texts = WordIndex(texts)
        # What each entry tells; empty for one that says nothing: it neither holds nor lacks what is asked for.
        self._told_texts = [
            text if kind == "fact" and fact.state not in SILENT else ""
            for text, kind, fact in zip(texts, self._kinds, self.entries)
        ]
        ways = [(place, way) for place, fact in enumerate(self.entries) for way in ways_of(fact)]
        self._owners = np.array([place for place, _ in ways], dtype=np.int64)
        self._ways = [way for _, way in ways]
        # Most ways are those of the topics, the same for every record: their vectors are kept and compared once.
        common = common_ways()
        shared = [way in common for way in self._ways]
        self._common, self._own = np.flatnonzero(shared), np.flatnonzero(np.logical_not(shared))
        self._common_rows = np.array([common[self._ways[place]] for place in self._common], dtype=np.int64)

    @cached_property
    def _homes(self) -> list[list[int]]:
        """For each entry, the passages in which it stands: those that have most of its words."""
        assert self.passages is not None
        held = [frozenset(stems_of(item.text)) for item in self.passages.passages]
        return [_homes_of(fact, held, self.passages.rarity) if fact.text else [] for fact in self.entries]

    def _beside_passages(self, question: str) -> tuple[np.ndarray, np.ndarray]:
        """Return how near the passage of each entry is (0 to 1), and what the passages say of each silence (0 to 1)."""
        size = len(self.entries)
        if not self.passages or not len(self.passages):
            return np.zeros(size), np.zeros(size)
        scores = self.passages.scores(question)
        near = np.exp((scores - scores.max()) / _PASSAGE_SCALE)
        homes = np.array([max((near[place] for place in places), default=0.0) for places in self._homes])
        best = np.argsort(-scores)[:_SPOKEN_IN]
        spoken = max(self.passages.coverage(question, int(place)) for place in best)
        return homes, self._constant[:, 1] * spoken

    @cached_property
    def _told(self) -> np.ndarray | None:
        return told_vectors([labelled(fact) for fact in self.entries])

    def _near_told(self, question: str) -> np.ndarray:
        """Return how far above the others each entry is for the second encoder, about 0 to 1; zeros without it."""
        asked = asked_vector(question)
        told = self._told if asked is not None else None
        if told is None or asked is None:
            return np.zeros(len(self.entries))
        near = told @ asked
        return (near - near.mean()) / _TOLD_SPREAD

    @cached_property
    def _way_words(self) -> WordIndex:
        return WordIndex(self._ways)

    @cached_property
    def _meanings(self) -> tuple[np.ndarray, np.ndarray]:
        """Vectors of the facts, and of the ways of asking that are this record's own."""
        own = [self._ways[place] for place in self._own]
        found = _vectors.of([*map(labelled, self.entries), *own])
        return found[: len(self.entries)], found[len(self.entries) :]

    def _near_ways(self, core: str) -> np.ndarray:
        """Return how near the meaning of a question is to each way of asking."""
        near = np.zeros(len(self._ways))
        near[self._common] = _near_common(core)[self._common_rows]
        near[self._own] = np.clip(self._meanings[1] @ vector_of(core), 0.0, 1.0)
        return near

    def warm_up(self) -> None:
        """Compute what the first question would wait for."""
        if self.entries:
            self.clues("?", {})

    def clues(self, question: str, probabilities: Mapping[str, float], *, told: bool = True) -> np.ndarray:
        """Return an array (entries, CLUES); `told`: ask the second encoder as well."""
        said = heard(question)
        question, core = said.written, said.core
        stems = set(stems_of(core, self.passages.abbreviations if self.passages else None))
        stems = stems - self._names or stems
        facts, vector = self._meanings[0], vector_of(core)
        asked = np.column_stack([self._way_words.cosines(stems), self._near_ways(core)])
        best = [self._best_of(asked, places) for places in (self._common, self._own)]
        aimed = _asked(question)
        topics = np.array([probabilities.get(topic, 0.0) for topic in self._topics])
        cues = np.array([bool(aimed[fact.topic] & set(fact.aspects)) for fact in self.entries], dtype=float)
        return np.column_stack(
            [
                topics,
                np.log(np.maximum(topics, _LEAST) / _LEAST) / math.log(1 / _LEAST),
                cues,
                self._texts.shares(stems),
                np.clip(facts @ vector, 0.0, 1.0),
                *best,
                _at_places(self.entries, said.departments),
                self._constant,
                self._conflicts * bool(_CONTRADICTION.search(said.folded)),
                *self._beside_passages(question),
                self._near_told(core) if told else np.zeros(len(self.entries)),
                self._fits(question),
            ]
        )

    def _fits(self, question: str) -> np.ndarray:
        """Return, for each fact that says something, whether it holds what the question asks for (-1 to 1)."""
        expected = expected_of(question)
        return np.array([fit(expected, text) if text else 0.0 for text in self._told_texts])

    def _best_of(self, asked: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return, for each entry, the nearest of some of its ways of asking: an array (entries, 2)."""
        best = np.zeros((len(self.entries), 2))
        if len(places):
            # The ways are in the order of their entries.
            owners, starts = np.unique(self._owners[places], return_index=True)
            best[owners] = np.maximum.reduceat(asked[places], starts)
        return best

    def rank(self, question: str, probabilities: Mapping[str, float]) -> list[Scored]:
        """Return the entries, best first; `probabilities` are those of topics (absent: 0)."""
        if not self.entries:
            return []
        clues = self.clues(question, probabilities, told=False)
        weights = _weights()
        scores = clues @ weights
        if _leading(scores) < thresholds.SURE_WITHOUT_SECOND:
            clues[:, CLUES.index("told")] = self._near_told(heard(question).core)
            scores = clues @ weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        kinds = self._kinds.tolist()
        rows = [dict(zip(CLUES, row)) for row in clues.tolist()]
        values, parts = scores.tolist(), shares.tolist()
        return [
            Scored(
                self.entries[place],
                silent=kinds[place] == "silent",
                whole=kinds[place] == "whole",
                score=values[place],
                share=parts[place],
                topic=row["topic"],
                aspects=int(row["aspects"]),
                words=row["words"],
                meaning=row["meaning"],
                asked_words=max(row["asked_words"], row["own_words"]),
                asked_meaning=max(row["asked_meaning"], row["own_meaning"]),
                passage=row["passage"],
                told=row["told"],
                spoken=row["spoken"],
                fits=row["fits"],
                own=max(row["own_words"], row["own_meaning"]),
            )
            for place in np.argsort(-scores, kind="stable").tolist()
            for row in (rows[place],)
        ]

    def is_silence(self, place: int) -> bool:
        """Return whether the entry at `place` says that the record does not say."""
        return bool(self._constant[place, 1] or self._constant[place, 2])


@lru_cache(maxsize=1)
def _weights() -> np.ndarray:
    return np.array([load_weights().ranking[name] for name in CLUES])


def _leading(scores: np.ndarray) -> float:
    """Return the probability of the best entry, 0 to 1."""
    shares = np.exp(scores - scores.max())
    return float(1.0 / shares.sum())


@lru_cache(maxsize=256)
def index_of(record: Record, passages: PassageIndex | None = None) -> RecordIndex:
    """Return the index of a record's facts, made once."""
    return RecordIndex(record, passages)


def _homes_of(fact: Fact, held: Sequence[frozenset[str]], rarity: Mapping[str, float]) -> list[int]:
    stems = frozenset(stems_of(fact.as_printed or fact.text or ""))
    total = sum(rarity.get(word, 0.0) for word in stems)
    shares = [sum(rarity.get(word, 0.0) for word in stems & words) / (total or 1.0) for words in held]
    return [place for place, share in enumerate(shares) if share >= _HOME]


@lru_cache(maxsize=1)
def _common_vectors() -> np.ndarray:
    return Vectors().of(list(common_ways()))


@lru_cache(maxsize=64)
def _near_common(core: str) -> np.ndarray:
    """Return how near a question is to each common way of asking: the same for every record ranked for it."""
    near: np.ndarray = np.clip(_common_vectors() @ vector_of(core), 0.0, 1.0)
    return near


def _at_places(facts: Sequence[Fact], named: frozenset[str]) -> list[float]:
    """Return 1 for the facts that hold for a département named only, -1 for those that hold elsewhere only."""
    if not named:
        return [0.0] * len(facts)
    return [(1.0 if named & set(fact.scope.departments) else -1.0) if fact.scope.departments else 0.0 for fact in facts]


@lru_cache(maxsize=64)
def _asked(question: str) -> dict[str, frozenset[str]]:
    """The aspects that a question aims at, by topic: the same for every record that is ranked for it."""
    return {topic_id: frozenset(topic.asked_aspects(question)) for topic_id, topic in load_topics().items()}
