"""The inbox with nothing left out: a real Dovecot, a real SMTP server, the worker's own command, the real assistant."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import dovecot_server
import pytest
from dovecot_server import Dovecot
from smtp_sink import Sink, running_sink

from evaluation.mails import evaluate, read_labels

pytestmark = [pytest.mark.stack, pytest.mark.skipif(not dovecot_server.is_there(), reason="Dovecot is not installed")]
ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "mail" / "corpus"
BOX = "qvct@ars.example"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with dovecot_server.running_server() as server:
        yield server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as found:
        yield found


@pytest.fixture
def environ(stack: Any, dovecot: Dovecot, sink: Sink, tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAIL_")}
    return {
        **kept,
        "ASSISTANT_VAR": str(tmp_path),
        "ASSISTANT_NOW": "2026-11-22T12:00",
        "DATABASE_URL": stack.database_url,
        "RASA_PORT": str(stack.rasa_port),
        "MAIL_IMAP_URL": dovecot.url(),
        "MAIL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}/",
        "MAIL_ADDRESS": BOX,
        "MAIL_SINCE": "2026-01-01",
        # Each test is a mailbox of its own: what another has seen is not known here.
        "MAIL_SECRET": f"tests {tmp_path} {tmp_path.name}, long enough to be one",
        "PYTHONIOENCODING": "utf-8",
    }


def work(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "bot.mail", *arguments]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def mail(number: int, subject: str, body: str, **headers: str) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    given = {
        "From": "Nora Willems <nora@hetre.example>",
        "To": BOX,
        "Subject": subject,
        "Date": "Fri, 20 Nov 2026 09:00:00 +0100",
        "Message-ID": f"<stack-{number}-{os.getpid()}-{abs(hash(subject + body))}@hetre.example>",
    }
    for name, value in {**given, **headers}.items():
        message[name] = value
    message.set_content(body)
    return message.as_bytes()


def drafts(dovecot: Dovecot, folder: str = "Drafts") -> list[EmailMessage]:
    found = [message_from_bytes(raw, policy=policy.default) for _, raw in dovecot.contents(folder)]
    return [item for item in found if isinstance(item, EmailMessage)]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_an_agent_finds_drafts_in_their_threads_and_the_rest_where_it_belongs(
    environ: dict[str, str], dovecot: Dovecot, sink: Sink, stack: Any
) -> None:
    question = "Quelles pièces fournir pour l'appel QVCT Normandie ?"
    first = mail(1, "TR: Appel QVCT Normandie", f"Bonjour,\n\n{question}\n\nQui finance le café ?\n\nMerci d'avance.")
    sent = [
        first,
        (CORPUS / "multi_numbered.eml").read_bytes(),
        (CORPUS / "human_complaint.eml").read_bytes(),
        (CORPUS / "human_distress_self.eml").read_bytes(),
        (CORPUS / "ignore_absence_fr.eml").read_bytes(),
    ]
    for raw in sent:
        dovecot.deliver(raw)
    for _ in range(2):
        work(environ, "--once")
        assert len(dovecot.contents("Drafts")) == 3
    by_thread = {str(item["In-Reply-To"]): item for item in drafts(dovecot)}
    reply = by_thread[str(message_from_bytes(first, policy=policy.default)["Message-ID"])]
    assert (reply["Subject"], reply["To"]) == ("Re: Appel QVCT Normandie", "nora@hetre.example")
    # The same answer as on the site, word for word.
    (answer,) = stack.client().ask(question)
    assert str(answer["text"]) in text_of(reply).replace("\r\n", "\n")
    numbered = text_of(by_thread["<" + read_id("multi_numbered.eml") + ">"])
    assert "5 septembre 2022" in numbered and "3. Votre question" in numbered
    distress = text_of(by_thread["<" + read_id("human_distress_self.eml") + ">"])
    assert "3114" in distress and "Votre question" not in distress
    flags = {
        str(message_from_bytes(raw, policy=policy.default)["Message-ID"]): marks for marks, raw in dovecot.contents()
    }
    assert not any("\\Seen" in marks for marks in flags.values())
    assert "ArsbotHuman" in flags["<" + read_id("human_complaint.eml") + ">"]
    assert flags["<" + read_id("ignore_absence_fr.eml") + ">"] == set()
    assert sink.connections == 0


def read_id(name: str) -> str:
    found = message_from_bytes((CORPUS / name).read_bytes(), policy=policy.default)["Message-ID"]
    return str(found).strip().strip("<>")


def test_a_follow_up_is_understood_with_its_thread(environ: dict[str, str], dovecot: Dovecot) -> None:
    first = mail(1, "Appel QVCT La Réunion", "Bonjour, quelle est la date limite ?")
    dovecot.deliver(first)
    work(environ, "--once")
    (reply,) = drafts(dovecot)
    thread = {"References": f"{reply['In-Reply-To']} {reply['Message-ID']}", "In-Reply-To": str(reply["Message-ID"])}
    dovecot.deliver(mail(2, "Re: votre réponse", "Merci ! Et à quelle adresse envoyer le dossier ?", **thread))
    work(environ, "--once")
    assert "ars-reunion-aap-aac-ami@ars.sante.fr" in text_of(drafts(dovecot)[-1])


def test_in_send_mode_one_sure_answer_leaves_once(environ: dict[str, str], dovecot: Dovecot, sink: Sink) -> None:
    dovecot.deliver(mail(1, "Question", "Quelle est la date limite de dépôt des candidatures à La Réunion ?"))
    dovecot.deliver(mail(2, "Questions", "Quelle est la date limite à La Réunion ? Quelles pièces fournir ?"))
    sending = {
        **environ,
        "MAIL_MODE": "send",
        "MAIL_SEND_TOPICS": "deadline,documents",
        "MAIL_SEND_CHECKED_SHARE": "0",
        "MAIL_SIGNATURE": "L'équipe QVCT",
    }
    for _ in range(2):
        work(sending, "--once")
    [(sender, recipients, message)] = sink.received
    assert sender in ("", "<>") and recipients == ["nora@hetre.example"]
    assert message["Auto-Submitted"] == "auto-replied" and message["Content-Language"] == "fr"
    body = str(message.get_body(("plain",)).get_content())
    assert "5 septembre 2022" in body and "Pour l'agent" not in body and "L'équipe QVCT" in body
    assert len(dovecot.contents("Drafts")) == 1 and len(dovecot.contents("Sent")) == 1


def test_the_commands_speak_to_the_agency(environ: dict[str, str], dovecot: Dovecot) -> None:
    dovecot.deliver(mail(1, "Question", "Quelle est la date limite à La Réunion ?"))
    assert "Messages à prendre : 1" in work(environ, "check")
    work(environ, "--once")
    figures = work(environ, "figures")
    assert "Brouillons préparés" in figures and "Courriels reçus" in figures


def test_the_corpus_is_handled_and_answered(stack: Any) -> None:
    score = evaluate(read_labels(CORPUS), f"http://127.0.0.1:{stack.rasa_port}", stack.database_url)
    assert score.wrongly_automatic == 0 and score.needlessly_human == 0, score.report()
    assert score.found >= 0.9 * score.questions and score.answered >= 0.95 * score.answerable, score.report()
    assert score.marked >= 0.85 * score.blanks, score.report()
