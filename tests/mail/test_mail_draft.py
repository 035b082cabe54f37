"""The draft that an agent finds, and the same answer as it may leave by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.mail import agent_block
from bot.mail.asking import Answered
from bot.mail.draft import Facts, confidence, doubts, emergency, receipt, reply
from bot.mail.message import Address, Attachment, Mail
from bot.mail.outgoing import as_bytes, named
from bot.mail.questions import Asked

MAIL = Mail(
    message_id="<question-1@hetre.example>",
    references=("<first@hetre.example>", "<second@ars.example>"),
    sender=Address("nora@hetre.example", "Nora Willems"),
    reply_to=Address("nora@hetre.example", "Nora Willems"),
    to=(Address("qvct@ars.example"),),
    subject="RE: TR: Re : Pièces à fournir",
    sent_at=datetime(2026, 11, 1, 9, 30, tzinfo=timezone.utc),
    body="Quelles pièces ?",
)
FACTS = Facts(MAIL, "qvct@ars.example")
SOURCE = {
    "title": "Cahier des charges",
    "publisher": "ARS Normandie",
    "section": "2.C",
    "published_on": None,
    "checked_on": "2026-11-22",
    "url": "https://exemple.fr/cahier",
}
ITEM: dict[str, Any] = {
    "text": "Appel de Normandie (clos) – Pièces à fournir\n• une fiche\n• l'avis du CSE <b>signé</b>",
    "topic": "documents",
    "state": "stated",
    "call": {"id": "normandie-2024", "title": "Appel de Normandie", "situation": "closed"},
    "sources": [SOURCE, {**SOURCE, "section": "2.A"}],
    "confidence": 0.97,
}


def answered(*items: dict[str, Any], question: str = "Quelles pièces ?") -> Answered:
    return Answered(Asked(question), items)


def plain(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


def html(message: Any) -> str:
    return str(message.get_body(("html",)).get_content())


class Words(HTMLParser):
    """The words of a page, and whether its elements are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "title" not in self.open:
            self.words += data.split()


def test_it_is_in_the_thread_and_goes_to_whoever_wrote() -> None:
    message = reply(FACTS, [answered(ITEM)], for_agent=True)
    assert message["Subject"] == "Re: Pièces à fournir"
    assert message["In-Reply-To"] == "<question-1@hetre.example>"
    assert message["References"] == "<first@hetre.example> <second@ars.example> <question-1@hetre.example>"
    assert (message["To"], message["From"], message["Cc"]) == ("nora@hetre.example", "qvct@ars.example", None)
    assert message["Content-Language"] == "fr" and message["Auto-Submitted"] is None


def test_the_agent_s_block_comes_first_and_says_what_to_look_at() -> None:
    mail = replace(
        MAIL,
        attachments=(Attachment("fiche.pdf", "application/pdf", 2000),),
        cc=(Address("cse@hetre.example"),),
        reply_to=Address("direction@hetre.example"),
        problems=("charset",),
    )
    facts = replace(FACTS, mail=mail, masked=True, forwarded=True)
    unsaid = {**ITEM, "state": "not_stated", "confidence": 0.4}
    text = plain(reply(facts, [answered(ITEM), answered(unsaid), answered(question="Autre ?")], for_agent=True))
    begin, block, answer = (
        text.partition(agent_block.END)[0],
        text.split(agent_block.END)[0],
        text.split(agent_block.END)[1],
    )
    assert begin.startswith(agent_block.BEGIN)
    for words in (
        "Sujets : Pièces à fournir",
        "40 % pour la moins sûre",
        "Cahier des charges",
        "À VÉRIFIER, question 2",
        "À COMPLÉTER, question 3",
        "fiche.pdf (2 Ko)",
        "direction@hetre.example",
        "cse@hetre.example",
        "message transféré",
        "pas pu être lu en entier",
        "personnelles",
    ):
        assert words in block, words
    assert "[À COMPLÉTER" in answer and "3. Votre question : « Autre »" in answer


def test_a_closed_call_is_said_before_any_answer() -> None:
    text = plain(reply(FACTS, [answered(ITEM)], for_agent=True)).split(agent_block.END)[1]
    assert text.index("« Appel de Normandie » est clos") < text.index("1. Votre question : pièces à fournir")
    assert "message du 1er novembre 2026" in text
    still = {**ITEM, "call": {**ITEM["call"], "situation": "open"}}
    assert "À savoir d'abord" not in plain(reply(FACTS, [answered(still)], for_agent=True))


def test_a_call_that_cannot_be_guessed_is_asked_for() -> None:
    several = {**ITEM, "call": None}
    text = plain(reply(FACTS, [answered(several)], for_agent=True))
    assert "pourriez-vous nous indiquer l'appel ou le département" in text
    assert doubts(answered(several)) == ("which_call",)


def test_each_document_is_cited_once_with_its_sections() -> None:
    text = plain(reply(FACTS, [answered(ITEM, {**ITEM, "text": "autre chose"})], for_agent=True))
    assert text.count("Source : ") == 1
    assert "Cahier des charges (ARS Normandie) ; 2.C ; 2.A ; vérifié le 22 novembre 2026 ; https://exemple.fr/c" in text


