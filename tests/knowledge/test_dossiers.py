"""Dossiers on SQLite and on PostgreSQL: consent, codes, two writers, erasure, age."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records_for_tests import NOON
from sqlalchemy import select

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.base.tables import dossier
from knowledge.dossiers.content import check_content
from knowledge.dossiers.dossier import KEPT_FOR, LOCKED_FOR, MOST_GUESSES, ByCode, Dossiers, InConversation
from knowledge.dossiers.requests import Request
from knowledge.eligibility.assessment import Judge
from knowledge.errors import (
    AlreadyKept,
    ConsentMissing,
    DossierChanged,
    DossierLocked,
    InvalidContent,
    RequestReused,
    UnknownDossier,
)
from knowledge.privacy.codes import (
    REFERENCE,
    find_code,
    find_reference,
    fits,
    hashed,
    new_code,
    new_reference,
    normalised,
    without_references,
)
from knowledge.privacy.masking import mask

CONTENT: dict[str, Any] = {
    "establishment": {"name": "EHPAD des Tilleuls", "town": "Rouen", "finess": "760000001"},
    "answers": {"department": "76", "establishment_kind": "ehpad"},
    "checklist": {"letter": {"progress": "under_way", "who": "la direction"}},
    "letter": {"difficulties": "Trois postes vacants depuis un an."},
}


@pytest.fixture
def dossiers(any_store: Store) -> Dossiers:
    return Dossiers(any_store)


def create(dossiers: Dossiers, **changes: Any) -> tuple[str, str]:
    made, code = dossiers.create("normandie-2024", {**CONTENT, **changes}, "2026-11", NOON)
    return made.reference, code


def rows(dossiers: Dossiers) -> list[Any]:
    with dossiers._store.connection() as connection:
        return list(connection.execute(select(dossier)))


def test_nothing_is_kept_without_consent(dossiers: Dossiers) -> None:
    for consent in (None, ""):
        with pytest.raises(ConsentMissing):
            dossiers.create("normandie-2024", CONTENT, consent, NOON)
    assert rows(dossiers) == []


def test_a_dossier_is_opened_with_its_code_however_it_is_typed(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        code.replace("0", "O").replace("1", "l"),
    ):
        found = dossiers.open(ByCode(reference.lower().replace("-", " "), typed), NOON)
        assert found.content == CONTENT and found.version == 1 and found.expires_at == NOON + KEPT_FOR
    assert (found.consent, found.consented_at) == ("2026-11", NOON)


def test_the_code_itself_is_stored_nowhere(dossiers: Dossiers) -> None:
    _, code = create(dossiers)
    (row,) = rows(dossiers)
    stored = " ".join(str(value) for value in row)
    assert code not in stored and code.replace("-", "") not in stored


def test_a_wrong_code_and_an_unknown_reference_are_refused_alike(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    other, other_code = create(dossiers)
    for pair in ((reference, other_code), (other, code), (new_reference(), code), ("", ""), (reference, "")):
        with pytest.raises(UnknownDossier):
            dossiers.open(ByCode(*pair), NOON)


def test_guesses_are_limited_then_accepted_again_with_time(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    for _ in range(MOST_GUESSES):
        with pytest.raises(UnknownDossier):
            dossiers.open(ByCode(reference, new_code()), NOON)
    with pytest.raises(DossierLocked) as locked:
        dossiers.open(ByCode(reference, code), NOON + LOCKED_FOR - timedelta(seconds=1))
    assert locked.value.until == NOON + LOCKED_FOR
    assert dossiers.open(ByCode(reference, code), NOON + LOCKED_FOR).content == CONTENT


def test_a_right_code_forgets_the_wrong_ones_before_it(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    for _ in range(3):
        for _ in range(MOST_GUESSES - 1):
            with pytest.raises(UnknownDossier):
                dossiers.open(ByCode(reference, new_code()), NOON)
        assert dossiers.open(ByCode(reference, code), NOON).version == 1


def test_two_tabs_never_write_over_each_other(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    first = dossiers.save(ByCode(reference, code), {**CONTENT, "letter": {}}, 1, NOON + timedelta(days=1))
    assert first.version == 2 and first.updated_at == NOON + timedelta(days=1)
    with pytest.raises(DossierChanged) as refused:
        dossiers.save(ByCode(reference, code), CONTENT, 1, NOON + timedelta(days=2))
    assert refused.value.version == 2
    assert dossiers.open(ByCode(reference, code), NOON).content["letter"] == {}


def test_of_many_writers_at_once_exactly_one_wins_each_version(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    done: list[str] = []

    def write(number: int) -> None:
        try:
            dossiers.save(ByCode(reference, code), {"letter": {"difficulties": str(number)}}, 1, NOON)
            done.append("saved")
        except DossierChanged:
            done.append("refused")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["refused"] * 5 + ["saved"]
    assert dossiers.open(ByCode(reference, code), NOON).version == 2


def test_erasure_leaves_nothing_and_gives_a_receipt(dossiers: Dossiers) -> None:
    reference, code = create(dossiers)
    kept, kept_code = create(dossiers)
    receipt = dossiers.erase(ByCode(reference, code), NOON)
    assert (receipt.reference, receipt.erased_at) == (reference, NOON)
    assert [row.reference for row in rows(dossiers)] == [kept]
    with pytest.raises(UnknownDossier):
        dossiers.open(ByCode(reference, code), NOON)
    assert dossiers.open(ByCode(kept, kept_code), NOON).content == CONTENT


def test_only_dossiers_untouched_for_a_year_are_purged(dossiers: Dossiers) -> None:
    old, _ = create(dossiers)
    touched, code = create(dossiers)
    dossiers.save(ByCode(touched, code), CONTENT, 1, NOON + timedelta(days=100))
    assert dossiers.purge(NOON + KEPT_FOR) == 0
    assert dossiers.purge(NOON + KEPT_FOR + timedelta(seconds=1)) == 1
    assert [row.reference for row in rows(dossiers)] == [touched] and old != touched
    assert dossiers.purge(NOON + timedelta(days=100) + KEPT_FOR + timedelta(seconds=1)) == 1


def test_the_agency_lists_the_dossiers_of_a_call(dossiers: Dossiers) -> None:
    create(dossiers)
    dossiers.create("la-reunion-2022", {}, "2026-11", NOON + timedelta(hours=1))
    assert [item.record_id for item in dossiers.every()] == ["la-reunion-2022", "normandie-2024"]
    assert [item.record_id for item in dossiers.every("normandie-2024")] == ["normandie-2024"]


def test_a_conversation_has_in_hand_what_it_created_or_opened_and_nothing_else(dossiers: Dossiers) -> None:
    made, code = dossiers.create("normandie-2024", CONTENT, "2026-11", NOON, conversation="first")
    assert dossiers.open(InConversation("first"), NOON) == made
    for stranger in ("second", "", "first ", "%"):
        with pytest.raises(UnknownDossier):
            dossiers.open(InConversation(stranger), NOON)
        with pytest.raises(UnknownDossier):
            dossiers.save(InConversation(stranger), {}, 1, NOON)
        with pytest.raises(UnknownDossier):
            dossiers.erase(InConversation(stranger), NOON)
    with pytest.raises(UnknownDossier):
        dossiers.open(ByCode(made.reference, new_code()), NOON, conversation="second")
    with pytest.raises(UnknownDossier):
        dossiers.open(InConversation("second"), NOON)
    dossiers.open(ByCode(made.reference, code), NOON, conversation="second")
    assert dossiers.open(InConversation("second"), NOON) == made


def test_a_conversation_creates_one_dossier_for_a_call_however_often_it_is_asked(dossiers: Dossiers) -> None:
    made: list[tuple[str, str]] = []

    def ask() -> None:
        found, code = dossiers.create("normandie-2024", CONTENT, "2026-11", NOON, conversation="twice")
        made.append((found.reference, code))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 5 and len({reference for reference, _ in made}) == 1 and len(rows(dossiers)) == 1
    opened = 0
    for reference, code in made:
        with contextlib.suppress(UnknownDossier):
            opened += dossiers.open(ByCode(reference, code), NOON).version
    assert opened == 1  # the last code given is the only one that opens


def test_the_dossier_in_hand_is_the_last_one(dossiers: Dossiers) -> None:
    first, _ = dossiers.create("normandie-2024", CONTENT, "2026-11", NOON, conversation="c")
    later = NOON + timedelta(minutes=1)
    second, _ = dossiers.create("la-reunion-2022", {}, "2026-11", later, conversation="c")
    assert dossiers.open(InConversation("c"), later) == second
    again, _ = dossiers.create("normandie-2024", {}, "2026-11", later + timedelta(minutes=1), conversation="c")
    assert again == first and dossiers.open(InConversation("c"), later) == first


def test_a_new_code_replaces_the_one_that_was_lost(dossiers: Dossiers) -> None:
    made, lost = dossiers.create("normandie-2024", CONTENT, "2026-11", NOON, conversation="c")
    _, code = dossiers.renew_code(InConversation("c"), NOON)
    assert dossiers.open(ByCode(made.reference, code), NOON) == made
    with pytest.raises(UnknownDossier):
        dossiers.open(ByCode(made.reference, lost), NOON)


def test_erasure_names_every_conversation_that_repeats_the_dossier_until_they_are_forgotten(dossiers: Dossiers) -> None:
    made, code = dossiers.create("normandie-2024", CONTENT, "2026-11", NOON, conversation="office")
    dossiers.open(ByCode(made.reference, code), NOON, conversation="home")
    dossiers.create("la-reunion-2022", {}, "2026-11", NOON, conversation="home")
    dossiers.create("normandie-2024", {}, "2026-11", NOON, conversation="other")
    assert dossiers.left_behind() == []
    dossiers.erase(ByCode(made.reference, code), NOON)
    assert dossiers.left_behind() == ["home", "office"]
    dossiers.forget(["home"])
    assert dossiers.left_behind() == ["office"]
    dossiers.forget(dossiers.left_behind())
    assert dossiers.left_behind() == []
    assert dossiers.open(InConversation("other"), NOON).record_id == "normandie-2024"


def test_references_and_codes_are_recognised_in_a_sentence_and_all_different() -> None:
    codes, references = {new_code() for _ in range(500)}, {new_reference() for _ in range(500)}
    assert len(codes) == len(references) == 500
    for code, reference in zip(codes, references):
        text = f"Bonjour, mon dossier {reference} et mon code {code}, merci."
        assert normalised(find_code(without_references(text)) or "") == code
        assert [normalised(found) for found in REFERENCE.findall(text)] == [reference]
    assert not find_code("Le 05-09-2022 nous avons envoyé 3 pièces à l'ARS de La Réunion pour 2022-2023")


# scrypt is slow on purpose, and slower beside other work.
@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_may_be_tried_as_a_code(text: str) -> None:
    assert not fits(text, _STORED)


_STORED = hashed("4T7Q-9M2X-KD31-ZB8F")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('dossiers') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    yield Assistant(Catalogue(store).snapshot()).judge("normandie-2024")
    store.close()


def test_a_right_content_is_kept_with_its_answers_in_their_one_form(judge: Judge) -> None:
    given_ = {**CONTENT, "answers": {"department": 76, "establishment_kind": "EHPAD", "wave": None}}
    assert check_content(given_, judge) == CONTENT
    assert check_content({}, judge) == {}


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ({"name": "Dupont"}, {"content": "unknown"}),
        ({"establishment": {"director": "Mme Dupont"}}, {"establishment": "unknown"}),
        ({"establishment": {"name": "x" * 201}}, {"establishment.name": "value"}),
        ({"establishment": {"name": "a\nb"}}, {"establishment.name": "characters"}),
        ({"establishment": {"name": "a\ud800"}}, {"establishment.name": "characters"}),
        ({"establishment": {"town": "\u202eneuoR"}}, {"establishment.town": "characters"}),
        ({"answers": {"department\ud800": "76"}}, {"answers": "characters"}),
        ({"letter": {"difficulties": "a\x00b"}}, {"letter.difficulties": "characters"}),
        ({"contact": {"email": "pas une adresse"}}, {"contact.email": "value"}),
        (
            {"answers": {"couleur": "bleu", "department": "Rouen"}},
            {"answers.couleur": "unknown", "answers.department": "value"},
        ),
        ({"checklist": {"unknown-item": {"progress": "done"}}}, {"checklist.unknown-item": "unknown"}),
        ({"checklist": {"letter": {"progress": "finished"}}}, {"checklist.letter.progress": "value"}),
        ({"letter": {"kinds": "texte"}}, {"letter.kinds": "unknown"}),
        ({"letter": {"difficulties": "x" * 4001}}, {"letter.difficulties": "value"}),
        ({"answers": []}, {"answers": "value"}),
    ],
)
def test_a_faulty_content_is_refused_field_by_field(
    content: dict[str, Any], problems: dict[str, str], judge: Judge
) -> None:
    with pytest.raises(InvalidContent) as refused:
        check_content(content, judge)
    assert refused.value.problems == problems


def test_references_have_one_form() -> None:
    assert re.fullmatch(r"QVCT-[0-9A-Z]{4}-[0-9A-Z]{4}", new_reference())
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", new_code())


def test_lines_and_emoji_stay_where_they_may(judge: Judge) -> None:
    content = {"establishment": {"name": "EHPAD 👩\u200d⚕️ ❤️"}, "letter": {"difficulties": "Une ligne.\r\nUne autre."}}
    assert check_content(content, judge) == content


REQUEST = Request("0b6cf0b8-57f4-4f5a-9c7e-1f0a3e6f2c11", {"call": "normandie-2024", "content": {"a": 1}})


def test_a_request_is_bound_to_its_body(dossiers: Dossiers) -> None:
    first, code = dossiers.create("normandie-2024", {}, "2026-11", NOON, request=REQUEST)
    again, other = dossiers.create("normandie-2024", {}, "2026-11", NOON + timedelta(minutes=9), request=REQUEST)
    assert again.reference == first.reference and other != code
    assert dossiers.open(ByCode(first.reference, other), NOON).reference == first.reference
    with pytest.raises(UnknownDossier):
        dossiers.open(ByCode(first.reference, code), NOON)
    with pytest.raises(RequestReused):
        dossiers.create("normandie-2024", {}, "2026-11", NOON, request=Request(REQUEST.key, {"call": "other"}))
    with pytest.raises(AlreadyKept):
        dossiers.create("normandie-2024", {}, "2026-11", NOON + timedelta(minutes=11), request=REQUEST)
    assert dossiers.open(ByCode(first.reference, other), NOON).version == 1


def test_the_same_consent_shows_a_code_again_for_a_few_minutes_only(dossiers: Dossiers) -> None:
    first, code = dossiers.create("normandie-2024", {}, "2026-11", NOON, conversation="home")
    again, other = dossiers.create("normandie-2024", {}, "2026-11", NOON + timedelta(minutes=5), conversation="home")
    assert again.reference == first.reference and other != code
    with pytest.raises(AlreadyKept):
        dossiers.create("normandie-2024", {}, "2026-11", NOON + timedelta(minutes=15), conversation="home")


def test_a_request_whose_dossier_was_erased_makes_no_other(dossiers: Dossiers) -> None:
    made, code = dossiers.create("normandie-2024", {}, "2026-11", NOON, request=REQUEST)
    dossiers.erase(ByCode(made.reference, code), NOON)
    with pytest.raises(AlreadyKept):
        dossiers.create("normandie-2024", {}, "2026-11", NOON, request=REQUEST)
    assert dossiers.every() == []


@pytest.mark.parametrize("between", ["-", "", " ", "  ", " - ", "\u2013", "\u00a0", ".", "/", "_", "\u2011", "\u200b"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_code_is_read_however_it_is_typed(between: str, case: Callable[[str], str]) -> None:
    for _ in range(20):
        code = new_code()
        typed = case(between.join(code.split("-")))
        found = find_code(f"voici mon code : {typed}, merci")
        assert found and normalised(found) == code
        assert typed not in mask(f"mon code est {typed}")


def test_a_reference_is_read_however_it_is_typed() -> None:
    for typed in ("QVCT-7K3M-9PXD", "qvct 7k3m 9pxd", "QVCT–7K3M–9PXD", "QVCT7K3M9PXD", "qvct.7k3m.9pxd"):
        assert find_reference(f"dossier {typed} svp") == "QVCT-7K3M-9PXD"
