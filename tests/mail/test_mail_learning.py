"""What agents do with drafts, found in the mailbox itself, and kept as figures only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from mail_tools import ANSWER, account, answer, mail, now, put, worker
from sqlalchemy import text

from bot.mail import agent_block
from bot.mail.learning import Learner
from bot.mail.maildir import MaildirMailbox
from bot.mail.reading import read
from bot.mail.reporting import table
from bot.mail.settings import Account, Server
from bot.mail.traces import similarity, traces_of
from knowledge.base.store import Store
from knowledge.clock import Clock
from knowledge.mail.figures import Figures, figures
from knowledge.mail.ledger import Ledger

LONG = ANSWER + "Vous pouvez déposer votre dossier en ligne, puis prévenir votre interlocuteur à l'agence.\n"
QUOTED = (
    "\nLe ven. 27 nov. 2026 à 08:00, Usager <usager1@etablissement.example> a écrit :\n> Quelle est la date limite ?\n"
)


@pytest.fixture
def given(tmp_path: Path) -> Account:
    return account(Server("maildir", folder=tmp_path / "inbox"))


def opened(given: Account) -> MaildirMailbox:
    assert given.imap.folder is not None
    return MaildirMailbox(given.imap.folder, given.people_folder)


def draft(given: Account, store: Store, number: int = 1) -> Path:
    """Have a draft prepared; return its file."""
    assert given.imap.folder is not None
    put(given.imap.folder, mail(number))
    worker(given, opened(given), store).cycle()
    return max((given.imap.folder / ".Drafts" / "cur").iterdir(), key=lambda file: file.stat().st_ctime_ns)


def send(given: Account, content: str, number: int = 1) -> None:
    """Have an agent's mail program send an answer, under a Message-ID of its own."""
    assert given.imap.folder is not None
    message = answer(read(mail(number)), content)
    message["Message-ID"] = f"<{number}@poste-de-l-agent.example>"
    put(given.imap.folder / ".Sent", message.as_bytes())


def look(given: Account, store: Store, days: float = 0) -> Figures:
    clock = Clock(now() + timedelta(days=days))
    Learner(given, opened(given), Ledger(store, given.key), clock).look()
    return figures(store, now() - timedelta(days=30))


def fates(found: Figures) -> tuple[int, int, int, int]:
    return found.accepted, found.edited, found.discarded, found.undecided


def test_a_draft_sent_as_it_is_is_accepted_whatever_surrounds_it(given: Account, store: Store) -> None:
    draft(given, store).unlink()
    send(given, f"{agent_block.BEGIN}\nIntention : délai\n{agent_block.END}\n{ANSWER}{QUOTED}")
    found = look(given, store)
    assert fates(found) == (1, 0, 0, 0) and found.to_answer is not None


def test_a_draft_that_was_worked_on_is_edited(given: Account, store: Store) -> None:
    draft(given, store).unlink()
    send(given, ANSWER.replace("Bonjour,", "Bonjour Madame,") + "Pensez à joindre le budget.\n")
    found = look(given, store)
    assert fates(found) == (0, 1, 0, 0) and found.kept is not None and 0.4 < found.kept < 0.9


def test_another_answer_altogether_discards_the_draft(given: Account, store: Store) -> None:
    draft(given, store)
    send(given, "Madame, je vous appelle demain matin pour en parler de vive voix. Bien à vous.")
    assert fates(look(given, store)) == (0, 0, 1, 0)


def test_a_draft_that_is_gone_unsent_is_discarded_after_some_days(given: Account, store: Store) -> None:
    file = draft(given, store)
    assert fates(look(given, store, days=8)) == (0, 0, 0, 1)
    file.unlink()
    assert fates(look(given, store, days=6)) == (0, 0, 0, 1)
    assert fates(look(given, store, days=8)) == (0, 0, 1, 0)


def test_each_draft_is_followed_for_itself(given: Account, store: Store) -> None:
    for number in (1, 2, 3):
        draft(given, store, number)
    send(given, ANSWER, 3)
    assert fates(look(given, store)) == (1, 0, 0, 2)


def test_no_word_of_a_mail_or_of_an_answer_is_kept(given: Account, store: Store) -> None:
    draft(given, store)
    send(given, ANSWER.replace("inclus", "minuit"))
    look(given, store)
    with store.connection() as connection:
        kept = str(connection.execute(text("SELECT * FROM mail_item")).all()).casefold()
    for word in ("septembre", "réunion", "usager", "etablissement", "question-1", "minuit"):
        assert word not in kept
    assert ", ''," in kept  # the traces are gone


def test_traces_measure_what_was_kept_and_say_nothing_across_mails() -> None:
    whole = traces_of(LONG, "one")
    assert similarity(whole.text, traces_of(LONG.replace("\n", "\r\n"), "one").text) == 1
    assert similarity(whole.text, traces_of("Tout autre chose, sans rapport aucun.", "one").text) == 0
    assert similarity(whole.text, traces_of(LONG, "two").text) == 0
    assert whole.words == len(LONG.replace("'", " ").split()) - LONG.count(" :")


def test_the_table_says_everything_in_french(given: Account, store: Store) -> None:
    draft(given, store).unlink()
    assert given.imap.folder is not None
    put(given.imap.folder, mail(2, "human"))
    put(given.imap.folder, mail(3, "ignore"))
    worker(given, opened(given), store).cycle()
    send(given, ANSWER)
    shown = table(look(given, store), 30)
    rows = {line[:60].strip(): line[60:].strip() for line in shown.splitlines()}
    assert rows["Courriels reçus"] == "3" and rows["Brouillons préparés"] == "1"
    assert rows["Confiés à une personne"] == "1" and rows["– réclamation"] == "1"
    assert rows["Brouillons envoyés tels quels"] == "1"
    assert "seconde" in rows["Délai avant le brouillon (médiane)"]
    assert rows["Part du brouillon gardée (médiane, après modification)"] == "–"
