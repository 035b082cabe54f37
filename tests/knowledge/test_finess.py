"""FINESS and SIRET numbers, and the national directory: read, loaded, searched, on SQLite and on PostgreSQL."""

from __future__ import annotations

import gzip
import json
import random
import statistics
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_for_tests import NOON
from stdnum import luhn

from knowledge.base.store import Store
from knowledge.errors import UnreadableDirectory
from knowledge.finess.directory import Directory, clear_winner
from knowledge.finess.loader import read_directory
from knowledge.finess.numbers import FinessKind, Remark, check_finess, check_siret, compact

pytestmark = pytest.mark.alone

# Invented establishments, in the columns of the public file.
NAMES = (
    ("EHPAD LES TILLEULS", "EHPAD RESIDENCE LES TILLEULS", "540", "76", "76000 ROUEN"),
    ("EHPAD LES TILLEULS", "EHPAD LES TILLEULS", "217", "76", "76200 DIEPPE"),
    ("MDR DU PARC", "MAISON DE RETRAITE DU PARC", "540", "76", "76000 ROUEN CEDEX 1"),
    ("IME L'ÉCLAIRCIE", "INSTITUT MÉDICO-ÉDUCATIF L'ÉCLAIRCIE", "411", "9D", "97400 ST DENIS"),
)


def number(root: int) -> str:
    text = f"{root:08d}"
    return text + luhn.calc_check_digit(text)


def line(place: int, short: str, long: str, commune: str, department: str, delivery: str) -> str:
    cells = [
        "structureet",
        number(76000000 + place),
        number(76900000 + place % 7),
        short,
        long,
        "",
        "",
        "1",
        "R",
        "DU TEST",
    ]
    cells += ["", "", commune, department, "", delivery, "", "", "500", "Ehpad", "4401", "", "", "", "40", "", "", ""]
    return ";".join([*cells, "2000-01-01", "2000-01-01", "2020-01-01", ""])


def csv_text(lines: list[str]) -> str:
    return "\n".join(["finess;etalab;111;2026-05-12", *lines, "geolocalisation;760000000;1;2;3;2026-05-12", ""])


STRUCTURES: dict[str, Any] = {
    "schemaVersion": "v1.0.0",
    "generatedAt": "2026-03-09T15:49:37Z",
    "pmej": [
        {
            "informationsGeneralesPMEJ": {
                "numFinessPm": number(76900001),
                "denominationPm": "ASSO BEL AGE",
                "denominationLonguePmSmsse": "ASSOCIATION BEL ÂGE",
                "siren": "732829320",
            },
            "adresse": [{"cogCommune": "76540", "codePostal": "76000", "ligneAcheminement": "ROUEN"}],
            "etatObjet": "A",
            "ege": [
                {
                    "informationsGeneralesEGE": {
                        "numFinessEge": number(76000001),
                        "nomEgeCourt": "EHPAD TILLEULS",
                        "nomEgeLong": "EHPAD LES TILLEULS",
                        "siret": "73282932000074",
                    },
                    "categorieentiteGeographiqueExercice": "500",
                    "adresse": [{"cogCommune": "97411", "codePostal": "97400", "ligneAcheminement": "ST DENIS"}],
                    "etatObjet": "A",
                },
                {
                    "informationsGeneralesEGE": {
                        "numFinessEge": number(76000002),
                        "nomEgeCourt": "EHPAD FERME",
                        "nomEgeLong": "EHPAD FERMÉ",
                    },
                    "etatObjet": "I",
                },
            ],
        }
    ],
}


@pytest.fixture
def directory(any_store: Store, tmp_path: Path) -> Iterator[Directory]:
    file = tmp_path / "etalab.csv"
    lines = [line(place, *names) for place, names in enumerate(NAMES)]
    file.write_bytes(csv_text(lines).encode("cp1252"))
    found = Directory(any_store)
    assert found.load(read_directory(file), file.name, NOON) == len(NAMES)
    yield found


def test_the_check_digit_warns_and_never_refuses() -> None:
    assert check_finess("76 000 000 9".replace("9", number(76000000)[-1])) is Remark.FINE
    wrong = number(76000000)[:-1] + str((int(number(76000000)[-1]) + 1) % 10)
    assert check_finess(wrong) is Remark.CHECK_DIGIT
    assert check_finess("2A0000123") is Remark.FINE and check_finess("2b 000 012 3") is Remark.FINE
    for faulty in ("", "76000", "7600000000", "76é000000"):
        assert check_finess(faulty) is Remark.FORM
    assert check_siret("732 829 320 00074") is Remark.FINE
    assert check_siret("73282932000075") is Remark.CHECK_DIGIT and check_siret("732829320") is Remark.FORM
    assert check_siret("35600000049837") is Remark.FINE  # La Poste


@given(st.text(max_size=30))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert check_finess(text) in Remark and check_siret(text) in Remark
    assert compact(compact(text)) == compact(text)


