"""Which facts of a topic answer a question best: by the points it aims at, then by shared words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.records import Fact, State
from knowledge.text import content_words, stem
from knowledge.topics import load_topics


@dataclass(frozen=True)
class Relevant:
    """Facts that aim at what is asked, the others, and the points asked that no fact answers."""

    aimed: tuple[Fact, ...]
    others: tuple[Fact, ...]
    missing: tuple[str, ...]


def shared_words(question: str, fact: Fact) -> int:
    """Return how many different words (by stem) the question shares with the fact."""
    words = {stem(word) for word in content_words(question)}
    printed = " ".join(
        filter(None, (fact.text, fact.short, fact.as_printed, *fact.keywords, *(item.text for item in fact.readings)))
    )
    return len(words & {stem(word) for word in content_words(printed)})


def sort_out(facts: Sequence[Fact], topic_id: str, question: str) -> Relevant:
    """Return the facts of a topic sorted by how well they answer `question`."""
    asked = load_topics()[topic_id].asked_aspects(question)
    answered = {aspect for fact in facts for aspect in fact.aspects}
    overlap = {fact.id: shared_words(question, fact) for fact in facts}
    best = max(overlap.values(), default=0)
    aimed = [
        fact
        for fact in facts
        if set(fact.aspects) & set(asked) or (best >= 2 and overlap[fact.id] == best)
    ]
    aimed.sort(key=lambda fact: (-len(set(fact.aspects) & set(asked)), -overlap[fact.id]))
    others = [fact for fact in facts if fact not in aimed]
    # Silence about a point adds nothing when it was not asked for.
    others.sort(key=lambda fact: fact.state in {State.NOT_STATED, State.UNKNOWN})
    return Relevant(tuple(aimed), tuple(others), tuple(aspect for aspect in asked if aspect not in answered))
