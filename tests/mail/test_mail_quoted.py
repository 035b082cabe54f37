"""What a person wrote is told apart from what she answers, forwards or signs with."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.quoted import written

FOLDER = Path(__file__).with_name("quoted")
SHAPES = sorted(file.name.removesuffix(".body.txt") for file in FOLDER.glob("*.body.txt"))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_is_what_the_person_wrote(shape: str) -> None:
    body = (FOLDER / f"{shape}.body.txt").read_text("utf-8")
    assert written(body).text == (FOLDER / f"{shape}.written.txt").read_text("utf-8").strip()


def test_the_shapes_of_every_usual_mail_program_are_there() -> None:
    usual = {"gmail", "gmail_wrapped", "outlook", "outlook_ruled", "thunderbird", "forwarded", "original", "iphone"}
    assert usual <= set(SHAPES)


@pytest.mark.parametrize("shape", SHAPES)
def test_windows_spaces_change_nothing(shape: str) -> None:
    body = (FOLDER / f"{shape}.body.txt").read_text("utf-8")
    spaced = body.replace(" :", "\u00a0:").replace(" à ", "\u202fà ")
    assert written(spaced).text.replace("\u00a0", " ").replace("\u202f", " ") == written(body).text.replace(
        "\u00a0", " "
    ).replace("\u202f", " ")


def test_the_signature_and_the_earlier_message_are_kept_apart() -> None:
    found = written((FOLDER / "outlook.body.txt").read_text("utf-8"))
    assert found.signature == "Jeanne Técher\nDirectrice, IME Les Filaos"
    assert found.quoted.startswith("Bonjour,\nVous trouverez notre appel")
    assert found.forwarded == ""


def test_what_is_forwarded_is_named_as_such() -> None:
    found = written((FOLDER / "forwarded.body.txt").read_text("utf-8"))
    assert found.forwarded == found.text
    assert "gratuit" in found.forwarded


def test_a_message_that_only_quotes_is_read_whole() -> None:
    assert written("> Quelle est la date limite ?\n> Merci").text == "Quelle est la date limite ?\nMerci"


def test_a_short_answer_does_not_ask_the_earlier_question_again() -> None:
    body = "ok merci !\n\nLe 9 nov. 2026 à 10:00, X <x@y.example> a écrit :\n> Quelle est la date limite ?\n"
    assert written(body).text == "ok merci !"


@pytest.mark.parametrize("end", ["Cordialement", "Bien à vous,", "Salutations distinguées", "Respectueusement", "cdt"])
def test_a_long_text_after_a_courtesy_is_no_signature(end: str) -> None:
    question = (
        "Quelles sont les pièces à fournir pour un dossier déposé par un groupement de plusieurs établissements ?"
    )
    assert question in written(f"Bonjour\n{end}\n\n{question}").text


HOSTILE = {
    "start of an attribution": "Le " * 33_000,
    "blank lines": "\n" * 100_000,
    "quotes in quotes": "> " * 50_000,
    "attributions without end": "Le 3 nov. 2026\n" * 6_600,
    "labels": "De :\n" * 20_000,
    "courtesies": "Cordialement\nx ?\n" * 5_500,
    "english attribution": "On " * 33_000 + "wrote:",
    "attributions in a line": "Le a écrit " * 9_000,
    "separators": "-----Message d'origine-----\n" * 3_500,
    "english headers": "From: a\nOn b\n" * 7_500,
    "a courtesy without end": "veuillez " * 11_000 + "salutations",
    "quote and answer": ">\nx\n" * 25_000,
    "spaces": "De : " + " " * 99_000,
    "rules": ("- " * 40 + "\n") * 1_200,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_takes_a_bounded_time(kind: str) -> None:
    start = time.perf_counter()
    written(HOSTILE[kind])
    assert time.perf_counter() - start < 5


@given(st.text(alphabet="Le DeÀ:>-_\nécritobjxCdt?@. \u00a0", max_size=400))
def test_nothing_raises_and_nothing_is_made_up(body: str) -> None:
    letters = Counter(character for character in body if not character.isspace())
    assert Counter(character for character in written(body).text if not character.isspace()) <= letters