def test_text_and_html_say_the_same_and_markup_stays_text() -> None:
    message = reply(FACTS, [answered(ITEM), answered(question="<script>alert(1)</script> ?")], for_agent=True)
    page = Words(html(message))
    assert page.open == [] and "<script" not in html(message) and "&lt;b&gt;" in html(message)
    marks = re.compile(r"^[•–=-]+$")
    said = [word for word in plain(message).split() if not marks.match(word)]
    assert [word for word in page.words if not marks.match(word)] == said


def test_nothing_of_the_writer_s_addresses_is_copied() -> None:
    question = "Cliquez https://mechant.example/x ou www.mechant.example ou ecrivez a pirate@mechant.example merci ?"
    text = plain(reply(FACTS, [answered(question=question)], for_agent=True))
    assert "mechant" not in text


def test_what_may_leave_has_no_block_and_says_that_a_machine_wrote_it() -> None:
    message = reply(replace(FACTS, signature="L'équipe\nARS"), [answered(ITEM)], for_agent=False)
    assert not agent_block.is_in(message)
    assert "envoyée par un assistant automatique" in plain(message) and "relue" not in plain(message)
    assert "L'équipe\nARS" in plain(message) and "SIGNATURE" not in plain(message)
    assert agent_block.is_in(reply(FACTS, [answered(ITEM)], for_agent=True))


@pytest.mark.parametrize(
    "subject",
    [
        "a\r\nBcc: x@y.example",
        "x" * 5000,
        "",
        "   ",
        "\x00\x07nul",
        "Re: Re: RE: Rép : ",
        "<b>gras</b> 😀",
        "été\u2028x",
    ],
)
def test_any_subject_makes_one_header(subject: str) -> None:
    message = reply(replace(FACTS, mail=replace(MAIL, subject=subject)), [answered(ITEM)], for_agent=True)
    raw = as_bytes(named(message, "<arsbot.1@ars.example>", MAIL.sent_at))  # type: ignore[arg-type]
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Bcc"] is None and str(read["Subject"]).startswith("Re: ") and len(str(read["Subject"])) < 300
    assert read["In-Reply-To"] == MAIL.message_id


@pytest.mark.parametrize(
    "email", ["élodie@hetre.example", "a b@hetre.example", '"x"@hetre.example', "sans-arobase", "@x"]
)
def test_an_odd_address_never_stops_the_draft(email: str) -> None:
    odd = Address(email)
    message = reply(replace(FACTS, mail=replace(MAIL, sender=odd, reply_to=odd)), [answered(ITEM)], for_agent=True)
    raw = as_bytes(named(message, "<arsbot.1@ars.example>", MAIL.sent_at))  # type: ignore[arg-type]
    assert b"Subject: Re:" in raw


@pytest.mark.parametrize("references", [tuple(f"<{number}@x.example>" for number in range(500)), ("<a@x>", "<a@x>")])
def test_references_are_bounded(references: tuple[str, ...]) -> None:
    message = reply(replace(FACTS, mail=replace(MAIL, references=references)), [answered(ITEM)], for_agent=True)
    found = message["References"].split()
    assert len(found) <= 21 and found[-1] == MAIL.message_id and len(set(found)) == len(found)


@pytest.mark.parametrize("length", [60, 77, 100, 200, 900])
def test_long_identifiers_travel_as_they_are(length: int) -> None:
    """Exchange Online makes identifiers of 100 characters and more; encoded, they would leave the conversation."""
    first, last = (f"<{letter * length}@EURP190MB0001.EURP190.PROD.OUTLOOK.example>" for letter in "ab")
    mail = replace(MAIL, message_id=last, references=(first,))
    raw = as_bytes(named(reply(replace(FACTS, mail=mail), [answered(ITEM)], for_agent=True), last, MAIL.sent_at))  # type: ignore[arg-type]
    read = message_from_bytes(raw)
    assert read["In-Reply-To"] == last and read["Message-ID"] == last
    assert read["References"].split() == [first, last]
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    # Read again from the drafts, and sent by the agent's own program.
    again = message_from_bytes(raw, policy=policy.SMTP)
    assert as_bytes(again) == raw  # type: ignore[arg-type]


def test_distress_gets_the_emergency_numbers_and_nothing_else() -> None:
    text = plain(emergency(FACTS))
    assert text.startswith(agent_block.BEGIN)
    for number in ("15", "112", "114", "3114", "3919", "119", "3977"):
        assert re.search(rf"\b{number}\b", text), number
    assert "Votre question" not in text


def test_a_receipt_names_the_date_and_leaves_the_law_s_blanks() -> None:
    text = plain(receipt(FACTS))
    assert "reçue le 1er novembre 2026" in text and "À COMPLÉTER" in text and "L112-3" in text


def test_confidence_is_that_of_the_least_sure_answer() -> None:
    assert confidence([answered(ITEM), answered({**ITEM, "confidence": 0.3}), answered()]) == 0.3
    assert confidence([answered()]) == 0.0
