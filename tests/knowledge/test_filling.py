"""What a dossier asks, and what is understood of the answers and of the wishes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.assistant import Assistant
from knowledge.dossiers.content import check_content, merged
from knowledge.dossiers.filling import (
    Field,
    FieldKind,
    Filling,
    field_named,
    field_of,
    field_of_number,
    fields_of,
    next_field,
    read,
    stated,
    value_of,
    warning_of,
    with_value,
)
from knowledge.dossiers.hearing import Wish, is_question, speaks_of_oneself, wish_of
from knowledge.privacy.masking import MASK


@pytest.fixture
def fields(loaded: Assistant) -> tuple[Field, ...]:
    return fields_of(loaded.base.get("normandie-2024"))


def named(fields: tuple[Field, ...], field_id: str) -> Field:
    found = field_of(fields, field_id)
    assert found is not None
    return found


def test_the_establishment_comes_first_then_each_criterion_of_the_call(
    fields: tuple[Field, ...], loaded: Assistant
) -> None:
    ids = [field.id for field in fields]
    assert ids[0] == "establishment.name" and ids[-4:] == [
        "letter.difficulties",
        "letter.collaboration",
        "letter.attractiveness-understanding",
        "letter.active-part",
    ]
    assert not any(field.id.startswith("letter.") for field in fields_of(loaded.base.get("la-reunion-2022")))


@pytest.mark.parametrize(
    ("field_id", "said", "value"),
    [
        ("establishment.name", "l'établissement s'appelle EHPAD Les Tilleuls", "EHPAD Les Tilleuls"),
        ("establishment.name", "On s'appelle Résidence du Parc.", "Résidence du Parc"),
        ("establishment.name", "c’est « Les Roses »", "Les Roses"),
        ("establishment.name", f"{MASK}", None),
        ("establishment.name", "x" * 201, None),
        ("establishment.managing_body", "on est rattachés à l'hôpital de Dieppe", "L'hôpital de Dieppe"),
        ("establishment.town", "nous sommes à Rouen", "Rouen"),
        ("establishment.town", "à Caen", "Caen"),
        ("establishment.finess", "c'est le 76 000 000 0 je crois", "760000000"),
        ("establishment.finess", "2a 000 012 3", "2A0000123"),
        ("establishment.finess", "je ne l'ai pas", None),
        ("establishment.finess", "732 829 320 00074", None),
        ("establishment.finess_kind", "celui de l'établissement", "geographic"),
        ("establishment.finess_kind", "l'entité juridique", "legal"),
        ("establishment.finess_kind", "geographic", "geographic"),
        ("establishment.finess_kind", "peut-être", None),
        ("establishment.siret", "732 829 320 00074", "73282932000074"),
        ("establishment.siret", "732 829 320", None),
        ("contact.role", "je suis la directrice adjointe", "Directrice adjointe"),
        ("contact.email", "mon mail : a.b@c.fr.", "a.b@c.fr"),
        ("letter.difficulties", "  deux postes vacants\n et un arrêt ", "Deux postes vacants\n et un arrêt"),
        ("letter.difficulties", "x" * 4001, None),
    ],
)
def test_answers_are_read_out_of_sentences(
    field_id: str, said: str, value: str | None, fields: tuple[Field, ...]
) -> None:
    assert read(named(fields, field_id), said) == value


@pytest.mark.parametrize(
    ("said", "field_id", "value"),
    [
        ("corriger le nom : EHPAD du Lac", "establishment.name", "EHPAD du Lac"),
        ("le nom de l'organisme gestionnaire est ADAPEI", "establishment.managing_body", "ADAPEI"),
        ("en fait le finess c'est 760000000", "establishment.finess", "760000000"),
        ("modifier le siret", "establishment.siret", None),
        ("changer la commune", "establishment.town", None),
        ("l'adresse mail n'est pas la bonne", "contact.email", None),
        ("je voudrais revenir en arrière", None, None),
    ],
)
def test_a_correction_names_its_field_and_may_hold_its_value(
    said: str, field_id: str | None, value: str | None, fields: tuple[Field, ...]
) -> None:
    found = field_named(said, fields)
    assert (found.id if found else None) == field_id
    if value:
        assert stated(said) == value


def test_a_number_given_alone_is_known_for_what_it_is(fields: tuple[Field, ...]) -> None:
    for said, field_id in (("760 000 000", "establishment.finess"), ("73282932000074", "establishment.siret")):
        found = field_of_number(fields, said)
        assert found and found.id == field_id
    assert field_of_number(fields, "EHPAD du 8 mai 1945, ouvert en 1998") is None
    assert warning_of(named(fields, "establishment.finess"), "760000001") == "check_digit"
    assert warning_of(named(fields, "establishment.finess"), "760000000") is None


@given(said=st.text(max_size=250))
def test_no_text_breaks_the_reading_and_what_is_read_can_be_kept(said: str, loaded: Assistant) -> None:
    judge = loaded.judge("normandie-2024")
    for field in (field for field in fields_of(judge.record) if field.kind is not FieldKind.ANSWER):
        value = read(field, said)
        if value is not None and not any(ord(sign) < 32 for sign in value):
            try:
                value.encode()
            except UnicodeEncodeError:
                continue
            if field.id != "contact.email" or value.isascii():
                check_content(with_value({}, field, value), judge)


def test_what_is_empty_is_asked_in_order_and_what_is_passed_is_not(fields: tuple[Field, ...]) -> None:
    content: dict[str, Any] = {}
    first = next_field(content, fields, ())
    assert first and first.id == "establishment.name"
    content = with_value(content, first, "EHPAD")
    assert value_of(content, first) == "EHPAD"
    second = next_field(content, fields, ("establishment.managing_body", "answers.establishment_kind"))
    assert second and second.id == "establishment.town"
    # The département is asked after a town that does not tell it.
    assert next_field(
        with_value(content, second, "Saint-Denis"),
        fields,
        {first.id, "answers.establishment_kind", "establishment.managing_body"},
    ) == named(fields, "answers.department")
    # The nature of a number is asked once there is a number.
    others = {field.id for field in fields if field.id != "establishment.finess_kind"}
    assert next_field(content, fields, others) is None
    content = with_value(content, named(fields, "establishment.finess"), "760000000")
    after = next_field(content, fields, others)
    assert after and after.id == "establishment.finess_kind"
    assert Filling.from_dict(Filling("a", ("b",)).as_dict()) == Filling("a", ("b",))


def test_what_is_said_later_completes_and_empties(loaded: Assistant) -> None:
    judge = loaded.judge("normandie-2024")
    content = {
        "establishment": {"town": "Rouen"},
        "answers": {"department": "76", "authority": "ars"},
        "checklist": {"letter": {"progress": "under_way", "who": "la direction"}},
    }
    said = {
        "establishment": {"town": "Caen"},
        "answers": {"establishment_kind": "ehpad", "authority": None},
        "checklist": {"letter": {"progress": "done"}},
    }
    assert merged(content, said, judge) == {
        "establishment": {"town": "Rouen", "sector": "medico_social"},
        "answers": {"department": "76", "establishment_kind": "ehpad"},
        "checklist": {"letter": {"progress": "done", "who": "la direction"}},
    }


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("enregistrez mon dossier", Wish.SAVE),
        ("je voudrais créer un dossier", Wish.SAVE),
        ("reprendre là où j'en étais", Wish.RESUME),
        ("QVCT-7K3M-9P2D", Wish.RESUME),
        ("montrez-moi mon dossier", Wish.SHOW),
        ("compléter la fiche", Wish.CORRECT),
        ("supprimez toutes mes données", Wish.ERASE),
        ("je retire mon consentement", Wish.ERASE),
        ("je n'ai plus mon code", Wish.NEW_CODE),
        ("bonjour", None),
    ],
)
def test_wishes_are_told_by_their_words(said: str, wish: Wish | None) -> None:
    assert wish_of(said) is wish


def test_questions_and_oneself_are_recognised() -> None:
    assert is_question("et la date limite ?") and is_question("quelles sont les pièces")
    assert not is_question("EHPAD Les Tilleuls")
    assert speaks_of_oneself("je n'en peux plus") and not speaks_of_oneself("Nos équipes sont épuisées")
