"""The documents of every call: built, opened again by other programs, printed and looked at.

PDF/UA is checked with `pdfua`, a part of its machine-checkable rules (no veraPDF here), and with pikepdf; neither replaces
somebody who reads the document with a screen reader.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import docx
import pdfua
import pikepdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from PIL import Image
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.records import Kind as RecordKind
from knowledge.base.store import Store
from knowledge.checklist.items import criteria_of
from knowledge.documents.building import build, build_all
from knowledge.documents.choosing import Format, Kind, available, wanted
from knowledge.documents.compose import Application, title_of
from knowledge.documents.schedule import moments_of
from knowledge.dossiers.content import check_content
from knowledge.errors import NotACall, UnknownDocument

PUBLISHED = Path(__file__).parent / "published"
WRITTEN = [kind for kind in Kind if kind is not Kind.CALENDAR]
SAID: dict[str, Any] = {
    "establishment": {
        "name": "EHPAD des Tilleuls",
        "managing_body": "Association Bel Âge",
        "town": "Rouen",
        "finess": "760000019",
        "finess_kind": "geographic",
        "sector": "medico_social",
    },
    "contact": {"role": "Directrice", "email": "direction@tilleuls.example"},
    "answers": {"department": "76", "establishment_kind": "ehpad", "authority": "ars_departement"},
    "checklist": {"letter": {"progress": "under_way", "who": "la direction", "note": "Relire en équipe"}},
    "letter": {"difficulties": "Trois postes vacants depuis un an.\nAbsentéisme : 14 %."},
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('documents') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    load(store, PUBLISHED, NOON, "tests")
    yield Assistant(Catalogue(store).snapshot())
    store.close()


def calls(assistant: Assistant) -> list[str]:
    return [item.id for item in assistant.base.summaries.values() if item.kind is RecordKind.CALL]


def application(
    assistant: Assistant, record_id: str = "normandie-2024", said: Any = None, now: datetime = NOON
) -> Application:
    judge = assistant.judge(record_id)
    return Application(judge, check_content(SAID if said is None else said, judge), now, "QVCT-7K3M-9PXD")


def words_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(file: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout


def test_every_call_gives_every_document_that_it_offers(assistant: Assistant) -> None:
    for record_id in calls(assistant):
        made = application(assistant, record_id, {})
        offered = available(made.record)
        assert {Kind.IDENTIFICATION, Kind.LETTER} <= set(offered), record_id
        for kind, formats in offered.items():
            for fmt in formats:
                document = build(kind, fmt, made)
                assert len(document.data) > 200 and re.fullmatch(r"[a-z-]+_[a-z0-9-]+\.[a-z]+", document.filename)


def test_only_what_makes_sense_is_offered(assistant: Assistant) -> None:
    normandie = available(assistant.base.get("normandie-2024"))
    assert set(normandie) == set(Kind)
    assert Kind.CSE_OPINION not in available(assistant.base.get("hauts-de-france-2018"))
    for record_id in ("guide-dgcs-2021", "guadeloupe-2017"):
        with pytest.raises(NotACall):
            available(assistant.base.get(record_id))
    with pytest.raises(UnknownDocument):
        build(Kind.CALENDAR, Format.PDF, application(assistant))


def test_the_letter_has_one_heading_per_criterion_filled_or_visibly_blank(assistant: Assistant) -> None:
    made = application(assistant)
    document = docx.Document(io.BytesIO(build(Kind.LETTER, Format.DOCX, made).data))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    criteria = [(fact.text or "").rstrip(".") for fact in criteria_of(made.record)]
    assert len(criteria) == 4 and headings[:4] == criteria
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Trois postes vacants depuis un an.\nAbsentéisme : 14 %." in words
    assert (
        sum(paragraph.style.name == "Blank" and paragraph.text == "à compléter" for paragraph in document.paragraphs)
        == 3
    )
    text = "\n".join(words)
    assert "Madame, Monsieur," in text and "EHPAD des Tilleuls, géré par Association Bel Âge," in text


def test_a_call_without_criteria_gets_general_headings_and_says_so(assistant: Assistant) -> None:
    words = words_of(build(Kind.LETTER, Format.DOCX, application(assistant, "la-reunion-2022", {})).data)
    assert "n'indique pas de critère" in words and "Notre situation et nos besoins" in words


def test_what_the_call_imposes_and_where_it_comes_from_are_in_every_document(assistant: Assistant) -> None:
    for kind in WRITTEN:
        words = words_of(build(kind, Format.DOCX, application(assistant)).data)
        assert "Emplacement des logos" in words and "avec le soutien de l'ARS Normandie et de l'ARACT" in words, kind
        assert "assistant automatique" in words and "ARS Normandie, date de publication inconnue" in words, kind
        assert "programme terminé" in words and "sert seulement à préparer une suite" in words, kind
    other = words_of(build(Kind.LETTER, Format.DOCX, application(assistant, "la-reunion-2022", {})).data)
    assert "Emplacement des logos" not in other and "publié le 11 juillet 2022" in other


def test_the_identification_sheet_shows_what_is_known_and_leaves_the_rest_blank(assistant: Assistant) -> None:
    document = docx.Document(io.BytesIO(build(Kind.IDENTIFICATION, Format.DOCX, application(assistant)).data))
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert rows["Nom de l'établissement"] == "EHPAD des Tilleuls" and rows["Numéro SIRET"] == ""
    assert rows["Département"] == "Seine-Maritime (76)" and rows["Numéro FINESS"] == "760000019 (entité géographique)"
    assert rows["Secteur"] == "Médico-social" and rows["Autorité compétente"] == "L'ARS et le conseil départemental"


def test_the_checklist_shows_states_who_and_why(assistant: Assistant) -> None:
    words = words_of(build(Kind.CHECKLIST, Format.DOCX, application(assistant)).data)
    assert "Points réglés : 0 sur 17." in words and "◐ en cours" in words
    assert "Par la direction\nRelire en équipe" in words and "2.C Modalités de candidature" in words


def test_word_documents_have_real_styles_a_language_and_no_author(assistant: Assistant) -> None:
    for kind in WRITTEN:
        document = docx.Document(io.BytesIO(build(kind, Format.DOCX, application(assistant)).data))
        assert document.core_properties.title == title_of(kind) and document.core_properties.author == ""
        assert document.core_properties.language == "fr-FR"
        languages = {item.get(qn("w:val")) for item in document.styles.element.iter(qn("w:lang"))}
        assert languages == {"fr-FR"}
        styles = {paragraph.style.name for paragraph in document.paragraphs}
        assert {"Title", "Subtitle", "Closing"} <= styles and document.paragraphs[0].style.name == "Title"
        for table in document.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


@pytest.mark.parametrize("kind", WRITTEN)
def test_pdf_documents_are_tagged_and_pass_the_rules_that_can_be_checked(
    kind: Kind, assistant: Assistant, tmp_path: Path
) -> None:
    for said in (SAID, {}):
        file = tmp_path / "document.pdf"
        file.write_bytes(build(kind, Format.PDF, application(assistant, said=said)).data)
        report = pdfua.validate(str(file))
        assert [(finding.rule_id, finding.message) for finding in report.findings] == []
        with pikepdf.open(file) as pdf:
            assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "fr-FR"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle and str(pdf.docinfo["/Title"]) == title_of(kind)
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
            tags = set(_tags(pdf.Root.StructTreeRoot))
            assert {"/H1", "/P"} <= tags and ("/Table" not in tags or {"/TH", "/TR", "/TD"} <= tags), tags


def _tags(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for item in node:
            yield from _tags(item)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)


def test_word_documents_print_whole_on_paper(assistant: Assistant, tmp_path: Path) -> None:
    """LibreOffice opens them, and what comes out is read as text and as a picture."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing (Debian: apt-get install libreoffice-writer)"
    for kind in WRITTEN:
        (tmp_path / f"{kind.value}.docx").write_bytes(build(kind, Format.DOCX, application(assistant)).data)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    files = [str(file) for file in sorted(tmp_path.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=240)
    for kind in WRITTEN:
        printed = tmp_path / f"{kind.value}.pdf"
        text = text_of_pdf(printed)
        assert title_of(kind).split(" (")[0] in text and "page 1 sur" in text and "Appel QVCT Normandie" in text
        with pikepdf.open(printed) as pdf:
            assert 1 <= len(pdf.pages) <= 4
        subprocess.run(["pdftoppm", "-r", "40", "-gray", "-png", str(printed), str(tmp_path / kind.value)], check=True)
    for picture in tmp_path.glob("*.png"):
        image = Image.open(picture)
        width, height = image.size
        dark = image.point(lambda value: 255 if value < 140 else 0)
        left, top, right, bottom = dark.getbbox()
        # Nothing is printed in the outer centimetre.
        centimetre = width / 21
        assert (
            left > centimetre and right < width - centimetre and top > centimetre and bottom < height - centimetre / 2
        )


def test_the_same_words_are_in_both_formats(assistant: Assistant, tmp_path: Path) -> None:
    for kind in WRITTEN:
        made = application(assistant)
        (tmp_path / "one.pdf").write_bytes(build(kind, Format.PDF, made).data)
        printed = set(re.findall(r"\w{5,}", text_of_pdf(tmp_path / "one.pdf").replace("-\n", "-")))
        typed = set(re.findall(r"\w{5,}", words_of(build(kind, Format.DOCX, made).data)))
        assert len(typed - printed) <= len(typed) * 0.03, typed - printed


HOSTILE = [
    "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7}",
    "<img src='http://127.0.0.1:1/x'><script>alert(1)</script><style>@import 'http://127.0.0.1:1/y'</style>",
    "]]> &amp; &nbsp; <!-- & < >",
    "bonne journée 👩‍⚕️ \U0001f600 עברית",
    "x" * 190,
]


def test_what_applicants_type_stays_text(assistant: Assistant, tmp_path: Path) -> None:
    for hostile in HOSTILE:
        said = {
            **SAID,
            "establishment": {"name": hostile[:200]},
            "letter": {"difficulties": f"{hostile}\x00\x0b\ufffe\u202e"},
        }
        made = Application(assistant.judge("normandie-2024"), said, NOON)
        for kind in (Kind.LETTER, Kind.IDENTIFICATION):
            words = words_of(build(kind, Format.DOCX, made).data)
            assert hostile in words and "\u202e" not in words
            (tmp_path / "one.pdf").write_bytes(build(kind, Format.PDF, made).data)
            printed = re.sub(r"\s+", "", text_of_pdf(tmp_path / "one.pdf"))
            if hostile.isascii():
                assert re.sub(r"\s+", "", hostile) in printed
            assert pdfua.validate(str(tmp_path / "one.pdf")).exit_code == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=300))
