"""The checklist of each call, what people say of its items, and its suggested planning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from records_for_tests import NOON, publication

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.records import Deadline
from knowledge.base.store import Store
from knowledge.checklist.hearing import hear_marks, marked
from knowledge.checklist.items import Checklist, Progress, checklist_of
from knowledge.checklist.wording import checklist_answer, checklist_as_dict
from knowledge.errors import NotACall


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('checklist') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    store.publish([publication()], "tests", NOON)
    yield Assistant(Catalogue(store).snapshot())
    store.close()


def of(assistant: Assistant, record_id: str) -> Checklist:
    return checklist_of(assistant.base.get(record_id))


def test_normandie_lists_its_three_pieces_four_criteria_and_its_people(assistant: Assistant) -> None:
    told = checklist_as_dict(of(assistant, "normandie-2024"), NOON)
    groups = {group["id"]: group["items"] for group in told["groups"]}
    assert [item["id"] for item in groups["documents"]] == ["identification-form", "letter", "works-council-opinion"]
    assert len(groups["criteria"]) == 4 and len(groups["people"]) == 1
    by_id = {item["id"]: item for items in groups.values() for item in items}
    assert by_id["hearing"]["optional"] and not by_id["interview"]["optional"]
    assert {item["state"] for item in by_id.values()} == {"to_do"}
    assert all(item["source"]["title"] and item["why"] for item in by_id.values())
    assert told["planning"] == [] and told["preparation_only"] is True


def test_a_call_that_gives_no_list_says_so_and_borrows_none(assistant: Assistant) -> None:
    told = checklist_as_dict(of(assistant, "la-reunion-2022"), NOON)
    assert [group["id"] for group in told["groups"]] == ["people", "sending"]
    assert any("Aucune liste de pièces" in item["text"] for item in told["not_stated"])


def test_the_planning_counts_back_from_the_deadline_and_is_said_to_be_ours(assistant: Assistant) -> None:
    checklist = of(assistant, "la-reunion-2022")
    (deadline,) = (f.value for f in checklist.record.about("deadline") if isinstance(f.value, Deadline))
    assert checklist.planning and all(
        step.day == deadline.date - timedelta(days=step.days_before) for step in checklist.planning
    )
    assert "préparer une suite" in checklist_answer(checklist, NOON).text
    assert "Rétroplanning" not in checklist_answer(checklist, NOON).text


@pytest.mark.parametrize("record_id", ["guadeloupe-2017", "guide-dgcs-2021"])
def test_there_is_nothing_to_prepare_for_what_is_not_a_call(record_id: str, assistant: Assistant) -> None:
    with pytest.raises(NotACall):
        of(assistant, record_id)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le CSE a donné son avis", {"works-council-opinion": ("done", None)}),
        ("la fiche d'identification est remplie", {"identification-form": ("done", None)}),
        (
            "La fiche est remplie et le courrier est en cours",
            {"identification-form": ("done", None), "letter": ("under_way", None)},
        ),
        ("le courrier n'est pas encore fait", {"letter": ("to_do", None)}),
        ("l'entretien avec l'Aract, c'est la cadre de santé", {"interview": (None, "le cadre de santé")}),
        ("la direction s'est engagée, c'est fait", {"management": ("done", None)}),
        ("l'audition est sans objet", {"hearing": ("not_applicable", None)}),
        ("Faites-moi la liste de ce qu'il faut préparer", {}),
        ("quel beau temps", {}),
    ],
)
def test_what_is_said_of_an_item_is_noted_on_that_item(
    text: str, expected: dict[str, tuple[str | None, str | None]], assistant: Assistant
) -> None:
    items = of(assistant, "normandie-2024").items
    found = hear_marks(text, items, assistant.index("normandie-2024"))
    assert {mark.item.id: (mark.progress and mark.progress.value, mark.who) for mark in found} == expected


def test_marks_add_up_and_only_what_is_left_is_shown_when_asked(assistant: Assistant) -> None:
    record, index = assistant.base.get("normandie-2024"), assistant.index("normandie-2024")
    marks: dict[str, dict[str, str]] = {}
    for text in ("la fiche est remplie", "la fiche, c'est la direction", "l'avis du CSE est en cours"):
        for mark in hear_marks(text, checklist_of(record).items, index):
            marks = marked(marks, mark)
    assert marks["identification-form"] == {"progress": "done", "who": "la direction"}
    checklist = checklist_of(record, marks)
    states = {item.id: item.progress for item in checklist.items}
    assert states["works-council-opinion"] is Progress.UNDER_WAY and states["letter"] is Progress.TO_DO
    whole, left = checklist_answer(checklist, NOON).text, checklist_answer(checklist, NOON, open_only=True).text
    assert "[fait] Fiche d'identification" in whole and "par la direction" in whole
    assert "Fiche d'identification" not in left and "[en cours] Avis" in left
    assert "Points réglés : 1 sur 17" in whole
