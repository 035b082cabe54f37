"""Figures of the whole base answer by themselves."""

from __future__ import annotations

import pytest
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.base.marks import marks_in
from knowledge.understanding.choice import Context
from knowledge.understanding.question import Question


def _answer(assistant: Assistant, text: str, record_id: str | None = None, topic: str = "definition") -> str:
    question = Question(text, topic, assistant.mentions(text), {topic: 0.6})
    return assistant.reply(question, Context(record_id=record_id), NOON).answers[0].text


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("277 c'est quoi ?", ("277",)),
        ("69 dossiers, combien de financés ?", ("69 dossie",)),
        ("notre EHPAD de 69 lits peut-il candidater ?", ()),
        ("c'était en 2018 ?", ()),
        ("à quoi correspond le chiffre 69 dans vos documents", ("69",)),
        ("et 69 ?", ("69",)),
        ("dans le 69", ()),
        ("le 28 juin", ()),
        ("le département 69 est-il concerné par l'appel ?", ()),
    ],
)
def test_a_figure_is_a_mark_with_what_it_counts_or_alone(text: str, marks: tuple[str, ...]) -> None:
    assert marks_in(text, {"277", "69", "69 dossie", "28", "2018"}) == marks


@pytest.mark.parametrize("record_id", [None, "la-reunion-2022"])
def test_a_figure_of_another_record_is_explained_from_it(record_id: str | None, loaded: Assistant) -> None:
    assert _answer(loaded, "277 c'est quoi ?", record_id).split("\n")[1].startswith("• 277 établissements")
    assert "60" in _answer(loaded, "69 dossiers, combien de financés ?", record_id, "results")
    assert "69" in _answer(loaded, "et 69 ?", record_id, "context")


def test_a_number_that_counts_something_else_stays_what_it_was(loaded: Assistant) -> None:
    assert not loaded.mentions("notre EHPAD de 69 lits").marks
    assert not loaded.mentions("notre EHPAD est dans le 69").marks
    assert [place.text for place in loaded.mentions("notre EHPAD est dans le 69").places] == ["69"]
