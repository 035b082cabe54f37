"""The same thing asked of several calls: one line each, those that say something first, on the point asked only."""

from __future__ import annotations

import pytest
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.understanding.choice import Context
from knowledge.understanding.question import Question
from knowledge.wording.values import Decision


@pytest.mark.parametrize("text", ["lequel est gratuit ?", "c'est gratuit dans les trois appels ?"])
def test_a_question_on_which_call_is_answered_call_by_call(text: str, loaded: Assistant) -> None:
    question = Question(text, "funding", loaded.mentions(text), {"funding": 0.9})
    answer = loaded.reply(question, Context(), NOON).answers[0]
    assert answer.decision is Decision.SEVERAL
    assert "gratuit" in answer.lead and answer.text.split("\n")[1].endswith(answer.lead)
    assert len(answer.points) == 2


def test_a_guide_in_hand_is_none_of_the_calls(loaded: Assistant) -> None:
    question = Question("lequel est gratuit ?", "funding", loaded.mentions("lequel est gratuit ?"), {"funding": 0.9})
    answer = loaded.reply(question, Context(record_id="guide-dgcs-2021"), NOON).answers[0]
    assert answer.decision is Decision.SEVERAL and "gratuit" in answer.lead


def test_a_comparison_on_one_point_says_that_point_only(loaded: Assistant) -> None:
    text = "comparez la date limite de La Réunion et des Hauts-de-France"
    question = Question(text, "compare", loaded.mentions(text), {"compare": 0.7, "deadline": 0.25})
    answer = loaded.reply(question, Context(), NOON).answers[0]
    assert "5 septembre 2022" in answer.text and "28 juin 2019" in answer.text
    assert len(answer.text.split("\n")) == 3


def test_a_comparison_at_large_keeps_every_point(loaded: Assistant) -> None:
    text = "comparez La Réunion et les Hauts-de-France"
    question = Question(text, "compare", loaded.mentions(text), {"compare": 0.97})
    assert len(loaded.reply(question, Context(), NOON).answers[0].text.split("\n")) > 8
