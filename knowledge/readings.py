"""Rewriting a question from the conversation and from what it names, one small reading at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.choice import Context
from knowledge.evidence import Evidence
from knowledge.lexicon import Mentions
from knowledge.question import Question, asks_of_each, is_follow_up
from knowledge.text import content_words
from knowledge.topics import load_topics

HINT = 0.05
# What is named (a kind of establishment, a day) hints at a topic when none is likelier than the first figure.
HINTED_UNDER = 0.6
HINTED = 0.4
# A list whose question is this likely about a topic too says for each call what it says on it.
LISTED_TOPIC = 0.12
LISTED_NEAR = 0.45
# A question of so few words, on no sure topic, is read with the one before, of which so much is kept.
ELLIPSIS = 2
ELLIPSIS_UNDER = 0.6
# Topics that a plain list of calls answers.
_LIST_ITSELF = {"overview", "eligibility", "territory", "next_edition", "guide"}


def with_its_own_topic(question: Question) -> Question:
    """With no topic in hand, a place named with other words is a question: give it its next likely topic."""
    if not question.text or is_follow_up(question.text, question.mentions):
        return question
    likely = max(load_topics(), key=lambda topic: question.probabilities.get(topic, 0.0))
    return replace(question, topic=likely) if question.probabilities.get(likely, 0.0) >= HINT else question


def completed(question: Question, context: Context) -> Question:
    """Read a question that says next to nothing (« et leurs noms ? ») with the one before."""
    words = content_words(question.text)
    unsure = max(question.probabilities.values(), default=1.0) < ELLIPSIS_UNDER
    named = question.mentions.places or question.mentions.records or question.mentions.years
    if context.said and words and len(words) <= ELLIPSIS and unsure and not named:
        return replace(question, text=f"{context.said} {question.text}")
    return question


def listed_topic(question: Question, found: Sequence[Evidence]) -> str | None:
    """Return the topic on which each call of a list is asked (« la date limite de chacun »), or None."""
    topics = [topic for topic in load_topics() if topic not in _LIST_ITSELF]
    likely = max(topics, key=lambda topic: question.probabilities.get(topic, 0.0))
    if question.probabilities.get(likely, 0.0) >= LISTED_TOPIC:
        return likely
    first = [item for evidence in found for item in evidence.ranked[:1] if item.fact.topic in topics]
    if asks_of_each(question.text):
        shares = Counter[str]()
        for evidence in found:
            shares.update(
                {item.fact.topic: item.share for item in reversed(evidence.ranked) if item.fact.topic in topics}
            )
        return max(shares, key=shares.__getitem__, default=None)
    best = max(first, key=lambda item: item.score, default=None)
    return best.fact.topic if best and best.near >= LISTED_NEAR else None


def on_its_next_topic(question: Question) -> Question:
    """With no term to define, a question is about the next likely topic."""
    likely = max(load_topics(), key=lambda topic: question.probabilities.get(topic, 0.0))
    known = question.probabilities.get(likely, 0.0) >= HINT
    return replace(question, topic=likely if known else "overview")


def perhaps_on(question: Question, topic: str) -> Question:
    """What an unclear question names (« crèche à Rouen, ça passe ? ») hints at a topic."""
    if any(value >= HINTED_UNDER for value in question.probabilities.values()):
        return question
    known = question.probabilities.get(topic, 0.0)
    return replace(question, probabilities={**question.probabilities, topic: max(known, HINTED)})


def with_places(context: Context, mentions: Mentions) -> Context:
    if mentions.establishments:
        context = replace(context, establishments=mentions.establishments)
    if mentions.regions:
        context = replace(context, regions=mentions.regions)
    return context
