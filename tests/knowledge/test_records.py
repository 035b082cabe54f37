"""The real records: they hold what the five documents say, nothing that they do not, and read well in French."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.base.loader import FOLDER, read_folder
from knowledge.base.reading import record_from
from knowledge.base.records import Deadline, Fact, Kind, Record, Scope, Source, State, Value
from knowledge.base.situation import deadlines_of
from knowledge.french.text import fold
from knowledge.wording.rendering import fact_lines

RECORDS: dict[str, Record] = {item.id: record_from(item.id, item.content) for item in read_folder(FOLDER)}
SEEDS: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "seed_facts.yml").read_text("utf-8"))
ROWS = [
    (name, topic, entry) for name, topics in SEEDS.items() for topic, entries in topics.items() for entry in entries
]
FACTS = [
    pytest.param(record, fact, id=f"{record.id}-{fact.id}") for record in RECORDS.values() for fact in record.facts
]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SILENT = {State.NOT_STATED, State.UNKNOWN, State.NOT_APPLICABLE}
# Fingerprints of the family names that one document prints: they must not be written anywhere, not even here.
PEOPLE = {
    "71b893386be98f05",
    "ec81ab936a60e108",
}


def said(fact: Fact) -> str:
    """Return all that a fact can make the assistant say, on one line."""
    values: list[Any] = [fact.value, *(reading.value for reading in fact.readings)]
    parts = [fact.text, fact.short, fact.as_printed, *(reading.text for reading in fact.readings)]
    return " | ".join([*filter(None, parts), *(str(vars(value)) for value in values if value)])


def written(record: Record) -> str:
    return Path(FOLDER / f"{record.id}.yml").read_text("utf-8")


def in_french(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def deadline_texts() -> Iterator[tuple[str, str, Deadline]]:
    """Yield each sentence that comes with a deadline, and the deadline."""
    for record in RECORDS.values():
        for fact in record.facts:
            for text, value in ((fact.text, fact.value), *((item.text, item.value) for item in fact.readings)):
                if isinstance(value, Deadline):
                    yield record.id, text or "", value


def test_the_table_covers_every_document_with_enough_facts() -> None:
    assert set(SEEDS) == set(RECORDS)
    assert len(ROWS) >= 120


@pytest.mark.parametrize(
    ("text", "scope", "shown"),
    [
        ("En 2024 : Calvados", Scope("vague 2024", (2024,)), "• En 2024 : Calvados"),
        ("Calvados", Scope("vague 2024", (2024,)), "• vague 2024 : Calvados"),
        ("Budget 2024", Scope("projets reconduits", (2024,)), "• projets reconduits : Budget 2024"),
        ("En 2013", Scope("éditions 2013 à 2014", (2013, 2014)), "• éditions 2013 à 2014 : En 2013"),
    ],
)
def test_for_whom_or_when_a_fact_holds_is_said_once(text: str, scope: Scope, shown: str) -> None:
    assert fact_lines(Fact("wave", "territory", Source("main"), text=text, scope=scope)) == [shown]


@pytest.mark.parametrize(("name", "topic", "entry"), ROWS, ids=lambda value: value)
def test_what_the_document_says_is_held_by_a_fact_of_that_topic(name: str, topic: str, entry: str) -> None:
    silent, pattern = entry.startswith("~"), entry.removeprefix("~")
    facts = [fact for fact in RECORDS[name].about(topic) if (fact.state in SILENT) == silent]
    assert any(re.search(pattern, said(fact), re.IGNORECASE) for fact in facts), [said(fact) for fact in facts]


def test_the_mention_to_display_is_word_for_word_that_of_the_specification() -> None:
    values = [fact.value for fact in RECORDS["normandie-2024"].about("communication")]
    [mention] = [value.data["mention"] for value in values if isinstance(value, Value) and value.type == "mention"]
    assert mention.replace("’", "'").replace("\xa0", " ") == (
        "avec le soutien de l'ARS Normandie et de l'ARACT, dans le cadre de l'appel à candidature "
        "« Amélioration des conditions de travail »."
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("la-reunion-2022", [Deadline(date(2022, 9, 5), None, True, "reception")]),
        ("hauts-de-france-2019", [Deadline(date(2019, 6, 28), None, True, "unspecified")]),
        ("hauts-de-france-2018", []),
        ("normandie-2024", []),
        ("guadeloupe-2017", []),
        ("guide-dgcs-2021", []),
    ],
)
def test_each_record_has_the_deadlines_of_its_document_and_no_other(name: str, expected: list[Deadline]) -> None:
    assert [deadline for deadline, _ in deadlines_of(RECORDS[name])] == expected


@pytest.mark.parametrize(
    ("name", "kind", "procedures", "regions", "zone"),
    [
        ("normandie-2024", Kind.CALL, {"AAC", "AAP", "AMI"}, {"28"}, "Europe/Paris"),
        ("la-reunion-2022", Kind.CALL, {"AAC"}, {"04"}, "Indian/Reunion"),
        ("hauts-de-france-2019", Kind.CALL, {"AMI"}, {"32"}, "Europe/Paris"),
        ("hauts-de-france-2018", Kind.CALL, {"AMI"}, {"32"}, "Europe/Paris"),
        ("guadeloupe-2017", Kind.EVENT, set(), {"01", "977", "978"}, "America/Guadeloupe"),
        ("guide-dgcs-2021", Kind.RESOURCE, set(), set(), "Europe/Paris"),
    ],
)
def test_each_record_is_of_the_kind_procedure_and_territory_of_its_document(
    name: str, kind: Kind, procedures: set[str], regions: set[str], zone: str
) -> None:
    record = RECORDS[name]
    assert (record.kind, set(record.procedures), set(record.regions), record.time_zone) == (
        kind,
        procedures,
        regions,
        zone,
    )


def test_the_departments_of_normandie_come_in_two_waves() -> None:
    scopes = [fact.scope for fact in RECORDS["normandie-2024"].about("territory") if fact.scope.departments]
    waves = {scope.years: set(scope.departments) for scope in scopes}
    assert waves == {(2024,): {"14", "50", "61"}, (2025,): {"27", "76"}}


@pytest.mark.parametrize(
    ("topic", "roles"),
    [
        ("documents", {"identification-form": "required", "letter": "required", "works-council-opinion": "required"}),
        ("selection", {"interview": "required", "hearing": "possible"}),
        ("reporting", {"supporting-documents": "required", "evaluation": "possible"}),
        ("eligibility", {"authority": "condition", "located": "condition", "kinds": "include"}),
    ],
)
def test_what_is_required_possible_or_a_condition_in_normandie_is_told_apart(topic: str, roles: dict[str, str]) -> None:
    found = {fact.id: fact.role for fact in RECORDS["normandie-2024"].about(topic)}
    assert {name: found[name] for name in roles} == roles


@pytest.mark.parametrize(
    ("topic", "conflict"),
    [
        ("overview", "procedure"),
        ("eligibility", "social-sector"),
        ("selection", "places"),
        ("support", "support-duration"),
    ],
)
def test_the_contradictions_of_the_specification_are_kept_with_all_their_readings(topic: str, conflict: str) -> None:
    [fact] = [fact for fact in RECORDS["normandie-2024"].about(topic) if fact.id == conflict]
    assert fact.state is State.CONFLICT
    assert len({reading.text for reading in fact.readings}) >= 2
    assert all(reading.source.section for reading in fact.readings)


def test_no_natural_person_is_named() -> None:
    for file in FOLDER.parent.glob("**/*.yml"):
        words = set(fold(file.read_text("utf-8")).split())
        assert not {word for word in words if hashlib.sha256(word.encode()).hexdigest()[:16] in PEOPLE}, file


@pytest.mark.parametrize("name", ["hauts-de-france-2018", "hauts-de-france-2019"])
def test_the_masked_address_of_hauts_de_france_is_not_invented(name: str) -> None:
    assert "@" not in written(RECORDS[name])


@pytest.mark.parametrize("name", ["normandie-2024", "la-reunion-2022"])
def test_no_address_is_borrowed_from_another_region(name: str) -> None:
    region = name.split("-")[-2]
    addresses = re.findall(r"[\w.-]+@[\w.-]+", written(RECORDS[name]))
    assert addresses and all(address.startswith(f"ars-{region}-") for address in addresses)


def test_no_day_is_given_in_normandie_beside_the_day_the_document_was_checked() -> None:
    text = written(RECORDS["normandie-2024"])
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}", text)) == {"2024-01-01", "2025-12-31", "2026-11-22"}
    assert not re.search(rf"\d ({'|'.join(MONTHS)}) ", text)


def test_the_money_of_2018_is_never_that_of_2019() -> None:
    funding = RECORDS["hauts-de-france-2019"].about("funding")
    assert not any(isinstance(fact.value, Value) and fact.value.type == "amount" for fact in funding)
    with_figure = [fact for fact in funding if re.search("2[,.]9", said(fact))]
    assert all(fact.state is State.NOT_STATED and "2018" in (fact.text or "") for fact in with_figure)


@pytest.mark.parametrize("name", ["guadeloupe-2017", "guide-dgcs-2021"])
def test_what_is_not_a_call_offers_nothing_to_apply_for(name: str) -> None:
    for topic in ("eligibility", "deadline", "documents", "submission", "funding"):
        assert RECORDS[name].about(topic)[0].state is State.NOT_APPLICABLE


@pytest.mark.parametrize(("record", "fact"), FACTS)
def test_every_fact_says_something_and_comes_from_a_document_that_was_checked(record: Record, fact: Fact) -> None:
    assert fact.text or fact.readings
    for source in (fact.source, *(reading.source for reading in fact.readings)):
        document = record.document(source)
        assert document.title and document.publisher and document.checked_on >= (document.published_on or date.min)
        assert not re.search(r"\.txt|[0-9a-f]{16}", f"{document.title} {source.section}")


@pytest.mark.parametrize(("name", "text", "deadline"), list(deadline_texts()))
def test_every_sentence_that_carries_a_deadline_gives_its_date_in_french(
    name: str, text: str, deadline: Deadline
) -> None:
    assert in_french(deadline.date) in text


@pytest.mark.parametrize(("record", "fact"), FACTS)
def test_texts_are_short_lines_in_good_french_typography(record: Record, fact: Fact) -> None:
    for text in filter(None, (fact.text, fact.short, *(reading.text for reading in fact.readings))):
        assert len(text) <= 260
        assert not text.endswith((".", " ", ";", ",")) and not text.startswith(" ")
        assert text[0].isupper() or text[0].isdigit() or text[0] == "«" or "@" in text.split()[0]
        plain = re.sub(r"\S+@\S+|https?://\S+|\d+[,:]\d+", "x", text)
        assert not re.search(r"[\"“”]|\.\.\.|  | ,|\(\s|\s\)", plain), "quotes « », … , no double space"
        assert not re.search(r"[^\s][:;?!»]|«[^\s]|[:;?!][^\s]|,[^\s]", plain), "a space before : ; ? ! », after «"
        assert text.count("«") == text.count("»") and text.count("(") == text.count(")")


def test_the_opening_of_a_call_is_a_fact_that_answers_unless_one_does() -> None:
    content = yaml.safe_load((Path(__file__).parent / "valid_record.yml").read_text("utf-8"))
    content["opening"] = "2027-01-11"
    content["facts"].pop("calendar", None)
    (fact,) = record_from("bretagne-2027", content).about("calendar")
    assert fact.aspects == ("opening",) and fact.text == "L'appel ouvre le 11 janvier 2027"
    content["facts"]["calendar"] = [{"id": "own", "aspects": ["opening"], "text": "Ouverture en janvier"}]
    assert [fact.id for fact in record_from("bretagne-2027", content).about("calendar")] == ["own"]
