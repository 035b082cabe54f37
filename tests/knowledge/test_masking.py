"""Masking: what identifies a person goes, what the question is about stays."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.base.loader import FOLDER
from knowledge.privacy.masking import MASK, mask
from knowledge.privacy.vocabulary import WHOLE

CORPUS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "masking_corpus.yml").read_text("utf-8"))
HIDDEN = [tuple(part.strip() for part in entry.rsplit("|", 1)) for entry in CORPUS["hidden"]]
AROUND = ["{}", "Bonjour, {}", "pour info ({})", "EHPAD, {} et date limite ?", "{}, quels documents ?"]
RECALL = 0.98


def test_the_corpus_is_large_enough_to_measure() -> None:
    assert len(HIDDEN) >= 60
    assert len(CORPUS["kept"]) >= 60
    assert all(secret in text for text, secret in HIDDEN)


@pytest.mark.parametrize("around", AROUND)
def test_nearly_all_personal_data_is_masked_wherever_it_stands(around: str) -> None:
    missed = [text for text, secret in HIDDEN if secret in mask(around.format(text))]
    assert 1 - len(missed) / len(HIDDEN) >= RECALL, missed


@pytest.mark.parametrize("text", CORPUS["kept"])
def test_what_the_question_is_about_is_left_as_it_was_typed(text: str) -> None:
    assert mask(text) == text


def test_what_surrounds_personal_data_is_kept() -> None:
    text = "Mme Durand (06 12 34 56 78, a.durand@orange.fr) demande la date limite à La Réunion en 2022"
    assert mask(text) == f"Mme {MASK} ({MASK}, {MASK}) demande la date limite à La Réunion en 2022"


def test_several_pieces_of_data_in_one_message_are_all_masked() -> None:
    texts, secrets = zip(*HIDDEN[::5], strict=True)
    masked = mask(" ; ".join(texts))
    assert [secret for secret in secrets if secret in masked] == []


def test_the_facts_of_the_real_records_pass_unmasked() -> None:
    for file in FOLDER.glob("*.yml"):
        for line in file.read_text("utf-8").splitlines():
            assert mask(line) == line


@given(st.one_of(st.text(), st.sampled_from([text for text, _ in HIDDEN] + CORPUS["kept"])))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mme Durand est en arrêt maladie pour une dépression.", f"Mme {MASK} est en {MASK} pour une {MASK}."),
        (
            "M. Petit a un cancer. Un projet sur le burn-out est-il éligible ?",
            f"M. {MASK} a un {MASK}. Un projet sur le burn-out est-il éligible ?",
        ),
        ("Je m'appelle Claire et je suis enceinte", f"Je m'appelle {MASK} et je suis {MASK}"),
        ("Notre IME accueille des enfants autistes, notre MAS des personnes épileptiques.", None),
        ("Mme la directrice demande si un projet sur l'Alzheimer est éligible", None),
        ("M. Petit dirige le pôle handicap", f"M. {MASK} dirige le pôle handicap"),
        ("ma collègue Sophie est en burn-out", f"ma collègue {MASK} est en {MASK}"),
        ("Jean DUPONT est en arrêt maladie depuis mai", f"{MASK} est en {MASK} depuis mai"),
        ("la résidente Odette Martin a un alzheimer", f"la résidente {MASK} a un {MASK}"),
        (
            "L'agent Karim B. est inapte. Le burn-out est-il un thème ?",
            f"L'agent {MASK} est {MASK}. Le burn-out est-il un thème ?",
        ),
        ("Notre EHPAD accueille des malades d'Alzheimer à Caen", None),
        ("L'infirmière coordinatrice travaille sur la prévention du burn-out en Normandie", None),
        ("Une unité UVP pour Alzheimer à Rouen, est-ce éligible ?", None),
        ("La directrice Claire Moreau porte le projet", None),
    ],
)
def test_health_is_masked_beside_a_name_only(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text)


APART: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "masking_apart.yml").read_text("utf-8"))


def apart() -> list[tuple[str, str, str]]:
    """Return kind, text and what must be gone of it, for each spelling of the set apart in each sentence of its kind."""
    found = []
    for kind, sentences in APART["sentences"].items():
        for entry in APART[kind]:
            written, _, gone = (part.strip() for part in entry.partition("|"))
            found += [(kind, sentence.format(written), gone or written) for sentence in sentences]
    return found


def test_the_set_apart_is_large_enough_to_measure() -> None:
    assert len(apart()) >= 500


def test_nearly_all_spellings_of_the_set_apart_are_masked() -> None:
    missed = [f"{kind}: {mask(text)}" for kind, text, gone in apart() if gone in mask(text)]
    assert 1 - len(missed) / len(apart()) >= RECALL, "\n".join(missed)


@pytest.mark.parametrize("text", APART["kept"])
def test_what_looks_like_personal_data_and_is_not_is_left(text: str) -> None:
    assert mask(text) == text


def test_no_published_address_is_masked() -> None:
    for file in sorted((Path(__file__).parent / "published").glob("*.yml")):
        for address in re.findall(r"[\w.+-]+@[\w.-]+\.\w+", file.read_text("utf-8")):
            assert mask(address) == address, file.name


def test_masking_the_longest_text_takes_less_than_a_second() -> None:
    for unit in (
        "a",
        "0",
        "06 12 34 56 78 ",
        "jean.dupont@orange.fr ",
        "Mme Dupont ",
        "1 85 05 ",
        "@",
        "a@",
        "4T7Q ",
        " ",
    ):
        text = unit * (WHOLE // len(unit))
        start = time.process_time()
        mask(text)
        assert time.process_time() - start < 1.0, unit
