"""`python -m knowledge`, run as people run it: another process, its output, its exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from records_for_tests import NOON, content

import knowledge
from knowledge.base.loader import FOLDER
from knowledge.base.store import Store, UnansweredQuestion

ROOT = Path(knowledge.__file__).parent.parent
COMMANDS = ["check", "migrate", "load", "export", "show", "history", "restore", "withdraw", "questions", "purge"]


class CommandLine:
    """The command, on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'database' / 'knowledge.sqlite3'}"

    def __call__(self, *arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        environment = {**kept, "DATABASE_URL": self.url, "ASSISTANT_NOW": "2026-11-22T12:00", **settings}
        return subprocess.run(
            [sys.executable, "-m", "knowledge", *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment,
            timeout=60,
            check=False,
        )

    def succeeds(self, *arguments: object, **settings: str) -> str:
        done = self(*arguments, **settings)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    def fails(self, *arguments: object, **settings: str) -> str:
        """Run a command that must be refused with exit status 1 and an explanation; return that."""
        done = self(*arguments, **settings)
        assert done.returncode == 1, done.stdout
        assert done.stderr.strip() and "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Return the command on a database where the real records are loaded; tests only read it."""
    command = CommandLine(tmp_path_factory.mktemp("filled"))
    command.succeeds("load")
    return command


def folder_of(tmp_path: Path, **files: object) -> Path:
    folder = tmp_path / "fiches"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        file = folder / f"{name.replace('_', '-')}.yml"
        file.write_text(text if isinstance(text, str) else yaml.safe_dump(text, allow_unicode=True), "utf-8")
    return folder


def test_the_help_lists_every_command(run: CommandLine) -> None:
    shown = run.succeeds("--help")
    assert [command for command in COMMANDS if not re.search(rf"^ +{command}\b", shown, re.MULTILINE)] == []
    assert "DATABASE_URL" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_help(command: str, run: CommandLine) -> None:
    assert f"python -m knowledge {command}" in run.succeeds(command, "--help")


def test_check_counts_the_real_records_and_touches_no_database(run: CommandLine) -> None:
    assert run.succeeds("check").startswith(f"{len(list(FOLDER.glob('*.yml')))} fiche(s) sans faute")
    assert not Path(run.url.removeprefix("sqlite:///")).exists()


def test_load_publishes_then_says_that_nothing_changed(run: CommandLine, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, bretagne_2026=content())
    assert "1 fiche(s) publiée(s) : bretagne-2026" in run.succeeds("load", folder)
    assert "0 fiche(s) publiée(s)" in run.succeeds("load", folder)


def test_history_gives_each_version_with_its_date_author_and_fields(run: CommandLine, tmp_path: Path) -> None:
    run.succeeds("load", folder_of(tmp_path, bretagne_2026=content()), "--author", "Aline")
    changed = folder_of(tmp_path, bretagne_2026=content(edition="2027"))
    run.succeeds("load", changed, "--author", "Bruno", ASSISTANT_NOW="2026-12-01T08:30")
    first, second = run.succeeds("history", "bretagne-2026").splitlines()
    assert first.split("\t")[:3] == ["1", "2026-11-22 12:00", "Aline"]
    assert second.split("\t") == ["2", "2026-12-01 08:30", "Bruno", "edition"]


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2022-07-20", "open"),
        ("2022-09-05", "closing_soon"),
        ("2022-09-05T23:59:59+04:00", "closing_soon"),
        ("2022-09-06T00:00+04:00", "closed"),
        ("2022-09-06", "closed"),
    ],
)
def test_show_places_itself_at_the_date_given(at: str, status: str, filled: CommandLine) -> None:
    shown = filled.succeeds("show", "la-reunion-2022", "--at", at)
    assert f"situation : {status}\n" in shown
    assert "5 septembre 2022" in shown and "ars-reunion-aap-aac-ami@ars.sante.fr" in shown


def test_show_says_today_when_no_date_is_given(filled: CommandLine) -> None:
    assert "situation : ended_by_programme" in filled.succeeds("show", "normandie-2024")
    assert "situation : no_deadline_stated" in filled.succeeds(
        "show", "normandie-2024", ASSISTANT_NOW="2025-12-31T22:00"
    )


