"""Rewriting a question from the conversation and from what it names: small named steps, in order, each tested alone.

A reading takes the question, what the conversation has in hand and the base, and returns the question as it is, or another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import thresholds
from knowledge.base.catalogue import Snapshot
from knowledge.base.topics import load_topics
from knowledge.understanding.choice import Context
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.lexicon import Mentions
from knowledge.understanding.question import (
    Question,
    asks_of_each,
    asks_which_calls,
    is_correction,
    is_follow_up,
    names_a_day,
)
from knowledge.understanding.utterance import heard

Reading = Callable[[Question, Context, Snapshot], Question]

# A question of so few words, on no sure topic, is read with the one before.
ELLIPSIS = 2
# Topics that a plain list of calls answers.
_NOT_A_TOPIC = {"context", "definition", "list", "compare"}
_LIST_ITSELF = {"overview", "eligibility", "territory", "next_edition", "guide"}


def completed(question: Question, context: Context, base: Snapshot) -> Question:
    """Read a question that says next to nothing (« et leurs noms ? ») with the one before."""
    words = heard(question.text).words
    unsure = max(question.probabilities.values(), default=1.0) < thresholds.ELLIPSIS_UNDER
    named = question.mentions.places or question.mentions.records or question.mentions.years
    if context.said and words and len(words) <= ELLIPSIS and unsure and not named:
        return replace(question, text=f"{context.said} {question.text}")
    return question


def asked_of_a_place(question: Question, context: Context, base: Snapshot) -> Question:
    """A place with words of its own (« qui candidate à La Réunion ») is a question, not a change of place."""
    if question.topic != "context" or not question.text or is_follow_up(question.text, question.mentions):
        return question
    likely = _likeliest(question)
    if question.probabilities.get(likely, 0.0) < thresholds.PLACE_HINT:
        return question
    rest = max(1.0 - question.probabilities.get("context", 0.0), thresholds.PLACE_HINT)
    known = {topic: value / rest for topic, value in question.probabilities.items() if topic != "context"}
    return replace(question, topic=likely, probabilities=known)


def of_a_figure(question: Question, context: Context, base: Snapshot) -> Question:
    """« Et 69 ? » asks about the figure, whatever it was taken for: a place, a meaning, a list."""
    if question.mentions.marks and question.topic in _NOT_A_TOPIC:
        return replace(question, topic=_likeliest(question))
    return question


def with_no_term(question: Question, context: Context, base: Snapshot) -> Question:
    """With no term to define, a question is about the next likely topic."""
    return _on_its_next_topic(question) if question.topic == "definition" else question


def hinted_by_establishment(question: Question, context: Context, base: Snapshot) -> Question:
    """« Crèche à Rouen, ça passe ? » is about who can apply."""
    return _perhaps_on(question, "eligibility") if question.mentions.establishments else question


def hinted_by_day(question: Question, context: Context, base: Snapshot) -> Question:
    """« On m'a dit le 5 septembre » is about the deadline."""
    return _perhaps_on(question, "deadline") if names_a_day(question.text) else question


def moved_elsewhere(question: Question, context: Context, base: Snapshot) -> Question:
    """« Et pour Lille ? » asks the question before again, there."""
    if question.text and not question.mentions.marks and is_follow_up(question.text, question.mentions):
        return replace(question, topic="context")
    return question


def with_its_own_topic(question: Question, context: Context, base: Snapshot) -> Question:
    """With no topic in hand, a place named with other words is a question: give it its next likely topic."""
    if question.topic != "context" or context.topic is not None or not question.text:
        return question
    if is_follow_up(question.text, question.mentions):
        return question
    likely = _likeliest(question)
    return replace(question, topic=likely) if question.probabilities.get(likely, 0.0) >= thresholds.HINT else question


def corrected(question: Question, context: Context, base: Snapshot) -> Question:
    """« Je demandais pour les sessions » : the words are new, the topic is that of the question before."""
    corrects = is_correction(question.text) and (not question.sure or bool(question.mentions.places))
    if context.topic in load_topics() and corrects and "?" not in question.text:
        return replace(question, topic=context.topic or "", probabilities={context.topic or "": 1.0})
    return question


def of_the_one_in_hand(question: Question, context: Context, base: Snapshot) -> Question:
    """What looks like a wish for a list is asked on the page of a call (« notre service a ouvert en 2024 »)."""
    named = question.mentions.records or question.mentions.places
    if question.topic != "list" or not question.text or not context.record_id or named or question.sure:
        return question
    if asks_which_calls(question.text) or asks_of_each(question.text):
        return question
    return _on_its_next_topic(question)


FIRST_READINGS: tuple[Reading, ...] = (asked_of_a_place, completed)
"""What makes a question complete: before asking whether it is about the meaning of a term."""
READINGS: tuple[Reading, ...] = (
    of_a_figure,
    with_no_term,
    hinted_by_establishment,
    hinted_by_day,
    moved_elsewhere,
    with_its_own_topic,
    corrected,
    of_the_one_in_hand,
)
"""In the order in which they are tried, once it asks for no meaning."""


def read(
    question: Question, context: Context, base: Snapshot, readings: Sequence[Reading] = READINGS
) -> tuple[Question, tuple[str, ...]]:
    """Return a question once read, with the names of the readings that changed it."""
    fired: list[str] = []
    for reading in readings:
        after = reading(question, context, base)
        if after is not question:
            fired.append(reading.__name__)
        question = after
    return question, tuple(fired)


def listed_topic(question: Question, found: Sequence[Evidence]) -> str | None:
    """Return the topic on which each call of a list is asked (« la date limite de chacun »), or None."""
    topics = [topic for topic in load_topics() if topic not in _LIST_ITSELF]
    likely = max(topics, key=lambda topic: question.probabilities.get(topic, 0.0))
    if question.probabilities.get(likely, 0.0) >= thresholds.LISTED_TOPIC:
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
    return best.fact.topic if best and best.near >= thresholds.LISTED_NEAR else None


def with_places(context: Context, mentions: Mentions) -> Context:
    """Return the context with the places and kinds of establishment that a question names."""
    if mentions.establishments:
        context = replace(context, establishments=mentions.establishments)
    if mentions.regions:
        context = replace(context, regions=mentions.regions)
    return context


def _likeliest(question: Question) -> str:
    return max(load_topics(), key=lambda topic: question.probabilities.get(topic, 0.0))


def _on_its_next_topic(question: Question) -> Question:
    likely = _likeliest(question)
    known = question.probabilities.get(likely, 0.0) >= thresholds.HINT
    return replace(question, topic=likely if known else "overview")


def _perhaps_on(question: Question, topic: str) -> Question:
    if any(value >= thresholds.HINTED_UNDER for value in question.probabilities.values()):
        return question
    known = question.probabilities.get(topic, 0.0)
    return replace(question, probabilities={**question.probabilities, topic: max(known, thresholds.HINTED)})
