"""The worker on a folder of files: each way a mail can end, and a death at every step."""

from __future__ import annotations

import mailbox
import os
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_tools import Deadly, Killed, Preparing, account, mail, now, put, states, worker

from bot.mail.delivery import MaybeSent, NotSent
from bot.mail.maildir import MaildirMailbox
from bot.mail.message import Budget, Mail, Outcome
from bot.mail.settings import Account, Server
from knowledge.base.store import Store
from knowledge.mail.ledger import Ledger

PEOPLE = ".&AMA- traiter par une personne"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def given(inbox: Path) -> Account:
    return account(Server("maildir", folder=inbox))


def opened(given: Account) -> MaildirMailbox:
    assert given.imap.folder is not None
    return MaildirMailbox(given.imap.folder, given.people_folder)


def messages(folder: Path) -> list[mailbox.MaildirMessage]:
    return list(mailbox.Maildir(folder)) if folder.exists() else []


def drafts(inbox: Path) -> list[mailbox.MaildirMessage]:
    return messages(inbox / ".Drafts")


def sending(given: Account, **changes: object) -> Account:
    smtp = Server("smtp", "127.0.0.1", 25)
    return account(given.imap, smtp=smtp, send_topics=frozenset({"deadline"}), **changes)


class Posting:
    """Stands where the SMTP sender does, keeps what is given to it, or fails as told."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.sent: list[EmailMessage] = []
        self._failure = failure

    def send(self, message: EmailMessage) -> None:
        if isinstance(self._failure, NotSent):
            raise self._failure
        self.sent.append(message)
        if self._failure:
            raise self._failure


def test_an_answer_is_put_among_the_drafts_and_the_mail_stays_unread(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1))
    assert worker(given, opened(given), store).cycle() is False
    [draft] = drafts(inbox)
    assert draft["In-Reply-To"] == "<question-1@etablissement.example>"
    assert draft["Message-ID"].startswith("<arsbot.") and draft["Message-ID"].endswith("@ars.example>")
    assert "Auto-Submitted" not in draft and "D" in draft.get_flags()
    assert states(store) == [("drafted", "deadline")]
    assert [message.get_flags() for message in messages(inbox)] == [""]


def test_a_second_look_and_a_new_worker_do_nothing_more(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1))
    preparer = Preparing()
    for _ in range(3):
        worker(given, opened(given), store, preparer).cycle()
    assert len(drafts(inbox)) == 1 and preparer.calls == 1


def test_a_mail_for_people_is_moved_to_their_folder_and_one_for_nobody_stays(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, "human"))
    put(inbox, mail(2, "ignore"))
    worker(given, opened(given), store).cycle()
    assert [message["Subject"] for message in messages(inbox / PEOPLE)] == ["human"]
    assert [message["Subject"] for message in messages(inbox)] == ["ignore"]
    assert sorted(states(store)) == [("ignored", "auto_submitted"), ("to_people", "complaint")]
    assert drafts(inbox) == []


def test_in_distress_a_person_gets_the_mail_and_a_draft_at_hand(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, "distress"))
    worker(given, opened(given), store).cycle()
    assert len(drafts(inbox)) == len(messages(inbox / PEOPLE)) == 1
    assert states(store) == [("to_people", "distress")]


def test_a_poison_mail_ends_with_people_and_the_others_do_not_wait_for_it(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, "crash"))
    put(inbox, mail(2))
    serving = worker(given, opened(given), store)
    assert [serving.cycle() for _ in range(4)] == [True, True, True, False]
    assert len(drafts(inbox)) == 1 and len(messages(inbox / PEOPLE)) == 1
    assert sorted(states(store)) == [("drafted", "deadline"), ("to_people", "failed")]


def test_an_assistant_that_does_not_answer_costs_a_mail_nothing(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, "later"))
    for _ in range(6):
        assert worker(given, opened(given), store).cycle() is True
    assert states(store) == [("taken", "")] and len(messages(inbox)) == 1


def test_a_mail_that_somebody_answered_or_is_answering_is_left_alone(given: Account, inbox: Path, store: Store) -> None:
    answered = mailbox.MaildirMessage(mail(1))
    answered.set_subdir("cur")
    answered.add_flag("R")
    mailbox.Maildir(inbox, create=True).add(answered)
    put(inbox, mail(2))
    put(inbox / ".Drafts", mail(3, In_Reply_To="<question-2@etablissement.example>"))
    preparer = Preparing()
    worker(given, opened(given), store, preparer).cycle()
    assert sorted(states(store)) == [("ignored", "answered"), ("ignored", "being_answered")]
    assert len(drafts(inbox)) == 1 and preparer.calls == 1


def test_a_mail_that_is_too_large_goes_to_people_without_being_read(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, body="x" * 70 + "\n" + "y" * 3000))
    preparer = Preparing()
    worker(account(given.imap, max_size=2000), opened(given), store, preparer).cycle()
    assert states(store) == [("to_people", "too_large")] and preparer.calls == 0


def test_old_mails_are_left_alone_unless_asked_for(given: Account, inbox: Path, store: Store) -> None:
    for number, days in ((1, 8), (2, 6)):
        put(inbox, mail(number))
        file = max((inbox / "new").iterdir(), key=lambda file: file.stat().st_ctime_ns)
        then = (now() - timedelta(days=days)).timestamp()
        os.utime(file, (then, then))
    worker(given, opened(given), store).cycle()
    assert [draft["In-Reply-To"] for draft in drafts(inbox)] == ["<question-2@etablissement.example>"]
    worker(account(given.imap, since=now() - timedelta(days=9)), opened(given), store).cycle()
    assert len(drafts(inbox)) == 2


def test_two_different_mails_that_bear_one_message_id_are_not_one(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, Message_ID="<formulaire@site.example>"))
    worker(given, opened(given), store).cycle()
    put(inbox, mail(2, "Autre", Message_ID="<formulaire@site.example>"))
    worker(given, opened(given), store).cycle()
    assert states(store) == [("drafted", "deadline"), ("to_people", "same_id")]
    assert len(drafts(inbox)) == 1


def test_a_mail_without_message_id_is_answered_once_and_its_neighbour_too(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, Message_ID=""))
    put(inbox, mail(1, body="Et à Mayotte ?", Message_ID=""))
    for _ in range(2):
        worker(given, opened(given), store).cycle()
    assert len({draft["Message-ID"] for draft in drafts(inbox)}) == len(drafts(inbox)) == 2


def test_a_mail_that_leaves_before_it_is_served_is_taken_again_when_it_comes_back(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, "later"))
    serving = worker(given, opened(given), store)
    serving.cycle()
    [file] = (inbox / "new").iterdir()
    away = file.rename(inbox.parent / file.name)
    serving.cycle()
    assert states(store) == [("ignored", "gone")]
    away.rename(inbox / "new" / file.name)
    serving.cycle()
    assert states(store) == [("taken", "")]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("subject", ["Question", "human", "distress", "ignore"])
def test_wherever_the_worker_dies_the_next_one_finishes_and_repeats_nothing(
    subject: str, after: bool, tmp_path: Path
) -> None:
    deaths, alive = 0, False
    while not alive:
        folder = tmp_path / f"{deaths}"
        given = account(Server("maildir", folder=folder / "inbox"))
        folder.mkdir()
        store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
        store.migrate()
        put(folder / "inbox", mail(1, subject))
        budget = [deaths + 1]
        ledger = Deadly(Ledger(store, given.key), budget, after)
        try:
            worker(given, Deadly(opened(given), budget, after), store, ledger=ledger).cycle()  # type: ignore[arg-type]
            alive = True
        except Killed:
            deaths += 1
        worker(given, opened(given), store).cycle()
        worker(given, opened(given), store).cycle()
        inbox = folder / "inbox"
        expected = {
            "Question": ("drafted", "deadline", 1, 1, 0),
            "human": ("to_people", "complaint", 0, 0, 1),
            "distress": ("to_people", "distress", 1, 0, 1),
            "ignore": ("ignored", "auto_submitted", 0, 1, 0),
        }[subject]
        found = (len(drafts(inbox)), len(messages(inbox)), len(messages(inbox / PEOPLE)))
        assert (*states(store)[0], *found) == expected, f"killed at call {deaths}"
        assert len(states(store)) == 1
        store.close()
    assert deaths >= 7


@pytest.mark.parametrize("after", [False, True])
def test_wherever_the_worker_dies_nothing_is_sent_twice(after: bool, tmp_path: Path) -> None:
    deaths, alive = 0, False
    endings: Counter[tuple[str, int]] = Counter()
    while not alive:
        folder = tmp_path / f"{deaths}"
        folder.mkdir()
        given = sending(account(Server("maildir", folder=folder / "inbox")))
        store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
        store.migrate()
        put(folder / "inbox", mail(1, "send"))
        posting, budget = Posting(), [deaths + 1]
        parts = {"ledger": Deadly(Ledger(store, given.key), budget, after), "sender": Deadly(posting, budget, after)}
        try:
            worker(given, Deadly(opened(given), budget, after), store, **parts).cycle()  # type: ignore[arg-type]
            alive = True
        except Killed:
            deaths += 1
        for _ in range(2):
            worker(given, opened(given), store, sender=posting).cycle()
        [(state, _)] = states(store)
        inbox = folder / "inbox"
        assert len(posting.sent) <= 1 and drafts(inbox) == []
        # Sent and known to be, or in a person's hands: never nowhere.
        assert state == "sent" and len(posting.sent) == 1 or state == "to_people" and len(messages(inbox / PEOPLE)) == 1
        endings[state, len(posting.sent)] += 1
        store.close()
    assert endings["sent", 1] and endings["to_people", 1]


def test_what_is_sent_says_that_a_machine_answers_and_is_kept_among_what_was_sent(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, "send"))
    posting = Posting()
    worker(sending(given), opened(given), store, sender=posting).cycle()
    [message] = posting.sent
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    [kept] = messages(inbox / ".Sent")
    assert kept["Message-ID"] == message["Message-ID"]
    assert drafts(inbox) == [] and states(store) == [("sent", "deadline")]
    assert [message.get_flags() for message in messages(inbox)] == ["R"]


@pytest.mark.parametrize(
    ("subject", "changes"),
    [
        ("Question", {}),
        ("send", {"send_topics": frozenset()}),
        ("send", {"send_topics": frozenset({"documents"})}),
        ("send", {"checked_share": 100}),
    ],
)
def test_what_may_not_be_sent_is_drafted(
    subject: str, changes: dict, given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, subject))
    posting = Posting()
    settings = account(given.imap, smtp=Server("smtp"), **{"send_topics": frozenset({"deadline"}), **changes})
    worker(settings, opened(given), store, sender=posting).cycle()
    assert posting.sent == [] and len(drafts(inbox)) == 1 and states(store) == [("drafted", "deadline")]


def test_a_refusal_leaves_a_draft_and_a_doubt_goes_to_people(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, "send"))
    worker(sending(given), opened(given), store, sender=Posting(NotSent("smtp_refused"))).cycle()
    assert states(store) == [("drafted", "deadline")] and len(drafts(inbox)) == 1
    put(inbox, mail(2, "send"))
    for _ in range(2):
        worker(sending(given), opened(given), store, sender=Posting(MaybeSent())).cycle()
    assert states(store)[1] == ("to_people", "sending_unknown") and len(drafts(inbox)) == 1


def test_a_thread_gets_one_reply_a_day_and_two_in_all(given: Account, inbox: Path, store: Store) -> None:
    posting = Posting()
    first = "<question-0@etablissement.example>"
    sender = "Usager <usager@etablissement.example>"
    from knowledge.clock import Clock

    for number, hours in enumerate((0, 1, 25, 50)):
        put(inbox, mail(number, "send", From=sender, References=first if number else ""))
        later = Clock(now() + timedelta(hours=hours))
        worker(sending(given), opened(given), store, sender=posting, clock=later).cycle()
    assert [state for state, _ in states(store)] == ["sent", "drafted", "sent", "to_people"]
    assert states(store)[-1] == ("to_people", "ping_pong")


def test_a_mail_that_alone_stops_the_assistant_goes_to_people_after_three_attempts(
    given: Account, inbox: Path, store: Store
) -> None:
    put(inbox, mail(1, subject="later"))
    preparer = Preparing()
    preparer.answers_others = True
    for _ in range(3):
        assert worker(given, opened(given), store, preparer).cycle() is True
    assert states(store)[0][0] == "taken"
    # A process that starts again does not forget.
    worker(given, opened(given), store, preparer).cycle()
    assert states(store) == [("to_people", "failed")]
    assert preparer.calls == 3


def test_a_mail_waits_without_end_while_the_assistant_answers_nobody(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1, subject="later"))
    for _ in range(6):
        assert worker(given, opened(given), store).cycle() is True
    assert states(store)[0][0] == "taken"


def test_a_mail_that_takes_too_long_goes_to_people(given: Account, inbox: Path, store: Store) -> None:
    put(inbox, mail(1))

    class Slow(Preparing):
        def prepare(self, mail: Mail, budget: Budget) -> Outcome:
            time.sleep(0.05)
            budget.check()
            return super().prepare(mail, budget)

    assert worker(replace(given, budget=0.02), opened(given), store, Slow()).cycle() is False
    assert states(store) == [("to_people", "too_slow")]