def test_export_writes_files_that_load_again_without_change(filled: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "sortie"
    expected = sorted(file.name for file in FOLDER.glob("*.yml"))
    assert f"{len(expected)} fiche(s)" in filled.succeeds("export", folder)
    assert sorted(file.name for file in folder.iterdir()) == expected
    assert "0 fiche(s) publiée(s)" in filled.succeeds("load", folder)


def test_a_withdrawn_record_is_gone_and_its_file_that_would_bring_it_back_is_named(run: CommandLine) -> None:
    run.succeeds("load")
    said = run.succeeds("withdraw", "la-reunion-2022", "--yes")
    assert "la-reunion-2022.yml existe encore" in said
    assert "la-reunion-2022" in run.fails("show", "la-reunion-2022")
    assert "la-reunion-2022" in run.succeeds("load")


def test_nothing_is_withdrawn_without_a_yes(filled: CommandLine) -> None:
    assert "--yes" in filled.fails("withdraw", "la-reunion-2022")
    assert "5 septembre 2022" in filled.succeeds("show", "la-reunion-2022")


def test_an_old_version_is_shown_compared_and_brought_back(run: CommandLine, tmp_path: Path) -> None:
    run.succeeds("load", folder_of(tmp_path, bretagne_2026=content()))
    run.succeeds("load", folder_of(tmp_path, bretagne_2026=content(edition="2027")))
    assert "edition: '2026'" in run.succeeds("history", "bretagne-2026", "--version", "1")
    changes = run.succeeds("history", "bretagne-2026", "--diff", "2").splitlines()
    assert "-edition: '2026'" in changes and "+edition: '2027'" in changes
    assert "numéro 3" in run.succeeds("restore", "bretagne-2026", "1")
    assert "edition: '2026'" in run.succeeds("history", "bretagne-2026", "--version", "3")
    assert "déjà" in run.succeeds("restore", "bretagne-2026", "1")
    assert "version 9" in run.fails("restore", "bretagne-2026", "9")


def test_questions_are_listed_then_purged_when_they_are_too_old(run: CommandLine) -> None:
    run.succeeds("migrate")
    store = Store(run.url)
    store.keep_question(
        UnansweredQuestion(NOON - timedelta(days=400), "Une vieille question", None, None, "misunderstood")
    )
    store.keep_question(
        UnansweredQuestion(NOON - timedelta(days=2), "Et le budget ?", "normandie-2024", "funding", "unknown")
    )
    store.close()
    assert run.succeeds("questions") == "2026-11-20 12:00\tunknown\tnormandie-2024 / funding\tEt le budget ?\n"
    assert len(run.succeeds("questions", "--days", "500").splitlines()) == 2
    assert run.succeeds("purge").startswith("1 question(s)")
    assert run.succeeds("purge").startswith("0 question(s)")
    assert run.succeeds("questions", "--days", "500").count("\n") == 1
    assert run.succeeds("purge", RETENTION_QUESTIONS_DAYS="1").startswith("1 question(s)")


@pytest.mark.parametrize("command", ["show", "history", "withdraw"])
def test_an_unknown_record_is_named(command: str, filled: CommandLine) -> None:
    assert "« bretagne-1999 »" in filled.fails(command, "bretagne-1999")


@pytest.mark.parametrize("command", ["check", "load"])
def test_a_faulty_folder_is_refused_with_every_fault_and_nothing_is_loaded(
    command: str, run: CommandLine, tmp_path: Path
) -> None:
    run.succeeds("load", folder_of(tmp_path, bretagne_2026=content()))
    folder = folder_of(tmp_path, corse=content(opening="2023-02-30"), vide="", bretagne_2026=content(edition="2027"))
    said = run.fails(command, folder)
    assert "corse.yml:" in said and "2023-02-30" in said and "→" in said and "vide.yml:1" in said
    assert "2 faute(s) : rien n'a été chargé" in said
    assert len(run.succeeds("history", "bretagne-2026").splitlines()) == 1


def test_a_folder_that_does_not_exist_is_refused(run: CommandLine, tmp_path: Path) -> None:
    assert "aucun fichier" in run.fails("check", tmp_path / "nulle-part")


@pytest.mark.parametrize(
    ("url", "command"),
    [
        ("postgresql://personne:motdepasse@127.0.0.1:1/rien", ("show", "normandie-2024")),
        ("postgresql://personne:motdepasse@127.0.0.1:1/rien", ("load",)),
        ("personne:motdepasse@127.0.0.1", ("questions",)),
        ("inconnu://personne:motdepasse@127.0.0.1/x", ("load",)),
        ("sqlite:////dev/null/x.sqlite3", ("show", "normandie-2024")),
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_french_without_the_password(
    url: str, command: tuple[str, ...], run: CommandLine
) -> None:
    said = run.fails(*command, DATABASE_URL=url)
    assert "base de données" in said and "DATABASE_URL" in said
    assert "motdepasse" not in said


def test_a_database_without_tables_is_said_with_the_remedy(run: CommandLine) -> None:
    assert "python -m knowledge migrate" in run.fails("show", "normandie-2024")


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        (("show", "normandie-2024", "--at", "demain"), {}, "« demain »"),
        (("show", "normandie-2024"), {"ASSISTANT_NOW": "30/02/2024"}, "« 30/02/2024 »"),
        (("purge",), {"RETENTION_QUESTIONS_DAYS": "un an"}, "RETENTION_QUESTIONS_DAYS"),
    ],
)
def test_a_wrong_date_or_setting_is_named(
    arguments: tuple[str, ...], settings: dict[str, str], named: str, filled: CommandLine
) -> None:
    assert named in filled.fails(*arguments, **settings)
