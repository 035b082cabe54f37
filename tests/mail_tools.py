"""What the tests of the inbox worker share: an account, mails, and a preparer that stands in for the real one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from bot.mail.mailbox import Mailbox
from bot.mail.message import Budget, Handling, Mail, NotNow, Outcome
from bot.mail.reading import read
from bot.mail.settings import Account, Server
from bot.mail.worker import Worker
from knowledge.base.store import Store
from knowledge.clock import Clock
from knowledge.mail.ledger import Ledger

ANSWER = "Bonjour,\n\nLa date limite est le 5 septembre 2022 inclus.\nSource : appel de La Réunion.\n\nL'agence\n"


def account(imap: Server, **changes: Any) -> Account:
    """Return an account in draft mode, everything else at its default."""
    plain = Account(
        name="MAIL",
        imap=imap,
        smtp=None,
        address="boite@ars.example",
        since=None,
        poll=180,
        budget=60,
        max_size=10_000_000,
        people_folder="À traiter par une personne",
        moves=False,
        send_topics=frozenset(),
        checked_share=0,
        discarded_after=7,
        secret=b"k" * 32,
    )
    return replace(plain, **changes)


def mail(number: int, subject: str = "Question", body: str = "Quelle est la date limite ?", **headers: str) -> bytes:
    """Return a mail that asks something; what its subject says decides what `Preparing` does with it."""
    message = EmailMessage(policy=policy.SMTP)
    given = {
        "From": f"Usager {number} <usager{number}@etablissement.example>",
        "To": "boite@ars.example",
        "Subject": subject,
        "Date": "Fri, 27 Nov 2026 08:00:00 +0100",
        "Message-ID": f"<question-{number}@etablissement.example>",
    }
    for name, value in {**given, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        if value:
            message[name] = value
    message.set_content(body)
    return message.as_bytes()


class Preparing:
    """Decides by the mail's subject, and counts."""

    def __init__(self, sleep: float = 0) -> None:
        self.calls = 0
        self._sleep = sleep
        self.answers_others = False

    def works(self) -> bool:
        """Return what the test decided."""
        return self.answers_others

    def prepare(self, mail: Mail, budget: Budget) -> Outcome:
        """Return what the subject asks for: « ignore », « human », « distress », « later », « crash », else an answer."""
        self.calls += 1
        time.sleep(self._sleep)
        subject = mail.subject.casefold()
        if "later" in subject:
            raise NotNow
        if "crash" in subject:
            raise RuntimeError("poison")
        if "ignore" in subject:
            return Outcome(Handling.IGNORE, "auto_submitted")
        if "human" in subject:
            return Outcome(Handling.HUMAN, "complaint")
        if "distress" in subject:
            return Outcome(Handling.HUMAN, "distress", answer(mail))
        to_send = answer(mail) if "send" in subject else None
        return Outcome(Handling.DRAFT, "deadline", answer(mail), to_send, ("deadline",))


def answer(mail: Mail, text: str = ANSWER) -> EmailMessage:
    """Return a reply to a mail, without Message-ID."""
    reply = EmailMessage()
    reply["From"] = "boite@ars.example"
    if mail.reply_to:
        reply["To"] = mail.reply_to.email
    reply["Subject"] = f"Re: {mail.subject}"
    reply["In-Reply-To"] = mail.message_id
    reply["References"] = " ".join([*mail.references, mail.message_id])
    reply.set_content(text)
    return reply


def worker(given: Account, mailbox: Mailbox, store: Store, preparer: Any = None, **changes: Any) -> Worker:
    """Return a worker on the machine's clock."""
    parts = {"ledger": Ledger(store, given.key), "read": read, "clock": Clock(), "sender": None, **changes}
    return Worker(
        given, mailbox, parts["ledger"], preparer or Preparing(), parts["read"], parts["clock"], parts["sender"]
    )


def states(store: Store) -> list[tuple[str, str]]:
    """Return (state, reason) of every line of the ledger, in the order in which the mails were taken."""
    from sqlalchemy import select

    from knowledge.base.tables import mail_item

    with store.connection() as connection:
        query = select(mail_item.c.state, mail_item.c.reason).order_by(mail_item.c.id)
        return [(row.state, row.reason) for row in connection.execute(query)]


class Killed(BaseException):
    """What stands for a process that dies: nothing catches it."""


class Deadly:
    """Passes calls on to an object, and dies just before, or just after, the n-th of all the calls it watches.

    Args:
        budget: a one-item list shared by several of these: calls left before death.
        after: die once the call is done rather than before.
    """

    def __init__(self, target: Any, budget: list[int], after: bool) -> None:
        self._target, self._budget, self._after = target, budget, after

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            return value

        def call(*arguments: Any, **named: Any) -> Any:
            self._budget[0] -= 1
            if self._budget[0] == 0 and not self._after:
                raise Killed
            result = value(*arguments, **named)
            if self._budget[0] == 0:
                raise Killed
            return result

        return call


def put(folder: Path, raw: bytes) -> None:
    """Deliver a mail into a Maildir."""
    import mailbox

    mailbox.Maildir(folder, create=True).add(mailbox.MaildirMessage(raw))


def until(condition: Callable[[], bool], seconds: float = 20) -> float:
    """Wait for something; return how long it took.

    Raises:
        AssertionError: it did not happen in time.
    """
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(timezone.utc)
