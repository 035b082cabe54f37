"""Each reading alone: what it changes, and what it leaves as it is."""

from __future__ import annotations

import pytest
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.places.finding import find_places
from knowledge.understanding import utterance
from knowledge.understanding.choice import Context
from knowledge.understanding.question import Question
from knowledge.understanding.readings import (
    asked_of_a_place,
    completed,
    corrected,
    hinted_by_day,
    hinted_by_establishment,
    moved_elsewhere,
    of_the_one_in_hand,
    read,
    with_its_own_topic,
    with_no_term,
)


def _asked(assistant: Assistant, text: str, topic: str, **likely: float) -> Question:
    return Question(text, topic, assistant.mentions(text), likely)


@pytest.mark.parametrize(
    ("text", "said", "likely", "expected"),
    [
        (
            "et leurs noms ?",
            "combien d'établissements pilotes",
            0.3,
            "combien d'établissements pilotes et leurs noms ?",
        ),
        ("et leurs noms ?", None, 0.3, "et leurs noms ?"),
        ("et leurs noms ?", "combien d'établissements", 0.9, "et leurs noms ?"),
        ("et à Caen ?", "combien d'établissements", 0.3, "et à Caen ?"),
        ("qui choisit les lauréats du dispositif", "combien ?", 0.3, "qui choisit les lauréats du dispositif"),
    ],
)
def test_a_question_of_hardly_a_word_is_read_with_the_one_before(
    text: str, said: str | None, likely: float, expected: str, loaded: Assistant
) -> None:
    question = _asked(loaded, text, "results", results=likely)
    assert completed(question, Context(said=said), loaded.base).text == expected


@pytest.mark.parametrize(
    ("text", "topic", "expected"),
    [
        ("qui candidate à La Réunion", "context", "eligibility"),
        ("et à La Réunion ?", "context", "context"),
        ("qui candidate à La Réunion", "deadline", "deadline"),
    ],
)
def test_a_place_with_words_of_its_own_is_a_question(text: str, topic: str, expected: str, loaded: Assistant) -> None:
    question = _asked(loaded, text, topic, context=0.6, eligibility=0.3)
    assert asked_of_a_place(question, Context(), loaded.base).topic == expected


@pytest.mark.parametrize(
    ("reading", "text", "topic", "context", "expected"),
    [
        (with_no_term, "c'est quoi cette histoire d'argent", "definition", Context(), "funding"),
        (with_no_term, "c'est quoi cette histoire d'argent", "deadline", Context(), "deadline"),
        (moved_elsewhere, "et pour la Normandie ?", "deadline", Context(), "context"),
        (moved_elsewhere, "quel argent pour la Normandie ?", "deadline", Context(), "deadline"),
        (with_its_own_topic, "quel argent pour Caen", "context", Context(), "funding"),
        (with_its_own_topic, "quel argent pour Caen", "context", Context(topic="deadline"), "context"),
        (corrected, "je demandais pour les sessions", "overview", Context(topic="support"), "support"),
        (corrected, "je demandais pour les sessions", "overview", Context(), "overview"),
        (corrected, "je demandais pour les sessions ?", "overview", Context(topic="support"), "overview"),
        (of_the_one_in_hand, "notre service vient d'ouvrir", "list", Context(record_id="normandie-2024"), "funding"),
        (of_the_one_in_hand, "notre service vient d'ouvrir", "list", Context(), "list"),
        (of_the_one_in_hand, "quels appels en ce moment", "list", Context(record_id="normandie-2024"), "list"),
    ],
)
def test_a_topic_is_read_again(
    reading: object, text: str, topic: str, context: Context, expected: str, loaded: Assistant
) -> None:
    question = _asked(loaded, text, topic, funding=0.3)
    assert reading(question, context, loaded.base).topic == expected  # type: ignore[operator]


@pytest.mark.parametrize(
    ("reading", "text", "topic", "sure", "hinted"),
    [
        (hinted_by_establishment, "une crèche à Caen ça passe", "eligibility", 0.3, True),
        (hinted_by_establishment, "une crèche à Caen ça passe", "eligibility", 0.7, False),
        (hinted_by_establishment, "ça passe", "eligibility", 0.3, False),
        (hinted_by_day, "on m'a dit le 5 septembre", "deadline", 0.3, True),
        (hinted_by_day, "on m'a dit en septembre", "deadline", 0.3, False),
    ],
)
def test_what_is_named_hints_at_a_topic_that_nothing_makes_sure(
    reading: object, text: str, topic: str, sure: float, hinted: bool, loaded: Assistant
) -> None:
    question = _asked(loaded, text, "overview", overview=sure)
    after = reading(question, Context(), loaded.base)  # type: ignore[operator]
    assert (after.probabilities.get(topic, 0.0) > 0) is hinted and after.topic == "overview"


def test_the_readings_that_changed_a_question_are_kept(loaded: Assistant) -> None:
    context = Context(topic="support", record_id="la-reunion-2022")
    question = _asked(loaded, "je demandais pour les sessions", "overview", overview=0.3)
    assert read(question, context, loaded.base)[1] == ("corrected",)
    assert loaded.reply(question, context, NOON).readings == ("corrected",)


def test_the_places_of_a_message_are_looked_for_once(loaded: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reader of a message in a process shares one utterance: the same words are not searched again."""
    searched: list[str] = []

    def counted(text: str) -> list[object]:
        searched.append(text)
        return find_places(text)  # type: ignore[return-value]

    monkeypatch.setattr(utterance, "find_places", counted)
    utterance.heard.cache_clear()
    text = "jusqu'à quand peut-on candidater pour un SSIAD près de Granville ?"
    question = _asked(loaded, text, "deadline", deadline=0.5)
    loaded.reply(question, Context(), NOON)
    assert searched == [text]