def test_any_text_gives_a_document_that_opens(words: str, assistant: Assistant) -> None:
    said = {"letter": {"difficulties": words}, "establishment": {"name": words[:200] or "x"}}
    made = Application(assistant.judge("normandie-2024"), said, NOON)
    assert docx.Document(io.BytesIO(build(Kind.LETTER, Format.DOCX, made).data)).paragraphs
    assert build(Kind.LETTER, Format.PDF, made).data.startswith(b"%PDF")


def test_the_calendar_holds_the_last_day_of_an_inclusive_deadline_in_its_territory(assistant: Assistant) -> None:
    before = datetime(2022, 7, 20, 12, tzinfo=timezone.utc)
    document = build(Kind.CALENDAR, Format.ICS, application(assistant, "la-reunion-2022", {}, before))
    calendar = Calendar.from_ical(document.data)
    deadline = next(event for event in calendar.walk("VEVENT") if "Date limite" in str(event["summary"]))
    assert deadline.decoded("dtstart") == date(2022, 9, 5) and deadline.decoded("dtend") == date(2022, 9, 6)
    assert len(list(deadline.walk("VALARM"))) == 3
    suggested = [event for event in calendar.walk("VEVENT") if str(event["summary"]).startswith("Suggéré")]
    assert all(event.decoded("dtstart") < date(2022, 9, 5) and event["status"] == "TENTATIVE" for event in suggested)
    again = build(Kind.CALENDAR, Format.ICS, application(assistant, "la-reunion-2022", {}, before + timedelta(days=1)))
    uids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids) and uids == [
        str(e["uid"]) for e in Calendar.from_ical(again.data).walk("VEVENT")
    ]


