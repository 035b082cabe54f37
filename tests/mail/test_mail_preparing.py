"""From a mail to what becomes of it, with a stand-in for Rasa behind its own address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
from mail_tools import account as plain_account
from mail_tools import mail as raw_mail

from bot.mail import agent_block
from bot.mail.asking import Asker
from bot.mail.message import Budget, Handling, Mail, NotNow, Outcome
from bot.mail.preparing import Answerer
from bot.mail.reading import read
from bot.mail.settings import Server
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.clock import Clock

NOW = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
BOX = "boite@ars.example"
STATED: dict[str, Any] = {
    "text": "Appel – Date limite\n• 5 septembre 2022 inclus",
    "topic": "deadline",
    "state": "stated",
    "call": {"id": "la-reunion-2022", "title": "Appel de La Réunion", "situation": "closed"},
    "sources": [{"title": "Appel", "publisher": None, "section": None, "checked_on": "2026-11-01", "url": None}],
    "confidence": 0.99,
}


class Rasa:
    """What Rasa answers to what it is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.answer: Callable[[str], Any] = lambda message: [{"custom": STATED}]
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.sent.append(body)
        return httpx.Response(self.status, json=self.answer(body["message"]))

    @property
    def messages(self) -> list[str]:
        return [item["message"] for item in self.sent]


@pytest.fixture
def rasa() -> Rasa:
    return Rasa()


@pytest.fixture
def catalogue(store: Store) -> Catalogue:
    load(store, FOLDER, NOW, "tests")
    return Catalogue(store)


@pytest.fixture
def prepare(rasa: Rasa, catalogue: Catalogue) -> Callable[..., Outcome]:
    def run(mail: Mail, **changes: Any) -> Outcome:
        account = plain_account(Server("maildir"), **{"address": BOX, **changes})
        asker = Asker("http://rasa.test", catalogue, 5, httpx.MockTransport(rasa))
        return Answerer(account, asker, Clock(NOW)).prepare(mail, Budget(60))

    return run


def mail(body: str, subject: str = "Question", **headers: str) -> Mail:
    return read(raw_mail(1, subject, body, **{"To": BOX, **headers}))


def sends(**changes: Any) -> dict[str, Any]:
    smtp = Server("smtp", "127.0.0.1", 25)
    return {"smtp": smtp, "signature": "L'agence", "send_topics": frozenset({"deadline"}), **changes}


def test_a_routine_question_is_drafted_with_its_topic(prepare: Any, rasa: Rasa) -> None:
    outcome = prepare(mail("Quelle est la date limite de l'appel ?"))
    assert (outcome.handling, outcome.reason, outcome.topics) == (Handling.DRAFT, "question", ("deadline",))
    assert agent_block.is_in(outcome.reply) and outcome.to_send is None
    assert rasa.messages == ["Quelle est la date limite de l'appel ?"]


def test_nothing_is_asked_of_the_assistant_for_what_is_not_drafted(prepare: Any, rasa: Rasa) -> None:
    complaint = prepare(mail("C'est inadmissible, je porte plainte. Quelle est la date limite ?"))
    assert (complaint.handling, complaint.reason, complaint.reply) == (Handling.HUMAN, "complaint", None)
    away = prepare(mail("Je suis absent.", "Réponse automatique", **{"Auto-Submitted": "auto-replied"}))
    assert away.handling is Handling.IGNORE and away.reply is None
    assert rasa.sent == []


def test_distress_goes_to_people_with_the_emergency_numbers_alone(prepare: Any, rasa: Rasa) -> None:
    outcome = prepare(mail("Je n'en peux plus, je veux en finir. Quelle est la date limite ?"))
    assert (outcome.handling, outcome.reason) == (Handling.HUMAN, "distress")
    assert "3114" in outcome.reply.get_content() and "5 septembre" not in outcome.reply.get_content()
    assert rasa.sent == [] and outcome.to_send is None


def test_an_acknowledgement_is_only_drafted_when_it_is_wanted(prepare: Any) -> None:
    appeal = mail("Nous contestons le rejet de notre candidature et formons un recours gracieux.")
    assert prepare(appeal).reply is None
    assert "L112-3" in prepare(appeal, acknowledges=True).reply.get_content()
    threat = mail("Vous allez le payer cher, bande d'incapables.")
    assert prepare(threat, acknowledges=True).reply is None


def test_the_subject_puts_the_call_in_hand_before_the_questions(prepare: Any, rasa: Rasa) -> None:
    prepare(mail("Quelle est la date limite ?", "Appel QVCT Normandie"))
    assert json.loads(rasa.messages[0].removeprefix("/specify_context")) == {"call": "normandie-2024"}
    assert rasa.messages[1:] == ["Quelle est la date limite ?"]


def test_what_is_said_or_quoted_does_when_the_subject_names_nothing(prepare: Any, rasa: Rasa) -> None:
    prepare(mail("Notre IME est à Saint-Denis de La Réunion. Quelle est la date limite ?"))
    assert rasa.messages[0].startswith("/specify_context") and "974" in rasa.messages[0]
    rasa.sent.clear()
    prepare(
        mail("Et la date limite ?\n\nLe lun. 2 nov. 2026 à 10:12, X <x@y.example> a écrit :\n> l'appel QVCT Normandie")
    )
    assert "normandie-2024" in rasa.messages[0]


