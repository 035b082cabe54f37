"""The questions of a mail, wherever and however they are asked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from bot.mail.questions import LONGEST, MOST, find_questions, pointed_at, statements

CASES = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"].replace(" ", "-"))
def test_questions_are_found_in_order(case: dict) -> None:
    found = find_questions(case.get("subject", ""), case["text"])
    assert [asked.text for asked in found] == case["asks"]


def test_what_was_said_before_comes_with_the_question() -> None:
    text = "Bonjour,\n\nJe dirige un EHPAD à Rouen. Sommes-nous éligibles ? Et jusqu'à quand candidater ?"
    first, second = find_questions("", text)
    assert "EHPAD à Rouen" in first.context and second.context == ""
    assert statements(text).endswith("Je dirige un EHPAD à Rouen.")


@pytest.mark.parametrize(
    ("follow_up", "asked"),
    [
        ("Merci, et pour le deuxième point ?", "À quelle adresse les envoyer ?"),
        ("et la 1ère question ?", "Quelles pièces joindre ?"),
        ("et le quatrième point ?", None),
        ("Quelles pièces joindre ?", None),
    ],
)
def test_a_follow_up_names_an_earlier_question_by_its_rank(follow_up: str, asked: str | None) -> None:
    earlier = (
        "> Bonjour,\n> Voici la réponse.\n>\n> > 1) Quelles pièces joindre ?\n> > 2) À quelle adresse les envoyer ?"
    )
    found = pointed_at(follow_up, earlier)
    assert (found.text if found else None) == asked


@pytest.mark.parametrize(
    "text",
    [
        "?" * 100_000,
        "a " * 50_000,
        "quelle " * 14_000,
        "1) a\n" * 20_000,
        "Est-ce que " * 9_000 + "?",
        "(((((" * 20_000,
    ],
)
def test_hostile_texts_take_a_bounded_time(text: str) -> None:
    began = time.perf_counter()
    found = find_questions("", text)
    assert time.perf_counter() - began < 5
    assert len(found) <= MOST and all(len(asked.text) <= LONGEST for asked in found)
