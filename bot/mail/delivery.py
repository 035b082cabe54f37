"""What becomes of a reply: among the drafts, or sent when everything allows it."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Protocol

from bot.mail.identity import Identity, Namer
from bot.mail.mailbox import (
    DRAFT_KEYWORD,
    SENT_KEYWORD,
    Mailbox,
    MailboxFull,
    MailboxRefused,
    MailboxUnavailable,
    MailGone,
    Reply,
    Waiting,
)
from bot.mail.message import Mail, Outcome
from bot.mail.outgoing import as_bytes, automatic, named
from bot.mail.settings import Account
from bot.mail.traces import body_of, traces_of
from knowledge.clock import Clock
from knowledge.mail.item import Item, Settlement, State
from knowledge.mail.ledger import Ledger
from knowledge.mail.limits import PING_PONG, brake, is_checked

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The message certainly did not leave; `str()` is the reason, as an identifier."""


class MaybeSent(Exception):
    """The connection was lost at the only moment when nobody can tell."""


class Sender(Protocol):
    """Somebody who sends."""

    def send(self, message: EmailMessage) -> None:
        """Send a message, once.

        Raises:
            NotSent, MaybeSent: it did not leave, or nobody knows.
        """


class ForPeople(Exception):
    """A person must take this mail; `str()` is the reason, as an identifier."""


@dataclass(frozen=True)
class Case:
    """A mail in hand: its line of the ledger, its place, its names."""

    item: Item
    waiting: Waiting
    identity: Identity


class Delivery:
    """Puts replies where they belong, each once whatever happens.

    Args:
        sender: None in draft mode: nothing can then be sent.
    """

    def __init__(
        self, account: Account, mailbox: Mailbox, ledger: Ledger, namer: Namer, clock: Clock, sender: Sender | None
    ) -> None:
        self._account, self._mailbox, self._ledger = account, mailbox, ledger
        self._namer, self._clock, self._sender = namer, clock, sender

    def reply(self, case: Case, mail: Mail, outcome: Outcome, reply: EmailMessage) -> None:
        """Draft or send a reply, and settle the mail.

        Raises:
            ForPeople: a person must take the mail.
        """
        settlement = self._settlement(case, mail, outcome, reply)
        present = self._mailbox.find_reply(case.identity.reply_id, case.identity.message_id)
        if present is Reply.SOMEBODYS:
            self._ledger.settle(case.item, State.IGNORED, Settlement("being_answered"), self._clock.now())
            return
        message = named(reply, case.identity.reply_id, self._clock.now())
        if present is None and outcome.to_send is not None and self._may_send(case, outcome, settlement):
            leaving = named(outcome.to_send, case.identity.reply_id, self._clock.now())
            if self._send(case, leaving, settlement):
                return
        if present is None:
            self._append(message)
        self._mailbox.mark(case.waiting.uid, DRAFT_KEYWORD)
        self._ledger.settle(case.item, State.DRAFTED, settlement, self._clock.now())

    def leave_beside(self, case: Case, reply: EmailMessage) -> None:
        """Put a draft at hand for the person who will take this mail, unless one is there; a full mailbox is no fault."""
        if self._mailbox.find_reply(case.identity.reply_id, case.identity.message_id) is None:
            with suppress(ForPeople):
                self._append(named(reply, case.identity.reply_id, self._clock.now()))

    def was_sent(self, case: Case) -> bool:
        """Tell whether a reply whose sending was interrupted is among what was sent."""
        return self._mailbox.find_reply(case.identity.reply_id, "") is Reply.OURS

    def _append(self, message: EmailMessage) -> None:
        try:
            self._mailbox.append_draft(as_bytes(message))
        except MailboxFull:
            log.error("mailbox %s is full: no draft can be put there", self._account.name)
            raise ForPeople("mailbox_full") from None

    def _settlement(self, case: Case, mail: Mail, outcome: Outcome, reply: EmailMessage) -> Settlement:
        writer = mail.reply_to or mail.sender
        traces = traces_of(body_of(reply), case.identity.message)
        return Settlement(
            reason=outcome.reason,
            topics=outcome.topics,
            reply_id=case.identity.reply_id,
            thread=self._namer.hash("thread", mail.thread),
            sender=self._namer.hash("sender", writer.email) if writer else "",
            traces=traces.text,
            draft_words=traces.words,
        )

    def _may_send(self, case: Case, outcome: Outcome, settlement: Settlement) -> bool:
        topics = set(outcome.topics)
        if self._sender is None or not settlement.sender:
            return False
        if not topics or not topics <= self._account.send_topics:
            return False
        limit = brake(self._ledger.recent(settlement.sender, settlement.thread, self._clock.now()))
        if limit == PING_PONG:
            raise ForPeople(limit)
        if limit:
            log.info("mail %s is drafted, not sent: %s", case.item.id, limit)
            return False
        return not is_checked(case.identity.number, self._account.checked_share)

    def _send(self, case: Case, message: EmailMessage, settlement: Settlement) -> bool:
        """Send, at most once; return False when the message certainly did not leave."""
        assert self._sender is not None
        message = automatic(message)
        sent = replace(settlement, traces="")
        self._ledger.begin_sending(case.item, sent, self._clock.now())
        try:
            self._sender.send(message)
        except NotSent as error:
            log.warning("mail %s is drafted, not sent: %s", case.item.id, error)
            self._ledger.not_sent(case.item)
            return False
        except MaybeSent:
            raise ForPeople("sending_unknown") from None
        try:
            self._mailbox.append_sent(as_bytes(message))
            self._mailbox.mark(case.waiting.uid, SENT_KEYWORD)
            self._mailbox.mark_answered(case.waiting.uid)
        except (MailboxRefused, MailboxUnavailable, MailGone) as error:
            log.warning("mail %s was answered, but not marked so: %s", case.item.id, type(error).__name__)
        self._ledger.settle(case.item, State.SENT, sent, self._clock.now())
        return True
