"""Sending through a real SMTP server: what leaves, what does not, what nobody can know."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from dovecot_server import make_certificate
from mail_tools import answer, mail
from smtp_sink import Sink, running_sink

from bot.mail import agent_block
from bot.mail.delivery import MaybeSent, NotSent
from bot.mail.outgoing import automatic, named
from bot.mail.reading import read
from bot.mail.sending import SmtpSender
from bot.mail.settings import Server


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


def sender(sink: Sink) -> SmtpSender:
    return SmtpSender(Server("smtp", "127.0.0.1", sink.port), "ars.example")


def reply(text: str = "Bonjour,\n\n.Réponse à l'usager : 5 septembre 2022.\n") -> EmailMessage:
    from mail_tools import now

    return automatic(named(answer(read(mail(1)), text), "<arsbot.1@ars.example>", now()))


def test_a_reply_arrives_whole_from_nobody_to_one_person(sink: Sink) -> None:
    sender(sink).send(reply())
    [(envelope_sender, recipients, message)] = sink.received
    assert envelope_sender in ("", "<>") and recipients == ["usager1@etablissement.example"]
    assert message.get_content().replace("\r\n", "\n") == "Bonjour,\n\n.Réponse à l'usager : 5 septembre 2022.\n"
    assert message["Message-ID"] == "<arsbot.1@ars.example>" and message["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    "text",
    [
        f"{agent_block.BEGIN}\nIntention : délai\n{agent_block.END}\nBonjour",
        f"Bonjour\n{agent_block.END}",
        "=== pour l’agent (à supprimer) ===\nBonjour",
        "===\u00a0Pour l'agent\u202f(à supprimer)\n===",
    ],
)
def test_what_is_for_the_agent_never_leaves(text: str, sink: Sink) -> None:
    with pytest.raises(NotSent, match="agent_block"):
        sender(sink).send(reply(text))
    assert sink.connections == 0


def test_nor_does_it_hidden_in_html(sink: Sink) -> None:
    message = reply()
    message.add_alternative(
        "<p>===&nbsp;Pour l&#39;agent (&agrave; <b>supprimer</b>) ===</p><p>Bonjour</p>", subtype="html"
    )
    with pytest.raises(NotSent, match="agent_block"):
        sender(sink).send(message)
    assert sink.connections == 0


def test_several_recipients_are_refused(sink: Sink) -> None:
    for name in ("To", "Cc", "Bcc"):
        message = reply()
        if name == "To":
            message.replace_header("To", "a@x.example, b@x.example")
        else:
            message[name] = "b@x.example"
        with pytest.raises(NotSent, match="recipient"):
            sender(sink).send(message)
    assert sink.connections == 0


def test_a_server_that_is_not_there_or_refuses_has_sent_nothing(sink: Sink) -> None:
    sink.refuse = "550 non"
    with pytest.raises(NotSent, match="smtp_refused"):
        sender(sink).send(reply())
    sink.hang_up_after = "RCPT"
    with pytest.raises(NotSent, match="smtp_down"):
        sender(sink).send(reply())
    with pytest.raises(NotSent, match="smtp_down"):
        SmtpSender(Server("smtp", "127.0.0.1", 9), "ars.example").send(reply())
    assert sink.received == []


def test_a_connection_lost_once_the_message_is_given_is_a_doubt(sink: Sink) -> None:
    sink.hang_up_after = "DATA"
    with pytest.raises(MaybeSent):
        sender(sink).send(reply())
    assert len(sink.received) == 1


def test_the_block_is_taken_off_a_text() -> None:
    text = f"{agent_block.BEGIN}\nIntention : délai\n{agent_block.END}\n\nBonjour,\n"
    assert agent_block.without(text).strip() == "Bonjour,"
    assert agent_block.without("Bonjour,\n") == "Bonjour,\n"


def test_starttls_comes_before_anything_is_said_and_its_certificate_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    with running_sink(certificate) as sink:
        sender = SmtpSender(Server("smtp+starttls", "localhost", sink.port), "ars.example")
        with pytest.raises(NotSent, match="smtp_down"):
            sender.send(reply())
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        sender.send(reply())
        assert len(sink.received) == 1


def test_a_server_without_starttls_is_given_nothing(sink: Sink) -> None:
    with pytest.raises(NotSent, match="smtp_down"):
        SmtpSender(Server("smtp+starttls", "127.0.0.1", sink.port), "ars.example").send(reply())
    assert sink.received == []
