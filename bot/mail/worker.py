"""What is done with each mail of an inbox, once, even when the process dies at any line of this file.

A mail is taken in the ledger first and settled there last. In between, every step can be done again: the reply has
always the same Message-ID and is looked for before it is put anywhere, keywords are set and set again. Only sending
cannot be repeated: it is announced in the ledger first, and an announcement found later goes to a person.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.mail.delivery import Case, Delivery, ForPeople, Sender
from bot.mail.identity import Namer
from bot.mail.mailbox import Mailbox, MailboxRefused, MailboxUnavailable, MailGone, Waiting
from bot.mail.message import Budget, Handling, Mail, NotNow, Preparer, TooSlow
from bot.mail.settings import Account
from knowledge.clock import Clock
from knowledge.errors import StoreUnavailable
from knowledge.mail.item import Settlement, Sighting, State, kept_for_from_env
from knowledge.mail.ledger import GONE, Ledger

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
BEFORE_START = timedelta(days=7)
"""How long before the worker's first start a mail may have arrived and still be prepared."""
# A mail must not outlive its line of the ledger in the worker's eyes: it would be new again.
_MARGIN = timedelta(days=30)


class Worker:
    """Serves one inbox.

    Args:
        read: decodes a mail.
        sender: None in draft mode.
    """

    def __init__(
        self,
        account: Account,
        mailbox: Mailbox,
        ledger: Ledger,
        preparer: Preparer,
        read: Callable[[bytes], Mail],
        clock: Clock,
        sender: Sender | None = None,
    ) -> None:
        self._account, self._mailbox, self._ledger = account, mailbox, ledger
        self._preparer, self._read, self._clock = preparer, read, clock
        self._namer = Namer(account.secret, account.domain)
        self._delivery = Delivery(account, mailbox, ledger, self._namer, clock, sender)
        self._losses: Counter[int] = Counter()

    def cycle(self, stopped: Callable[[], bool] = lambda: False, check: Callable[[], None] = lambda: None) -> bool:
        """Do what the inbox needs; return whether something should be tried again soon.

        Args:
            stopped: whether to leave after the mail in hand.
            check: called before each mail; what it raises ends the cycle.

        Raises:
            MailboxUnavailable, StoreUnavailable: try the whole again later.
        """
        self._mailbox.open()
        validity = self._mailbox.uidvalidity
        touched: set[int] = set()
        again = False
        for waiting in self._mailbox.waiting(self._since(), self._ledger.settled_uids(validity)):
            if stopped():
                return again
            check()
            again |= not self._serve(waiting, validity, touched)
        self._conclude(touched)
        return again

    def _since(self) -> datetime:
        now = self._clock.now()
        first = self._account.since or self._ledger.started(now) - BEFORE_START
        return max(first, now - kept_for_from_env() + _MARGIN)

    def _serve(self, waiting: Waiting, validity: int, touched: set[int]) -> bool:
        """Do what one mail needs; return False when it is to be tried again soon."""
        try:
            raw = self._source(waiting)
        except MailGone:
            return True
        identity = self._namer.name(raw) if raw is not None else self._namer.name_unread(validity, waiting.uid)
        seen = Sighting(validity, waiting.uid, identity.message, identity.content, waiting.received_at)
        item = self._ledger.take(seen, self._clock.now())
        if item is None:
            return True
        touched.add(item.id)
        case = Case(item, waiting, identity)
        try:
            self._handle(case, raw)
        except MailGone:
            return True
        except NotNow:
            # When another question is answered, this mail is what stops the assistant, and its attempts count.
            if self._preparer.works():
                log.warning("mail %s, attempt %s: no answer to it alone", item.id, item.attempts)
            else:
                log.info("mail %s waits: the assistant does not answer", item.id)
                self._ledger.postpone(item)
            return False
        except (MailboxUnavailable, StoreUnavailable):
            raise
        except Exception as error:
            log.warning("mail %s, attempt %s failed: %s", item.id, item.attempts, type(error).__name__)
            return False
        return True

    def _source(self, waiting: Waiting) -> bytes | None:
        """Return the mail, or its header alone when the rest is of no use; None when the server cannot give it."""
        if self._losses[waiting.uid] >= MAX_ATTEMPTS:
            return None
        try:
            if waiting.answered or waiting.size > self._account.max_size:
                return self._mailbox.fetch_header(waiting.uid)
            return self._mailbox.fetch(waiting.uid)
        except MailboxRefused:
            return None
        except MailboxUnavailable:
            # Perhaps this very mail makes the server hang up: others must not wait for ever behind it.
            self._losses[waiting.uid] += 1
            raise

    def _handle(self, case: Case, raw: bytes | None) -> None:
        try:
            self._decide(case, raw)
        except ForPeople as reason:
            self._to_people(case, Settlement(str(reason)))

    def _decide(self, case: Case, raw: bytes | None) -> None:
        item, waiting = case.item, case.waiting
        if item.state is State.SENDING:
            if not self._delivery.was_sent(case):
                raise ForPeople("sending_unknown")
            self._ledger.settle_as_sent(item)
            return
        if item.clash:
            raise ForPeople("same_id")
        if item.attempts > MAX_ATTEMPTS:
            raise ForPeople("failed")
        if raw is None:
            raise ForPeople("unreadable")
        if waiting.answered:
            self._ledger.settle(item, State.IGNORED, Settlement("answered"), self._clock.now())
            return
        if waiting.size > self._account.max_size:
            raise ForPeople("too_large")
        budget = Budget(self._account.budget)
        try:
            mail = self._read(raw)
            budget.check()
            outcome = self._preparer.prepare(mail, budget)
        except TooSlow:
            raise ForPeople("too_slow") from None
        log.info("mail %s: %s, %s", item.id, outcome.handling.value, outcome.reason)
        if outcome.handling is Handling.IGNORE:
            self._ledger.settle(item, State.IGNORED, Settlement(outcome.reason), self._clock.now())
        elif outcome.handling is Handling.DRAFT and outcome.reply is not None:
            self._delivery.reply(case, mail, outcome, outcome.reply)
        else:
            if outcome.reply is not None:
                self._delivery.leave_beside(case, outcome.reply)
            self._to_people(case, Settlement(outcome.reason, outcome.topics))

    def _to_people(self, case: Case, settlement: Settlement) -> None:
        if self._mailbox.leaves_inbox():
            self._ledger.intend(case.item, settlement.reason)
        try:
            self._mailbox.to_people(case.waiting.uid, settlement.reason)
        except MailboxRefused:
            if case.item.attempts <= 2 * MAX_ATTEMPTS:
                raise
            # It stays where it is, unread, as any mail would without this program.
            log.error("mail %s can neither be answered nor marked: left in the inbox", case.item.id)
            self._ledger.settle(case.item, State.FAILED, settlement, self._clock.now())
            return
        log.info("mail %s to people: %s", case.item.id, settlement.reason)
        self._ledger.settle(case.item, State.TO_PEOPLE, settlement, self._clock.now())

    def _conclude(self, touched: set[int]) -> None:
        """Settle the mails that were taken, and have left the inbox since."""
        for item in self._ledger.unsettled():
            if item.id in touched:
                continue
            if item.state is State.SENDING:
                state, reason = State.TO_PEOPLE, "sending_unknown"
                log.warning("mail %s has left the inbox, and nobody knows whether its reply was sent", item.id)
            elif item.reason:
                state, reason = State.TO_PEOPLE, item.reason
            else:
                state, reason = State.IGNORED, GONE
            self._ledger.settle(item, state, Settlement(reason), self._clock.now())
