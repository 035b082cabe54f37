"""How well each fact of a record answers a question, whatever its topic.

Four clues are added: the probability that the intent model gives to the fact's topic, the precise points
(aspects) that the question aims at, the rare words that both share, and the nearness of their meanings
(cosine of a sentence encoder). The weights were tuned on the questions of tests/questions; `make evaluate` checks them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from knowledge.meaning import Vectors, vector_of
from knowledge.places import find_places
from knowledge.records import Fact, Record
from knowledge.territory import region
from knowledge.text import content_words, stem
from knowledge.topics import load_topics

TOPIC_WEIGHT = 1.0
ASPECT_WEIGHT = 0.35
WORDS_WEIGHT = 1.0
MEANING_WEIGHT = 0.9
# What a fact must share with a question to speak in place of a topic on which the record is silent.
SPEAKS_WORDS = 0.35
SPEAKS_MEANING = 0.35
# From this probability the model's topic stands, whatever the facts suggest (they may still speak first).
TRUSTED_TOPIC = 0.55
# … and from this one, even the record's silence on it.
CERTAIN_TOPIC = 0.85


_vectors = Vectors()


@dataclass(frozen=True)
class Scored:
    """A fact with its clues; `score` is their weighted sum."""

    fact: Fact
    score: float
    topic: float
    aspects: int
    words: float
    meaning: float


class RecordIndex:
    """What is needed to rank the facts of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        # The record's own name says which record is meant, not what is asked about it.
        names = [record.short_title, *(name for name in record.aliases if " " not in name)]
        names += [issuer.name for issuer in record.issuers] + [region(code).name for code in record.regions]
        self._names = {stem(word) for name in names for word in content_words(name)}
        self._stems = [frozenset(stem(word) for word in content_words(_text(fact))) for fact in record.facts]
        counts = Counter(item for stems in self._stems for item in stems)
        total = len(self._stems) + 1
        self._weight = {item: math.log(total / count) + 0.2 for item, count in counts.items()}
        self._unknown = math.log(total) + 0.2

    @cached_property
    def _vectors(self) -> np.ndarray:
        return _vectors.of([_plain(fact) for fact in self.record.facts])

    def rank(self, question: str, probabilities: Mapping[str, float]) -> list[Scored]:
        """Return the facts, best first; `probabilities` are those of topics (absent: 0)."""
        if not self.record.facts:
            return []
        asked = _asked(question)
        core = _without_places(question)
        stems = {stem(word) for word in content_words(core)}
        stems = stems - self._names or stems
        whole = sum(self._weight.get(item, self._unknown) for item in stems) or 1.0
        meanings = self._vectors @ vector_of(core)
        scored = []
        for fact, own, meaning in zip(self.record.facts, self._stems, meanings):
            words = sum(self._weight[item] for item in stems & own) / whole
            aspects = len(asked[fact.topic] & set(fact.aspects))
            topic = probabilities.get(fact.topic, 0.0)
            score = (
                TOPIC_WEIGHT * topic
                + ASPECT_WEIGHT * min(aspects, 2) * (0.3 + 0.7 * topic)
                + WORDS_WEIGHT * words
                + MEANING_WEIGHT * float(meaning)
            )
            scored.append(Scored(fact, score, topic, aspects, words, float(meaning)))
        return sorted(scored, key=lambda item: -item.score)


@lru_cache(maxsize=256)
def index_of(record: Record) -> RecordIndex:
    """Return the index of a record's facts, made once."""
    return RecordIndex(record)


def _without_places(question: str) -> str:
    for place in reversed(find_places(question)):
        question = question[: place.start] + question[place.end :]
    return question


@lru_cache(maxsize=64)
def _asked(question: str) -> dict[str, frozenset[str]]:
    """The aspects that a question aims at, by topic: the same for every record that is ranked for it."""
    return {topic_id: frozenset(topic.asked_aspects(question)) for topic_id, topic in load_topics().items()}


def _text(fact: Fact) -> str:
    readings = (reading.text for reading in fact.readings)
    return " ".join(filter(None, (fact.text, fact.short, fact.as_printed, fact.scope.label, *fact.keywords, *readings)))


def _plain(fact: Fact) -> str:
    return fact.text or fact.short or " ".join(reading.text or "" for reading in fact.readings)


def best_topic(scored: Sequence[Scored], likely: str, probabilities: Mapping[str, float]) -> str:
    """Return the topic that the clues point at together.

    `likely` is the model's; a fact of another topic wins when its score beats every fact of that topic.
    """
    if not scored:
        return likely
    best = scored[0]
    sure = probabilities.get(likely, 0.0)
    if likely not in {item.fact.topic for item in scored}:
        # The record is silent on the likely topic: only a fact near on both counts may speak instead.
        near = best.words >= SPEAKS_WORDS and best.meaning >= SPEAKS_MEANING and sure < CERTAIN_TOPIC
        return best.fact.topic if near else likely
    if best.fact.topic == likely or sure >= TRUSTED_TOPIC:
        return likely
    return best.fact.topic
