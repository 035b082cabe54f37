"""The agency's table of dossiers, as CSV for French spreadsheets and as XLSX.

What applicants type must never run in a spreadsheet (OWASP, « CSV injection »). In CSV, a cell whose first visible sign could
start a formula (= + - @, their wide forms, a tab or a line break) is preceded by an apostrophe, and quoted as all others. In
XLSX such a cell is written as a string and typed as one, which no spreadsheet evaluates; it keeps its words unchanged.
"""

from __future__ import annotations

import csv
import io
import logging
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.checklist.items import checklist_of, criteria_of
from knowledge.conditions.reading import AUTHORITY, DEPARTMENT, KIND, common_questions
from knowledge.dossiers.dossier import Dossier
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.wording import answer_text
from knowledge.places.codes import department

log = logging.getLogger(__name__)
_FILE = Path(__file__).with_name("export.yml")
_STARTS_FORMULA = set("=+-@\t\r\n")
_PARIS = ZoneInfo("Europe/Paris")
_WIDEST = 50

Cell = str | date


def to_csv(dossiers: Iterable[Dossier], judge_of: Callable[[str], Judge | None]) -> bytes:
    """Return the table for a spreadsheet set to French: UTF-8 with its mark, semicolons, one line a dossier.

    Args:
        dossiers: in the order of the lines.
        judge_of: that of a call, None when the call is no longer published.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows(dossiers, judge_of):
        writer.writerow([harmless(_text(cell)) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(dossiers: Iterable[Dossier], judge_of: Callable[[str], Judge | None]) -> bytes:
    """Return the table as a workbook: real dates, numbers as text, headings that stay in view and filter."""
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = _words()["sheet"]
    widths: dict[int, int] = {}
    for line, row in enumerate(rows(dossiers, judge_of), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(line, column)
            if isinstance(value, date):
                cell.value, cell.number_format = value, "DD/MM/YYYY"
            else:
                cell.value = value
                # A string whatever it begins with: the library would make a formula of « =… ».
                cell.data_type = "s"
                cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if line == 1:
                cell.font = Font(bold=True)
            widths[column] = min(_WIDEST, max(widths.get(column, 10), len(_text(value)) + 2))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(dossiers: Iterable[Dossier], judge_of: Callable[[str], Judge | None]) -> Iterable[list[Cell]]:
    """Yield the headings, then a line for each dossier."""
    columns = _words()["columns"]
    yield list(columns.values())
    for item in dossiers:
        values = _all_values(item, judge_of)
        yield [_cell(values.get(name, "")) for name in columns]


def harmless(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula."""
    first = unicodedata.normalize("NFKC", text.lstrip(" \u00a0"))[:1]
    return f"'{text}" if first in _STARTS_FORMULA and first else text


def _all_values(item: Dossier, judge_of: Callable[[str], Judge | None]) -> dict[str, Cell]:
    """Return the cells of a dossier; one that cannot be read leaves its line, with what can: the others must come out."""
    try:
        return _values(item, judge_of(item.record_id))
    except Exception as error:
        log.error("dossier %s: its line is not complete: %s", item.reference, type(error).__name__)
        return {"reference": item.reference, "call": _words()["unreadable"], "updated": _day(item.updated_at)}


def _cell(value: Cell) -> Cell:
    """Return a cell that every file can hold, whatever was stored before it was checked."""
    return value if isinstance(value, date) else _printable(str(value))


def _values(item: Dossier, judge: Judge | None) -> dict[str, Cell]:
    words, content = _words(), item.content
    establishment: Mapping[str, str] = content.get("establishment", {})
    contact: Mapping[str, str] = content.get("contact", {})
    answers: Mapping[str, Any] = content.get("answers", {})
    place = answers.get(DEPARTMENT)
    authority = answers.get(AUTHORITY)
    values: dict[str, Cell] = {
        "reference": item.reference,
        "call": words["withdrawn"].format(id=item.record_id),
        "created": _day(item.created_at),
        "updated": _day(item.updated_at),
        "label": establishment.get("name", ""),
        "kind": str(answers.get(KIND, "")),
        "sector": establishment.get("sector", ""),
        "managing_body": establishment.get("managing_body", ""),
        "town": establishment.get("town", ""),
        "department": f"{department(place).name} ({place})" if place else "",
        "finess": establishment.get("finess", ""),
        "finess_kind": words["finess_kinds"].get(establishment.get("finess_kind"), ""),
        "siret": establishment.get("siret", ""),
        "authority": answer_text(common_questions()[AUTHORITY], authority) if authority else "",
        "verdict": "",
        "progress": "",
        "criteria": "",
        "role": contact.get("role", ""),
        "email": contact.get("email", ""),
        "consent": item.consent,
        "consented": _day(item.consented_at),
    }
    return values | _of_call(item, judge) if judge else values


def _of_call(item: Dossier, judge: Judge) -> dict[str, Cell]:
    """Return what only the call's own record can tell."""
    words, content, record = _words(), item.content, judge.record
    kind = judge.kinds.known.get(content.get("answers", {}).get(KIND, ""))
    checked = checklist_of(record, content.get("checklist", {})).items
    done = sum(entry.progress.is_settled for entry in checked)
    criteria = criteria_of(record)
    written = sum(bool(content.get("letter", {}).get(fact.id)) for fact in criteria)
    verdict = judge.assess(content.get("answers", {})).verdict
    return {
        "call": record.short_title,
        "kind": kind.name if kind else "",
        "verdict": words["verdicts"][verdict.value] if content.get("answers") else "",
        "progress": words["count"].format(done=done, total=len(checked)) if checked else "",
        "criteria": words["count"].format(done=written, total=len(criteria)) if criteria else "",
    }


def _day(instant: datetime) -> date:
    return instant.astimezone(_PARIS).date()


def _text(cell: Cell) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell


def _printable(text: str) -> str:
    """Return `text` without the control characters that a workbook cannot hold."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content
