"""`python -m bot.mail`, as an agency runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dovecot_server import PASSWORD, Dovecot, running_server
from mail_tools import mail, states, until
from smtp_sink import Sink, running_sink

from knowledge.base.store import Store

ROOT = Path(__file__).parents[2]
# The worker's own command, with the preparer of these tests in place of the real one.
INJECTED = """
import sys, types
import mail_tools
preparing = types.ModuleType("bot.mail.preparing")
preparing.Answerer = lambda account: mail_tools.Preparing()
sys.modules["bot.mail.preparing"] = preparing
from bot.mail.__main__ import main
status = main(sys.argv[1:])
print("smtplib" in sys.modules)
sys.exit(status)
"""


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with running_server() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def environ(dovecot: Dovecot, sink: Sink, store: Store, tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAIL_")}
    return {
        **kept,
        "ASSISTANT_VAR": str(tmp_path),
        "DATABASE_URL": store.url,
        "MAIL_IMAP_URL": dovecot.url(),
        "MAIL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}/",
        "MAIL_ADDRESS": "boite@ars.example",
        "MAIL_SEND_TOPICS": "deadline",
        "MAIL_SEND_CHECKED_SHARE": "0",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))),
        "PYTHONIOENCODING": "utf-8",
    }


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", INJECTED, *arguments]
    return subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_in_draft_mode_nothing_that_sends_is_even_loaded(
    environ: dict[str, str], dovecot: Dovecot, sink: Sink, store: Store
) -> None:
    dovecot.deliver(mail(1, "send"))
    done = run(environ, "--once")
    assert (done.returncode, done.stdout) == (0, "False\n"), done.stderr
    assert states(store) == [("drafted", "deadline")] and len(dovecot.contents("Drafts")) == 1
    assert sink.connections == 0 and sink.received == []


def test_in_send_mode_what_may_go_goes_once(
    environ: dict[str, str], dovecot: Dovecot, sink: Sink, store: Store
) -> None:
    dovecot.deliver(mail(1, "send"))
    dovecot.deliver(mail(2, "Question"))
    sending = {**environ, "MAIL_MODE": "send"}
    for _ in range(2):
        assert run(sending, "--once").returncode == 0
    assert states(store) == [("sent", "deadline"), ("drafted", "deadline")]
    [(sender, recipients, message)] = sink.received
    assert sender in ("", "<>") and recipients == ["usager1@etablissement.example"]
    assert message["Auto-Submitted"] == "auto-replied"
    [(flags, kept)] = dovecot.contents("Sent")
    assert flags == {"\\Seen"} and str(message["Message-ID"]).encode() in kept
    assert dovecot.contents()[0][0] == {"ArsbotSent", "\\Answered"}


@pytest.mark.parametrize("moment", ["RCPT", "DATA"])
def test_a_connection_lost_while_sending_never_sends_twice(
    moment: str, environ: dict[str, str], dovecot: Dovecot, sink: Sink, store: Store
) -> None:
    dovecot.deliver(mail(1, "send"))
    sink.hang_up_after = moment
    sending = {**environ, "MAIL_MODE": "send"}
    for _ in range(2):
        assert run(sending, "--once").returncode == 0
        sink.hang_up_after = ""
    expected = {"RCPT": (("drafted", "deadline"), 0, 1), "DATA": (("to_people", "sending_unknown"), 1, 0)}[moment]
    assert (states(store)[0], len(sink.received), len(dovecot.contents("Drafts"))) == expected


def test_the_loop_serves_what_arrives_and_stops_when_asked(
    environ: dict[str, str], dovecot: Dovecot, store: Store, tmp_path: Path
) -> None:
    with (tmp_path / "log").open("w") as log:
        command = [sys.executable, "-c", INJECTED]
        process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=log, stderr=log)
    try:
        dovecot.deliver(mail(1))
        until(lambda: states(store) == [("drafted", "deadline")])
        dovecot.deliver(mail(2, "human"))
        assert until(lambda: len(states(store)) == 2) < 5
        until(lambda: states(store)[1] == ("to_people", "complaint"))
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0 and time.monotonic() - began < 5
    finally:
        process.kill()
        process.wait()
    written = (tmp_path / "log").read_text()
    assert "mail 1: draft, deadline" in written
    for word in (PASSWORD, "usager", "question-", "Quelle", "Usager"):
        assert word not in written


def test_a_second_worker_says_that_the_mailbox_is_served(
    environ: dict[str, str], dovecot: Dovecot, store: Store
) -> None:
    dovecot.deliver(mail(1))
    process = subprocess.Popen([sys.executable, "-c", INJECTED], env=environ, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        until(lambda: states(store) == [("drafted", "deadline")])
        done = run(environ, "--once")
        assert done.returncode == 1 and "déjà servie" in done.stderr
    finally:
        process.kill()
        process.wait()


def test_the_check_says_what_is_there_and_changes_nothing(
    environ: dict[str, str], dovecot: Dovecot, store: Store
) -> None:
    dovecot.deliver(mail(1))
    done = run(environ, "check")
    assert done.returncode == 0
    for part in (
        "Connexion : réussie",
        "« Drafts »",
        "« Sent »",
        "Mots-clés : acceptés",
        "Messages à prendre : 1",
        "des brouillons seulement",
    ):
        assert part in done.stdout
    assert states(store) == [] and dovecot.contents("Drafts") == []


def test_the_check_says_what_is_wrong(environ: dict[str, str], dovecot: Dovecot) -> None:
    wrong = run({**environ, "MAIL_IMAP_URL": f"imap://boite:faux@127.0.0.1:{dovecot.port}/"}, "check")
    assert wrong.returncode == 1 and "mot de passe" in wrong.stdout and "faux" not in wrong.stdout + wrong.stderr
    absent = run({**environ, "MAIL_IMAP_URL": "imap://boite:faux@127.0.0.1:9/"}, "check")
    assert absent.returncode == 1 and "ne répond pas" in absent.stdout
    refused = run({**environ, "MAIL_IMAP_URL": "imap://boite:faux@192.0.2.1/"}, "check")
    assert refused.returncode == 1 and "imaps://" in refused.stderr and "faux" not in refused.stderr
    none = run({name: value for name, value in environ.items() if name != "MAIL_IMAP_URL"}, "check")
    assert none.returncode == 1 and "MAIL_IMAP_URL" in none.stderr


def test_the_figures_need_no_server(environ: dict[str, str], dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1))
    assert run(environ, "--once").returncode == 0
    dovecot.stop()
    done = run(environ, "figures", "--days", "7")
    assert done.returncode == 0 and "7 derniers jours" in done.stdout and "Brouillons préparés" in done.stdout


def test_without_tables_the_remedy_is_said(environ: dict[str, str], tmp_path: Path) -> None:
    done = run({**environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}, "figures")
    assert done.returncode == 1 and "python -m knowledge migrate" in done.stderr
