"""Consent and erasure: a plain yes and nothing else, whatever else is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.dossiers.assent import Assent, Matter, asked_about, assent_of
from knowledge.french.phrases import phrase

WRITTEN: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "assent.yml").read_text("utf-8"))
MATTERS = list(Matter)


def several(name: str) -> list[str]:
    return [around.format(said) for said in WRITTEN[name] for around in WRITTEN["around"]]


def test_there_are_enough_answers_of_each_kind() -> None:
    assert all(len(several(name)) >= 100 for name in ("consents", "erases"))
    assert all(len(WRITTEN[name]) >= 100 for name in ("refuses", "others"))


@pytest.mark.parametrize("said", several("consents"))
def test_a_plain_yes_consents(said: str) -> None:
    assert assent_of(said, Matter.CONSENT) is Assent.YES


@pytest.mark.parametrize("said", several("erases"))
def test_a_plain_yes_erases(said: str) -> None:
    assert assent_of(said, Matter.ERASE) is Assent.YES


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("said", WRITTEN["refuses"])
def test_a_refusal_in_any_words_ends_the_matter(said: str, matter: Matter) -> None:
    assert assent_of(said, matter) is Assent.NO


@pytest.mark.parametrize("said", WRITTEN["keeps"])
def test_what_is_to_be_kept_is_not_erased(said: str) -> None:
    assert assent_of(said, Matter.ERASE) is Assent.NO


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("said", WRITTEN["others"])
def test_a_question_or_a_hesitation_keeps_and_erases_nothing(said: str, matter: Matter) -> None:
    assert assent_of(said, matter) in {Assent.ASKS, Assent.HESITATES}


@pytest.mark.parametrize("said", WRITTEN["erasing_others"])
def test_a_question_on_erasing_erases_nothing(said: str) -> None:
    assert assent_of(said, Matter.ERASE) in {Assent.ASKS, Assent.HESITATES}


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("qui lira ça ?", "readers"),
        ("qu'est-ce que je risque à dire non ?", "refusing"),
        ("si j'accepte, que se passe-t-il ?", "accepting"),
        ("je peux changer d'avis après ?", "withdrawing"),
        ("combien de temps c'est conservé ?", "duration"),
        ("ça vaut candidature ?", "engaging"),
        ("il fait beau ?", None),
    ],
)
def test_what_is_asked_of_consent_has_an_answer(said: str, about: str | None) -> None:
    assert asked_about(said, Matter.CONSENT) == about
    if about:
        assert phrase(f"dossier.about.consent.{about}", holder="L'ARS", days=365)
