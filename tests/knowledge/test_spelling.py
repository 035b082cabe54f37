"""Hasty spelling is read as its author meant it, and careful spelling is left alone."""

from __future__ import annotations

import pytest

from knowledge.french.spelling import respell


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kel pieces pr lappel", "quel pieces pour l'appel"),
        ("jveux candidater", "je veux candidater"),
        ("cest koi", "c'est quoi"),
    ],
)
def test_abbreviations_and_glued_words_are_written_out(typed: str, meant: str) -> None:
    assert respell(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "C'est l'ARS qui paie ?",
        "écrire à ars-pr@ars.sante.fr",
        "Le CSE et le CB du pôle",
        "Quelles pièces pour l'appel de Normandie ?",
        "l'âge des résidents de Lille",
    ],
)
def test_what_is_well_written_stays_as_typed(text: str) -> None:
    assert respell(text) == text
