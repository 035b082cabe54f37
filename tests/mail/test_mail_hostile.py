"""Mails made to be slow to read: each reader is linear, whatever is repeated a hundred thousand times."""

from __future__ import annotations

import time
from email.message import EmailMessage

import hostile
import pytest

from bot.mail.message import WHOLE_MAIL, Address, Mail
from bot.mail.questions import all_sentences, find_questions, statements
from bot.mail.quoted import written
from bot.mail.reading import read
from bot.mail.traces import traces_of
from bot.mail.triage import triage
from knowledge.french.text import fold
from knowledge.places.finding import find_places
from knowledge.privacy.masking import mask
from knowledge.privacy.vocabulary import WHOLE

pytestmark = pytest.mark.alone

LIMIT = 1.0  # seconds of the processor, for one reader and one mail
LINES = (
    "Cordialement,\n\n",
    "Cordialement\nJean Dupont\n",
    "> Cordialement,\n",
    "--\n",
    "-- \nJean\n",
    "Le lundi 3 mars 2025 à 10:00, Jean <a@b.fr> a écrit :\n",
    "Le lundi 3 mars 2025, Jean a écrit :\n> Bonjour\n",
    "De : a@b.fr\nEnvoyé : lundi\nÀ : c@d.fr\nObjet : x\n",
    "From: a@b.fr\n",
    "----- Message transféré -----\n",
    "Quelle est la date limite ?\n",
    "- une pièce\n",
    "1) une pièce ?\n",
    "Ce message est confidentiel.\n",
    "Envoyé de mon iPhone\n",
    "M. Dupont, Mme Durand. ",
    "Saint-Denis, Sainte-Marie, ",
    "Rouen 76000 ",
)


def mail_of(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "boite@ars.example", "Question"
    message["Message-ID"] = "<hostile@b.example>"
    message.set_content(text, cte="8bit")
    return message.as_bytes()


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Load what is loaded once."""
    find_places("Rouen")
    mask("M. Dupont")
    triage(empty(), "Bonjour", set(), None)


def empty() -> Mail:
    return read(mail_of("Bonjour"))


@pytest.mark.parametrize("unit", [*hostile.RUNS, *LINES])
def test_no_reader_takes_more_than_a_second_on_a_whole_mail(unit: str) -> None:
    raw = mail_of(unit * (WHOLE_MAIL // len(unit)) + "\nQuelle est la date limite ?\n")
    took: dict[str, float] = {}

    def timed(name: str, reader, *arguments):  # type: ignore[no-untyped-def]
        start = time.process_time()
        result = reader(*arguments)
        took[name] = time.process_time() - start
        return result

    found = timed("read", read, raw)
    text = timed("written", written, found.body).text
    timed("triage", triage, found, text, {"boite@ars.example"}, None)
    timed("questions", find_questions, found.subject, text)
    timed("sentences", all_sentences, text)
    timed("statements", statements, text)
    timed("mask", mask, text[:WHOLE])
    timed("places", find_places, text)
    timed("fold", fold, text)
    timed("traces", traces_of, found.body, "key")
    assert max(took.values()) < LIMIT, {name: round(value, 2) for name, value in took.items() if value > LIMIT / 4}
    assert isinstance(found.sender, Address)
