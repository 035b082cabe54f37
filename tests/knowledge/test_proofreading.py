"""What is seen in a record whose form is right: dates that differ, names taken, words that age, people."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.base.loader import FOLDER, read_folder
from knowledge.base.proofreading import names_of, warnings_of
from knowledge.base.reading import record_from
from knowledge.base.schema import check_content

VALID: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "valid_record.yml").read_text("utf-8"))


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(VALID), **fields}


def with_deadline(text: str, **value: Any) -> dict[str, Any]:
    content = changed()
    typed = {"type": "deadline", "date": "2027-03-15", "inclusive": True, "basis": "filing", **value}
    content["facts"] = {"deadline": [{"id": "closing", "text": text, "value": typed}]}
    content.pop("eligibility", None)
    content["opening"], content["years"] = "2027-01-11", [2027]
    return content


def faults(content: dict[str, Any]) -> list[str]:
    return [problem.message for problem in check_content(content, Path("fiche.yml"))]


def test_a_date_that_the_text_contradicts_is_refused() -> None:
    assert any("le texte dit le 12 mars 2027" in message for message in faults(with_deadline("Avant le 12 mars 2027")))
    assert not faults(with_deadline("Ouvert le 1er février 2027, clos le 15 mars 2027"))
    assert not faults(with_deadline("À la mi-mars"))


def test_a_call_that_closes_before_it_opens_is_refused() -> None:
    content = with_deadline("Le 15 mars 2027")
    content["opening"] = "2027-04-01"
    assert any("vient après la clôture" in message for message in faults(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_deadline("Le 15 mars 2027", time="00:00"), "23:59"),
        (with_deadline("Le 15 mars 2027 à 14 h"), "time"),
        (with_deadline("Encore possible de candidater jusqu'au 15 mars 2027"), "calcule"),
        (with_deadline("Voir ci-dessous, 15 mars 2027"), "ne désigne rien"),
        (with_deadline("Le 15 mars 2027, appelez Mme Durand au 02 31 70 96 96"), "personne"),
        ({**with_deadline("Le 15 mars 2027"), "years": [2031]}, "année"),
        ({**with_deadline("Le 15 mars 2027"), "establishment_kinds": ["hopitaux"]}, "catégorie"),
    ],
)
def test_what_is_worth_a_second_look_is_said(content: dict[str, Any], said: str) -> None:
    assert any(said in warning for warning in warnings_of(content, {}))


def test_a_name_taken_by_another_record_is_told() -> None:
    records = [(item.id, item.content) for item in read_folder(FOLDER) if "facts" in item.content]
    content = changed(aliases=[records[0][1]["short_title"]])
    (warning,) = [item for item in warnings_of(content, names_of(records)) if "est déjà un nom" in item]
    assert records[0][0] in warning


def test_an_hour_that_is_typed_answers_its_point_without_being_told() -> None:
    content = with_deadline("Le 15 mars 2027 à 14 h", time="14:00")
    (fact,) = record_from("bretagne-2027", content).about("deadline")
    assert fact.aspects == ("hour", "basis")