def test_a_past_deadline_rings_no_more_and_an_hour_is_kept(assistant: Assistant) -> None:
    document = build(Kind.CALENDAR, Format.ICS, application(assistant, "la-reunion-2022", {}))
    (deadline,) = [e for e in Calendar.from_ical(document.data).walk("VEVENT") if "Date limite" in str(e["summary"])]
    assert not list(deadline.walk("VALARM")) and "Cette date est passée." in str(deadline["description"])
    timed = [
        (record_id, moment)
        for record_id in calls(assistant)
        for moment in moments_of(assistant.base.get(record_id))
        if moment.deadline and moment.deadline.time
    ]
    assert timed, "one of the published calls has an hour"
    record_id, moment = timed[0]
    calendar = Calendar.from_ical(build(Kind.CALENDAR, Format.ICS, application(assistant, record_id, {})).data)
    event = next(item for item in calendar.walk("VEVENT") if str(item["uid"]).startswith(f"{record_id}.{moment.id}@"))
    end = event.decoded("dtend")
    assert moment.deadline and end.time() == moment.deadline.time and end.tzinfo is not None


def test_everything_comes_in_one_file_too(assistant: Assistant) -> None:
    archive = zipfile.ZipFile(io.BytesIO(build_all(application(assistant)).data))
    names = archive.namelist()
    assert len(names) == 11 and len(set(names)) == 11 and archive.testzip() is None
    assert "lettre-de-motivation_normandie-2024.docx" in names and not any(name.endswith(".json") for name in names)