def test_the_two_formats_are_read(tmp_path: Path) -> None:
    file = tmp_path / "structures.json"
    file.write_text(json.dumps(STRUCTURES), "utf-8")
    body, unit = list(read_directory(file))
    assert (body.kind, body.name, body.town, body.department) == (
        FinessKind.LEGAL,
        "ASSOCIATION BEL ÂGE",
        "Rouen",
        "76",
    )
    assert (unit.kind, unit.legal_number, unit.siret) == (FinessKind.GEOGRAPHIC, body.number, "73282932000074")
    assert (unit.town, unit.department, unit.postal_code) == ("Saint-Denis", "974", "97400")
    text = csv_text([line(3, *NAMES[3])])
    for encoding in ("cp1252", "utf-8", "utf-8-sig"):
        (tmp_path / "one.csv").write_bytes(text.encode(encoding))
        (found,) = read_directory(tmp_path / "one.csv")
        assert (found.name, found.town, found.department) == (
            "INSTITUT MÉDICO-ÉDUCATIF L'ÉCLAIRCIE",
            "Saint-Denis",
            "974",
        )
    (tmp_path / "one.csv.gz").write_bytes(gzip.compress(text.encode()))
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("one.csv", text)
    assert list(read_directory(tmp_path / "one.csv.gz")) == list(read_directory(tmp_path / "one.zip")) == [found]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ni un fichier"),
        (b"nom;ville\nEHPAD;Rouen\n", "ni un fichier"),
        (b"finess;etalab;111;2026-05-12\n", "aucun"),
        (csv_text([line(0, *NAMES[0]), "structureet;760000001;76"]).encode(), "ligne 3 : 3 colonnes"),
        (csv_text([line(0, *NAMES[0]), line(0, *NAMES[1])]).encode(), "ligne 3 : le num"),
        (csv_text([line(0, *NAMES[0]).replace(number(76000000), "76-00")]).encode(), "ligne 2 :"),
        (b'{"pmej": [', "JSON mal form"),
        (b'{"activites": []}', "pmej"),
        (b'{"pmej": [{"etatObjet": "A"}]}', "informationsGeneralesPMEJ"),
        (b"[1, 2]", "pmej"),
    ],
)
def test_a_faulty_file_says_where_and_changes_nothing(
    content: bytes, reason: str, directory: Directory, tmp_path: Path
) -> None:
    file = tmp_path / "faulty.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableDirectory, match=reason):
        directory.load(read_directory(file), file.name, NOON + timedelta(days=1))
    loaded = directory.loaded()
    assert loaded and (loaded.file, loaded.count, loaded.loaded_at) == ("etalab.csv", len(NAMES), NOON)
    assert directory.by_number(number(76000000))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDirectory, match="lecture impossible"):
        list(read_directory(tmp_path / "none.csv"))


def test_loading_again_replaces(directory: Directory, tmp_path: Path) -> None:
    file = tmp_path / "structures.json"
    file.write_text(json.dumps(STRUCTURES), "utf-8")
    assert directory.load(read_directory(file), file.name, NOON + timedelta(days=1)) == 2
    assert directory.by_number(number(76000003)) is None
    known = directory.by_number(f" {number(76000001)[:3]} {number(76000001)[3:]} ")
    assert known and known.name == "EHPAD LES TILLEULS"


def test_legal_and_geographic_numbers_are_told_apart(directory: Directory) -> None:
    assert directory.kind_of(number(76000000)) is FinessKind.GEOGRAPHIC
    assert directory.kind_of(number(76900000)) is FinessKind.LEGAL
    assert directory.kind_of("999999999") is None


@pytest.mark.parametrize(
    ("name", "town", "department", "expected"),
    [
        ("les tilleuls", "Rouen", None, 0),
        ("Ehpad Les Tileuls", "rouen", None, 0),
        ("tilleuls", "Dieppe", "76", 1),
        ("maison de retraite du Parc", "ROUEN", None, 2),
        ("ime l eclaircie", "Saint-Denis", "974", 3),
        ("institut médico-éducatif l'éclaircie", "St Denis", None, 3),
        ("L'Éclaircie", None, None, 3),
    ],
)
def test_name_and_town_find_the_number(
    name: str, town: str | None, department: str | None, expected: int, directory: Directory
) -> None:
    winner = clear_winner(directory.find(name, town=town, department=department))
    assert winner and winner.number == number(76000000 + expected)


def test_namesakes_are_all_shown_and_nobody_guesses(directory: Directory) -> None:
    found = directory.find("EHPAD Les Tilleuls", department="76")
    assert len(found) == 2 and clear_winner(found) is None
    assert directory.find("clinique des Acacias", town="Rouen") == []
    assert directory.find("???") == [] and directory.find("100%_") == []


def test_without_a_directory_nothing_is_found_and_nothing_fails(any_store: Store) -> None:
    empty = Directory(any_store)
    assert empty.loaded() is None and empty.find("Les Tilleuls", town="Rouen") == []
    assert empty.by_number("760000001") is None and empty.kind_of("760000001") is None


def test_a_directory_of_the_size_of_france_is_loaded_and_searched_in_time(store: Store, tmp_path: Path) -> None:
    chance = random.Random(5)
    words = [
        f"{a}{b}"
        for a in ("bel", "clair", "mont", "val", "roch", "font")
        for b in ("air", "ombre", "fleur", "vigne", "pré")
    ]
    lines = []
    for place in range(100_000):
        short = f"EHPAD {chance.choice(words)} {chance.choice(words)}".upper()
        department = f"{chance.randrange(1, 96):02d}"
        lines.append(line(place, short, short, "001", department, f"{department}000 VILLE{place % 900}"))
    file = tmp_path / "france.csv"
    file.write_bytes(csv_text(lines).encode("cp1252"))
    directory = Directory(store)
    began = time.monotonic()
    assert directory.load(read_directory(file), file.name, NOON) == 100_000
    assert time.monotonic() - began < 60
    taken = []
    for place in range(0, 3000, 100):
        began = time.perf_counter()
        directory.find("EHPAD Belair Clairombre", town=f"Ville{place % 900}", department=f"{place % 95 + 1:02d}")
        directory.find("EHPAD Montfleur Valvigne", department=f"{place % 95 + 1:02d}")
        taken.append(time.perf_counter() - began)
    # Two searches; generous for a busy machine.
    assert statistics.median(taken) < 0.5
