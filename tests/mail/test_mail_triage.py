"""What is answered, what goes to a person, what is left aside."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.mail.message import Address, Handling, Link, Mail
from bot.mail.quoted import written
from bot.mail.reading import read
from bot.mail.rules import InvalidRules, load, rules
from bot.mail.triage import Verdict, triage
from knowledge.base.loader import FOLDER as RECORDS
from knowledge.base.topics import load_topics

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus"
LABELS: list[dict[str, Any]] = yaml.safe_load((CORPUS / "labels.yml").read_text("utf-8"))
LINES: dict[str, Any] = yaml.safe_load((FOLDER / "lines.yml").read_text("utf-8"))
# Measured: 19 of 20, and 12 of 18.
ROUTINE_FLOOR = 0.9
SENSITIVE_FLOOR = 0.65
OWN = frozenset({"qvct@ars.example"})
SENDER = Address("a@b.example")


def verdict(text: str, **fields: Any) -> Verdict:
    mail = Mail(
        "<1@b.example>",
        **{"sender": SENDER, "reply_to": SENDER, "to": (Address("qvct@ars.example"),), "body": text} | fields,
    )
    return triage(mail, text, OWN, "mx.ars.example")


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label["file"].removesuffix(".eml"))
def test_every_mail_of_the_corpus_is_handled_as_its_label_says(label: dict[str, Any]) -> None:
    mail = read((CORPUS / label["file"]).read_bytes())
    found = triage(mail, written(mail.body).text, OWN, "mx.ars.example")
    assert mail.message_id == label["message_id"]
    assert (found.handling.value, found.reason) == (label["handling"], label.get("reason", "question"))
    assert found.distress == (found.reason == "distress")


def test_every_mail_is_labelled_once_and_the_kinds_are_all_there() -> None:
    assert sorted(label["file"] for label in LABELS) == sorted(file.name for file in CORPUS.glob("*.eml"))
    assert len({label["message_id"] for label in LABELS}) == len(LABELS) >= 70
    reasons = {label.get("reason") for label in LABELS}
    asides = {rule.name for rule in (*rules().automatic, *rules().unwanted)}
    assert {*asides, *(rule.name for rule in rules().human), *rules().problems} <= reasons
    assert {"own", "not_addressed", "thanks_only", "other_language", "empty", "forged", "no_question"} <= reasons


def test_only_routine_mails_hold_questions_and_these_are_on_known_topics() -> None:
    for label in LABELS:
        assert bool(label["questions"]) == (label["handling"] == "draft"), label["file"]
        assert {question["about"] for question in label["questions"]} <= set(load_topics())


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def test_what_the_labels_expect_stands_in_a_record_under_that_topic() -> None:
    written_by_topic: dict[str, str] = {}
    for file in RECORDS.glob("*.yml"):
        for topic, facts in yaml.safe_load(file.read_text("utf-8"))["facts"].items():
            text = " ".join(f"{fact['text']} {fact.get('short', '')} {fact.get('value', '')}" for fact in facts)
            written_by_topic[topic] = f"{written_by_topic.get(topic, '')} {plain(text)}"
    wrong = [
        (label["file"], words)
        for label in LABELS
        for question in label["questions"]
        for words in question["expects"]
        if plain(words) not in written_by_topic[question["about"]]
    ]
    assert not wrong


@pytest.mark.parametrize("text", LINES["tuned"]["routine"])
def test_a_hard_word_in_a_routine_question_changes_nothing(text: str) -> None:
    assert verdict(text) == Verdict(Handling.DRAFT, "question")


@pytest.mark.parametrize("line", LINES["tuned"]["sensitive"], ids=lambda line: line["text"])
def test_what_must_be_read_by_a_person_goes_to_one(line: dict[str, str]) -> None:
    assert verdict(line["text"]) == Verdict(Handling.HUMAN, line["reason"], line["reason"] == "distress")


def test_lines_that_the_rules_were_not_corrected_on_keep_their_floor() -> None:
    routine = [verdict(text).handling is Handling.DRAFT for text in LINES["apart"]["routine"]]
    sensitive = [verdict(line["text"]).handling is Handling.HUMAN for line in LINES["apart"]["sensitive"]]
    assert len(LINES["tuned"]["routine"]) >= 40
    assert len(LINES["tuned"]["sensitive"]) >= 40
    assert sum(routine) / len(routine) >= ROUTINE_FLOOR
    assert sum(sensitive) / len(sensitive) >= SENSITIVE_FLOOR


@pytest.mark.parametrize("folder", ["questions", "questions_apart"])
def test_almost_no_question_of_the_evaluation_goes_to_a_person(folder: str) -> None:
    sent = total = 0
    for file in (FOLDER.parent / folder).glob("*.yml"):
        # What is off the subject, unsafe, or the rest of a conversation is another matter.
        if file.stem not in {"safety", "hors_sujet", "suites", "dialogue"}:
            for entry in yaml.safe_load(file.read_text("utf-8")):
                total += 1
                sent += verdict(entry["text"]).handling is not Handling.DRAFT
    assert total > 300
    assert sent / total < 0.05


def test_distress_is_seen_before_a_mail_is_left_aside() -> None:
    text = "Je veux mourir."
    spam = {"x-spam-flag": ("YES",)}
    assert verdict(text, headers=spam).distress
    assert verdict(text, to=(Address("x@y.example"),)).distress
    assert not verdict(text, headers={"auto-submitted": ("auto-replied",)}).distress


def test_what_is_quoted_below_does_not_count() -> None:
    mail = read((CORPUS / "thread_hidden_history_words.eml").read_bytes())
    assert triage(mail, written(mail.body).text, OWN, None).handling is Handling.DRAFT
    assert triage(mail, mail.body, OWN, None).handling is Handling.HUMAN


@pytest.mark.parametrize(
    ("text", "host", "reason"),
    [
        ("www.ars.sante.fr", "www.voleur.example", "phishing"),
        ("https://www.ars.sante.fr/appel", "ars.sante.fr.voleur.example", "phishing"),
        ("www.ars.sante.fr", "normandie.sante.fr", "question"),
        ("www.ars.sante.fr", "eur03.safelinks.protection.outlook.com", "question"),
        ("le site de l'agence", "www.ailleurs.example", "question"),
        ("direction@ars.sante.fr", "www.ailleurs.example", "question"),
    ],
)
def test_a_link_that_shows_another_host_is_a_trap(text: str, host: str, reason: str) -> None:
    assert verdict("Quelle est la date limite ?", links=(Link(text, host),)).reason == reason


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ("mx.ars.example; dmarc=fail", "forged"),
        ("mx.ars.example 1; spf=pass; dmarc=fail (p=none)", "forged"),
        ("mx.ars.example; dmarc=pass", "question"),
        ("ailleurs.example; dmarc=fail", "question"),
    ],
)
def test_only_our_own_server_is_believed_on_who_sent_a_mail(results: str, reason: str) -> None:
    assert verdict("Quelle est la date limite ?", headers={"authentication-results": (results,)}).reason == reason


@pytest.mark.parametrize(
    ("text", "subject", "reason"),
    [
        ("", "", "empty"),
        ("", "Re: Appel", "empty"),
        ("", "Quelle est la date limite de l'appel normand ?", "question"),
        ("ok", "", "no_question"),
        ("Merci beaucoup !", "Re: votre question", "thanks_only"),
        ("Merci beaucoup, mais à quelle adresse ?", "Re: votre question", "question"),
        ("Absence de CSE : que fournir ?", "Absence de CSE", "question"),
        ("Je suis absente du 3 au 10, quelle est la date limite ?", "Congés et date limite", "question"),
        ("Bonjour, quelle est la date limite ?", "Réponse automatique : x", "out_of_office"),
    ],
)
def test_short_mails_and_their_subjects(text: str, subject: str, reason: str) -> None:
    assert verdict(text, subject=subject).reason == reason


def test_any_recipient_will_do_when_no_address_is_ours() -> None:
    mail = Mail("<1@b>", sender=SENDER, reply_to=SENDER, body="x")
    assert triage(mail, "Quelle est la date limite ?", (), None).handling is Handling.DRAFT


HOSTILE = {
    "one word": "a " * 50_000,
    "one letter": "a" * 100_000,
    "lines": "a\n" * 50_000,
    "sentences": "Je veux. " * 11_000,
    "starts of patterns": "je suis victime de la menace de recours de notre mère pour une facture " * 1_400,
    "all different": " ".join(f"mot{number} plainte recours facture" for number in range(3_500)),
    "digits": "1 " * 50_000,
    "punctuation": ".?!;" * 25_000,
    "other letters": "я" * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_takes_a_bounded_time(kind: str) -> None:
    start = time.perf_counter()
    verdict(HOSTILE[kind])
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("says:", "said:", r"\$\.human\[0\]"),
        ("at_least: 2", "at_least: many", "at_least"),
        ("name: distress", "name: Détresse", "name"),
        ("- suicid\\w*", "- suicid(", "distress"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = (FOLDER.parents[1] / "bot" / "mail" / "triage.yml").read_text("utf-8")
    assert before in text
    file = tmp_path / "triage.yml"
    file.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(InvalidRules) as caught:
        load(file)
    assert re.search(message, str(caught.value))