def test_the_data_are_given_as_json(assistant: Assistant) -> None:
    content = json.loads(build(Kind.VERDICT, Format.JSON, application(assistant)).data)
    assert content["call"] == "normandie-2024" and content["content"] == SAID
    assert content["blocks"][1]["type"] == "heading" and content["reference"] == "QVCT-7K3M-9PXD"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("générez la lettre de motivation en word", {Kind.LETTER: (Format.DOCX,)}),
        ("je veux le courrier et la fiche en PDF", {Kind.IDENTIFICATION: (Format.PDF,), Kind.LETTER: (Format.PDF,)}),
        ("un fichier ics pour outlook", {Kind.CALENDAR: (Format.ICS,)}),
        ("un modèle d'avis du CSE", {Kind.CSE_OPINION: (Format.DOCX, Format.PDF)}),
        ("le calendrier en pdf", {Kind.CALENDAR: (Format.ICS,)}),
        ("la checklist en json", {Kind.CHECKLIST: (Format.JSON,)}),
    ],
)
def test_the_documents_wanted_are_understood(message: str, expected: Any, assistant: Assistant) -> None:
    assert wanted(message, assistant.base.get("normandie-2024")) == expected


def test_without_a_name_all_are_offered_but_json(assistant: Assistant) -> None:
    record = assistant.base.get("normandie-2024")
    everything = wanted("mes documents", record)
    assert set(everything) == set(Kind) and all(Format.JSON not in formats for formats in everything.values())
