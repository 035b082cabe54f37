"""Which record a question is about: one table for the order of precedence."""

from __future__ import annotations

import pytest

from knowledge.answering.assistant import Assistant
from knowledge.understanding.choice import Context, Outcome, pointed_at

HDF, HDF_BEFORE, REUNION, NORMANDIE = (
    "hauts-de-france-2019",
    "hauts-de-france-2018",
    "la-reunion-2022",
    "normandie-2024",
)


@pytest.mark.parametrize(
    ("text", "in_hand", "topic", "outcome", "records"),
    [
        # Named outright, then placed, then dated, then in hand, then everything.
        ("l'appel QVCT La Réunion 2022", NORMANDIE, "deadline", Outcome.ONE, (REUNION,)),
        ("à Saint-Pierre de La Réunion", NORMANDIE, "deadline", Outcome.ONE, (REUNION,)),
        ("je suis à Rouen", NORMANDIE, "documents", Outcome.ONE, (NORMANDIE,)),
        ("les comptes de 2023", NORMANDIE, "documents", Outcome.ONE, (NORMANDIE,)),
        ("la date limite", NORMANDIE, "deadline", Outcome.ONE, (NORMANDIE,)),
        ("en 2018", HDF, "deadline", Outcome.ONE, (HDF_BEFORE,)),
        ("en 2022", None, "deadline", Outcome.ONE, (REUNION,)),
        ("en 2035", None, "deadline", Outcome.YEAR_UNKNOWN, ()),
        ("à Quimper", None, "deadline", Outcome.NOT_COVERED, ()),
        ("à Saint-Denis", None, "deadline", Outcome.AMBIGUOUS_PLACE, ()),
        ("dans le Nord", None, "results", Outcome.ONE, (HDF,)),
        ("dans le Nord", None, "deadline", Outcome.ONE, (HDF,)),
        # A guide in hand is no call: a place leads to its own.
        ("à La Réunion", "guide-dgcs-2021", "documents", Outcome.ONE, (REUNION,)),
        ("à La Réunion", NORMANDIE, "documents", Outcome.ONE, (REUNION,)),
        ("l'appel à projets lancé par la CNSA", NORMANDIE, "deadline", Outcome.OTHER_ISSUER, ()),
    ],
)
def test_the_order_of_precedence(
    text: str, in_hand: str | None, topic: str, outcome: Outcome, records: tuple[str, ...], loaded: Assistant
) -> None:
    choice = loaded.chosen(loaded.mentions(text), Context(record_id=in_hand), topic)
    assert (choice.outcome, choice.records) == (outcome, records)


def test_with_nothing_named_all_the_calls_are_meant(loaded: Assistant) -> None:
    choice = loaded.chosen(loaded.mentions("la date limite ?"), Context(), "deadline")
    assert choice.outcome is Outcome.SEVERAL and {HDF, REUNION, NORMANDIE} <= set(choice.records)


def test_a_place_without_a_call_stays_so_in_the_rest_of_the_conversation(loaded: Assistant) -> None:
    context = Context(regions=("53",))
    assert loaded.chosen(loaded.mentions("la date limite ?"), context, "deadline").outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la deuxième", REUNION),
        ("le 1er", NORMANDIE),
        ("la dernière", HDF),
        ("l'autre", None),
        ("celle de Caen", None),
    ],
)
def test_a_rank_points_at_the_list_just_shown(text: str, expected: str | None) -> None:
    assert pointed_at(text, Context(listed=(NORMANDIE, REUNION, HDF), record_id=NORMANDIE)) == expected
