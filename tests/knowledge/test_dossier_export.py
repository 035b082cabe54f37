"""The agency's table of dossiers: readable by French spreadsheets, and harmless in them."""

from __future__ import annotations

import csv
import io
import shutil
import stat
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from records_for_tests import NOON

from knowledge.__main__ import main
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.dossiers.commands import judge_finder
from knowledge.dossiers.dossier import Dossiers
from knowledge.dossiers.export import harmless, to_csv, to_xlsx

ATTACKS = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1:1/"; "clic")',
    "+33 6 00 00 00 00",
    "-2+3",
    "@SUM(1;1)",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＠A1",
    'DDE("cmd";"/C calc";"!A0")A0',
]


@pytest.fixture
def full(store: Store) -> Store:
    load(store, FOLDER, NOON, "tests")
    dossiers = Dossiers(store)
    content: dict[str, Any] = {
        "establishment": {
            "name": "EHPAD des Tilleuls ; « Bel Âge »",
            "town": "Rouen",
            "finess": "010000019",
            "finess_kind": "geographic",
        },
        "contact": {"email": "a@b.example", "role": "Directrice"},
        "answers": {"department": "76", "establishment_kind": "ehpad", "authority": "ars_departement"},
        "checklist": {"letter": {"progress": "done"}},
        "letter": {"difficulties": "Texte"},
    }
    dossiers.create("normandie-2024", content, "2026-11", NOON)
    for place, attack in enumerate(ATTACKS):
        name = {"establishment": {"name": attack, "managing_body": attack}}
        dossiers.create("normandie-2024", name, "2026-11", NOON + timedelta(days=1, minutes=place))
    dossiers.create("gone-2020", {}, "2026-11", NOON - timedelta(days=1))
    return store


def csv_rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_line_says_what_the_agency_needs(full: Store) -> None:
    rows = csv_rows(to_csv(Dossiers(full).every(), judge_finder(full)))
    assert len(rows) == len(ATTACKS) + 2
    row = next(item for item in rows if item["Commune"] == "Rouen")
    assert row["Appel"] == "Appel QVCT Normandie 2024-2025" and row["Créé le"] == NOON.strftime("%d/%m/%Y")
    assert row["Établissement"] == "EHPAD des Tilleuls ; « Bel Âge »" and row["FINESS"] == "010000019"
    assert row["Département"] == "Seine-Maritime (76)" and row["Catégorie"] == "EHPAD"
    assert row["Avis indicatif"] == "à confirmer" and row["Liste de contrôle"] == "1 sur 17"
    assert row["Critères rédigés"] == "1 sur 4" and row["Adresse électronique"] == "a@b.example"
    gone = next(item for item in rows if "retiré" in item["Appel"])
    assert gone["Appel"] == "(appel retiré) gone-2020" and gone["Avis indicatif"] == ""


def test_no_cell_of_the_csv_can_start_a_formula(full: Store) -> None:
    rows = csv_rows(to_csv(Dossiers(full).every(), judge_finder(full)))
    cells = [cell for row in rows for cell in row.values() if cell]
    assert all(cell.lstrip(" \u00a0")[:1] not in set("=+-@＝＋－＠\t\r\n") for cell in cells)
    assert "'=1+1" in cells and "'+33 6 00 00 00 00" in cells


@given(st.text(max_size=40))
def test_any_text_is_harmless_and_recovered(text: str) -> None:
    cell = harmless(text)
    assert cell in {text, f"'{text}"} and cell.lstrip(" \u00a0")[:1] not in set("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫")


def test_the_workbook_holds_words_numbers_as_text_and_real_dates(full: Store) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(Dossiers(full).every(), judge_finder(full)))).active
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
    header = [cell.value for cell in sheet[1]]
    rows = [dict(zip(header, row)) for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "d", "n"}
    row = next(item for item in rows if item["Commune"].value == "Rouen")
    assert row["FINESS"].value == "010000019" and row["Créé le"].value.date() == NOON.date()
    assert isinstance(row["Créé le"].value.date(), date)
    assert {item["Établissement"].value for item in rows} >= set(ATTACKS)


def test_a_real_spreadsheet_evaluates_nothing(full: Store, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing (Debian: apt-get install libreoffice-calc)"
    (tmp_path / "dossiers.xlsx").write_bytes(to_xlsx(Dossiers(full).every(), judge_finder(full)))
    (tmp_path / "table.csv").write_bytes(to_csv(Dossiers(full).every(), judge_finder(full)))
    for name, options in (("dossiers.xlsx", ""), ("table.csv", "--infilter=CSV:59,34,76")):
        command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--calc", *options.split()]
        command += ["--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76", "--outdir", str(tmp_path / "out")]
        subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, timeout=180)
        shown = (tmp_path / "out" / name).with_suffix(".csv").read_text("utf-8")
        assert "=1+1" in shown and "@SUM(1;1)" in shown and "-2+3" in shown, name
        assert ";2;" not in shown and "#NAME" not in shown and "Err:" not in shown, name


def test_the_command_line_writes_lists_and_protects(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", full.url)
    file = tmp_path / "dossiers.xlsx"
    assert main(["dossiers", "export", str(file), "--call", "normandie-2024"]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and load_workbook(file).active.max_row == len(ATTACKS) + 2
    assert main(["dossiers", "export", str(file)]) == 1 and "existe déjà" in capsys.readouterr().err
    assert main(["dossiers", "export", str(file), "--force"]) == 0
    assert main(["dossiers", "export", str(tmp_path / "dossiers.ods")]) == 1
    assert ".csv ou en .xlsx" in capsys.readouterr().err
    assert main(["dossiers", "list"]) == 0
    listed = capsys.readouterr().out
    assert f"{len(ATTACKS) + 2} dossier(s)" in listed and "Tilleuls" not in listed and "@" not in listed


def test_the_export_never_fails_on_a_line(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was stored before contents were checked, the other lines come out."""
    dossiers = Dossiers(full)
    broken = {"establishment": {"name": "EHPAD \ud800\x00\u202e", "town": "Rouen"}, "answers": {"department": "999"}}
    made, _ = dossiers.create("normandie-2024", broken, "2026-11", NOON)
    odd, _ = dossiers.create("normandie-2024", {"establishment": {"name": "A\ud83d"}}, "2026-11", NOON)
    every, judges = dossiers.every(), judge_finder(full)
    lines = csv_rows(to_csv(every, judges))
    assert len(lines) == len(every)
    by_reference = {line["Référence"]: line for line in lines}
    assert "illisible" in by_reference[made.reference]["Appel"]
    assert by_reference[odd.reference]["Établissement"] == "A"
    assert load_workbook(io.BytesIO(to_xlsx(every, judges))).active.max_row == len(every) + 1
