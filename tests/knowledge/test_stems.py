"""Abbreviations and long forms meet, known ones and those that a document explains."""

from __future__ import annotations

import pytest

from knowledge.base.passages.document import Passage
from knowledge.base.passages.search import PassageIndex
from knowledge.french.stems import explained_in, stems_of


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("l'avis du conseil de la vie sociale", "CVS"),
        ("deux équivalents temps plein", "ETP"),
        ("les établissements d'hébergement pour personnes âgées dépendantes", "EHPAD"),
        ("un comité social et économique", "CSE"),
    ],
)
def test_a_long_form_counts_as_its_abbreviation(long: str, short: str) -> None:
    assert set(stems_of(short)) <= set(stems_of(long))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("une maison d'accueil des aidants épuisés (MAAE) ouvre", True),
        ("une maison d'accueil (en ville) ouvre", False),
        ("le directeur général (ARS) signe", False),
    ],
)
def test_a_document_explains_its_own_abbreviations(text: str, known: bool) -> None:
    assert bool(explained_in([text])) is known


def test_a_question_in_the_document_s_own_abbreviation_finds_its_long_form() -> None:
    index = PassageIndex(
        [
            Passage("Les plateformes territoriales de relayage (PTR) sont créées en mars."),
            Passage("Chaque plateforme territoriale de relayage tient un registre."),
            Passage("Le registre du personnel est tenu par la direction."),
        ]
    )
    assert index.nearest("qui tient le registre de la ptr", 1)[0].text.startswith("Chaque plateforme")
