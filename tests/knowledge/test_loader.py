"""Files of records: each fault is told in French with its place and remedy, and nothing is loaded by halves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_for_tests import NOON, content, publication

from knowledge.base.loader import FOLDER, export, load, read_folder
from knowledge.base.schema import read_file
from knowledge.base.store import Store
from knowledge.errors import InvalidRecords, Problem

HERE = Path(__file__).parent
VALID = (HERE / "valid_record.yml").read_text("utf-8")


class Fault(NamedTuple):
    """What is replaced in the valid file, and what must be said; the line is the one where `at` stands."""

    old: str
    new: str
    at: str
    field: str
    message: str
    remedy: str


def _fault(entry: dict[str, str]) -> Fault:
    whole = {"ALL": VALID, "DOCUMENTS": VALID[VALID.index("documents:") : VALID.index("facts:")]}
    return Fault(**{**entry, "old": whole.get(entry["old"], entry["old"])})


FAULTS = {name: _fault(entry) for name, entry in yaml.safe_load((HERE / "faults.yml").read_text("utf-8")).items()}


def faults_of(folder: Path) -> list[Problem]:
    with pytest.raises(InvalidRecords) as caught:
        read_folder(folder)
    return caught.value.problems


def folder_with(tmp_path: Path, **files: str | bytes) -> Path:
    folder = tmp_path / "fiches"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def state_of(store: Store) -> tuple[Any, ...]:
    return store.revision(), store.summaries(), store.contents(("call", "resource", "event", "term", "establishment"))


def test_the_file_that_each_fault_is_made_from_has_none(tmp_path: Path) -> None:
    [found] = read_folder(folder_with(tmp_path, valid=VALID))
    assert (found.id, found.kind, found.summary["regions"]) == ("valid", "call", ["53"])


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gives_its_file_line_field_message_and_remedy(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    text = VALID.replace(fault.old, fault.new, 1)
    assert text != VALID
    folder = folder_with(tmp_path, faulty=text)
    problems = faults_of(folder)
    problem = problems[0]
    assert problem.file == folder / "faulty.yml"
    assert problem.field == fault.field
    assert problem.line == text[: text.index(fault.at)].count("\n") + 1
    assert_french(problem, fault.message, fault.remedy)


def assert_french(problem: Problem, message: str, remedy: str) -> None:
    """Check what is said, and that no word of the libraries' English is left in it."""
    assert re.search(message, problem.message), problem.message
    assert re.search(remedy, problem.remedy), problem.remedy
    assert problem.message and problem.remedy
    english = r"\b(string|array|expected|mapping|found|while|not allowed|is not|required property|unhashable|codec)\b"
    assert not re.search(english, f"{problem.message} {problem.remedy}")


def test_a_file_that_is_not_utf8_is_named_with_the_remedy(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, latin=VALID.encode("latin-1"))
    [problem] = faults_of(folder)
    assert (problem.file, problem.line, problem.field) == (folder / "latin.yml", 1, "fichier")
    assert_french(problem, "UTF-8", "UTF-8")


@pytest.mark.parametrize("made", [True, False], ids=["empty", "absent"])
def test_a_folder_without_records_is_a_fault(made: bool, tmp_path: Path) -> None:
    folder = folder_with(tmp_path) if made else tmp_path / "nowhere"
    [problem] = faults_of(folder)
    assert problem.file == folder
    assert_french(problem, "aucun fichier", "dossier")


def test_all_the_faults_of_all_the_files_are_told_at_once(tmp_path: Path) -> None:
    first = VALID.replace("kind: call", "kind: appel").replace('"53"', "53")
    folder = folder_with(tmp_path, a=first, b="", c=VALID)
    assert [(problem.file.stem, problem.field) for problem in faults_of(folder)] == [
        ("a", "kind"),
        ("a", "territory.regions.0"),
        ("b", "fichier"),
    ]


@pytest.mark.parametrize("name", ["30 February", "empty", "unknown region", "bad YAML"])
def test_one_faulty_file_loads_nothing_and_leaves_the_store_as_it_was(name: str, tmp_path: Path, store: Store) -> None:
    store.publish([publication()], "tests", NOON)
    before = state_of(store)
    fault = FAULTS[name]
    folder = folder_with(tmp_path, aaa=VALID, faulty=VALID.replace(fault.old, fault.new, 1), zzz=VALID)
    with pytest.raises(InvalidRecords):
        load(store, folder, NOON, "tests")
    assert state_of(store) == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, len(VALID)),
    length=st.integers(0, 12),
    inserted=st.text(st.sampled_from("{}[]:-?&*!|>'\"#%@` \n\t\0aé0é\u2028"), max_size=6),
)
def test_a_file_damaged_anywhere_is_read_or_refused_but_never_crashes(
    start: int, length: int, inserted: str, tmp_path: Path
) -> None:
    file = tmp_path / "damaged.yml"
    file.write_text(VALID[:start] + inserted + VALID[start + length :], "utf-8")
    found, problems = read_file(file)
    assert found is not None or problems


def test_the_real_records_come_back_the_same_after_export_and_load(tmp_path: Path, store: Store) -> None:
    assert set(load(store, FOLDER, NOON, "tests")) >= {file.stem for file in FOLDER.glob("*.yml")}
    files = export(store, tmp_path / "export")
    assert {file.name for file in files} == {file.name for file in FOLDER.glob("*.yml")}
    for file in files:
        written = yaml.safe_load(file.read_text("utf-8"))
        assert written == yaml.safe_load((FOLDER / file.name).read_text("utf-8"))
    assert load(store, tmp_path / "export", NOON, "tests") == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(blacklist_categories=("Cs",)), min_size=5, max_size=60))
def test_any_text_comes_back_the_same_after_export_and_load(text: str, tmp_path: Path, store: Store) -> None:
    store.publish([publication("any", title=text)], "tests", NOON)
    export(store, tmp_path / "export")
    [found] = read_folder(tmp_path / "export")
    assert found.content == content(title=text)