def test_a_thread_is_one_conversation_whose_name_tells_nothing(prepare: Any, rasa: Rasa) -> None:
    prepare(mail("Quelle est la date limite ?"))
    first = read(raw_mail(1, "Question", "Quelle est la date limite ?", To=BOX))
    prepare(mail("Et les pièces ?", References=first.message_id, **{"Message-ID": "<other@x.example>"}))
    prepare(mail("Quelle est la date limite ?", **{"Message-ID": "<third@x.example>"}))
    one, same, other = (item["sender"] for item in rasa.sent)
    assert one == same != other
    assert one.startswith("mail-") and "question" not in one and len(one) == 37


def test_personal_data_are_masked_before_they_are_asked_and_it_is_said(prepare: Any, rasa: Rasa) -> None:
    outcome = prepare(mail("Rappelez-moi au 06 12 34 56 78 : quelle est la date limite ?"), **sends())
    assert all("06 12" not in message for message in rasa.messages)
    assert "Des données personnelles" in outcome.reply.get_body(("plain",)).get_content()
    assert outcome.to_send is None


def test_a_text_that_looks_like_a_command_is_asked_as_text(prepare: Any, rasa: Rasa) -> None:
    prepare(mail("/restart quelle est la date limite ?"))
    assert rasa.messages == ["- /restart quelle est la date limite ?"]


def test_a_check_is_not_led_through_but_the_conditions_are_told(prepare: Any, rasa: Rasa) -> None:
    asked = {"text": "Question 1 sur 8 – Dans quel département ?", "form": {"control": "select"}, "call": None}
    told = {**STATED, "topic": "eligibility", "text": "Conditions pour candidater"}
    rasa.answer = lambda message: [{"custom": told if message.startswith("/ask_eligibility") else asked}]
    outcome = prepare(mail("Pouvez-vous vérifier si nous sommes éligibles à l'appel ?"))
    assert outcome.topics == ("eligibility",)
    # What the check waits for would swallow the next question: it goes on in another conversation.
    assert rasa.sent[0]["sender"] != rasa.sent[-1]["sender"]


def test_what_is_not_understood_goes_to_people(prepare: Any, rasa: Rasa) -> None:
    rasa.answer = lambda message: [{"custom": {"text": "Je n'ai pas compris.", "topic": None, "state": "unknown"}}]
    outcome = prepare(mail("Quelle est la couleur de l'appel ?"))
    assert (outcome.handling, outcome.reason, outcome.reply) == (Handling.HUMAN, "not_understood", None)


def test_one_question_not_understood_beside_others_is_a_blank(prepare: Any, rasa: Rasa) -> None:
    unknown = {"text": "Je n'ai pas compris.", "topic": None, "state": "unknown"}
    rasa.answer = lambda message: [{"custom": unknown if "couleur" in message else STATED}]
    outcome = prepare(mail("Quelle est la date limite de l'appel ? Quelle est la couleur de l'appel ?"))
    text = outcome.reply.get_body(("plain",)).get_content()
    assert "À COMPLÉTER, question 2" in text and "5 septembre 2022" in text and "pas compris" not in text


@pytest.mark.parametrize("status", [500, 503, 422])
def test_an_assistant_that_does_not_answer_is_waited_for(prepare: Any, rasa: Rasa, status: int) -> None:
    rasa.status = status
    with pytest.raises(NotNow):
        prepare(mail("Quelle est la date limite de l'appel ?"))


def test_an_assistant_that_says_nothing_is_waited_for(prepare: Any, rasa: Rasa) -> None:
    rasa.answer = lambda message: []
    with pytest.raises(NotNow):
        prepare(mail("Quelle est la date limite de l'appel ?"))


def test_one_sure_stated_answer_may_leave_by_itself(prepare: Any) -> None:
    outcome = prepare(mail("Quelle est la date limite de l'appel ?"), **sends())
    assert outcome.to_send is not None and not agent_block.is_in(outcome.to_send)
    assert agent_block.is_in(outcome.reply)


LATE = {**STATED, "sources": [{**STATED["sources"][0], "checked_on": "2026-01-01"}]}


@pytest.mark.parametrize(
    ("body", "item", "changes"),
    [
        ("Quelle est la date limite de l'appel ? Et les pièces ?", STATED, {}),
        ("Quelle est la date limite de l'appel ?", {**STATED, "state": "not_stated"}, {}),
        ("Quelle est la date limite de l'appel ?", {**STATED, "state": "conflict"}, {}),
        ("Quelle est la date limite de l'appel ?", {**STATED, "call": None}, {}),
        ("Quelle est la date limite de l'appel ?", {**STATED, "confidence": 0.9}, {}),
        ("Quelle est la date limite de l'appel ?", LATE, {}),
        ("Quelle est la date limite de l'appel ?", STATED, {"signature": ""}),
        ("Quelle est la date limite de l'appel ?", STATED, {"smtp": None}),
    ],
)
def test_anything_less_is_drafted(
    prepare: Any, rasa: Rasa, body: str, item: dict[str, Any], changes: dict[str, Any]
) -> None:
    rasa.answer = lambda message: [{"custom": item}]
    outcome = prepare(mail(body), **sends(**changes))
    assert outcome.handling is Handling.DRAFT and outcome.to_send is None


@pytest.mark.parametrize("problem", ["attachments", "problems"])
def test_a_mail_with_a_file_or_badly_read_is_never_answered_by_itself(prepare: Any, problem: str) -> None:
    from bot.mail.message import Attachment

    given = mail("Quelle est la date limite de l'appel ?")
    changed = {"attachments": (Attachment("a.pdf", "application/pdf", 3),), "problems": ("charset",)}
    outcome = prepare(replace(given, **{problem: changed[problem]}), **sends())
    assert outcome.handling is Handling.DRAFT and outcome.to_send is None
