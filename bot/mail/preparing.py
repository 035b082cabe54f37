"""From a mail to what becomes of it: the order of the decisions, each taken in its own module."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date

from bot.environment import number, rasa_url
from bot.mail import draft
from bot.mail.asking import DOUBTFUL, Answered, Asker
from bot.mail.draft import Facts
from bot.mail.message import Budget, Handling, Mail, Outcome
from bot.mail.questions import Asked, all_sentences, find_questions, pointed_at, statements
from bot.mail.quoted import Written, written
from bot.mail.settings import Account
from bot.mail.triage import DISTRESS, triage
from bot.mail.wariness import wariness
from knowledge.base.catalogue import open_catalogue
from knowledge.clock import Clock, clock_from_env
from knowledge.privacy.masking import mask
from knowledge.privacy.vocabulary import WHOLE

# What the administration must acknowledge (CRPA, L112-3): a request that a person will treat.
_REQUESTS = {"complaint", "appeal", "no_question"}
_LONG_QUESTION = 600  # characters: a mail in which no question stands out is asked whole when it is shorter


class Answerer:
    """Prepares the answers of one mailbox.

    Args:
        account: the mailbox.
        asker: who answers the questions; by default, the assistant of the environment.
        clock: by default, the environment's.
    """

    def __init__(self, account: Account, asker: Asker | None = None, clock: Clock | None = None) -> None:
        self._account = account
        self._clock = clock or clock_from_env()
        self._asker = asker or Asker(rasa_url(), open_catalogue(), number("MESSAGE_TIMEOUT", 15))

    def prepare(self, mail: Mail, budget: Budget) -> Outcome:
        """See bot.mail.message.Preparer."""
        text = written(mail.body)
        budget.check()
        if len(text.text) > WHOLE:
            return Outcome(Handling.HUMAN, "too_long")
        verdict = triage(mail, text.text, {self._account.address}, self._account.authserv)
        facts = Facts(
            mail,
            self._account.address,
            self._account.signature or None,
            forwarded=bool(text.forwarded),
            masked=mask(text.text) != text.text,
        )
        if verdict.distress:
            return Outcome(Handling.HUMAN, verdict.reason, draft.emergency(facts))
        if verdict.handling is Handling.HUMAN:
            acknowledged = self._account.acknowledges and verdict.reason in _REQUESTS
            return Outcome(Handling.HUMAN, verdict.reason, draft.receipt(facts) if acknowledged else None)
        if verdict.handling is Handling.IGNORE:
            return Outcome(Handling.IGNORE, verdict.reason)
        budget.check()
        worry = wariness().reason([mail.subject, *all_sentences(text.text)])
        if worry:
            return Outcome(Handling.HUMAN, worry, draft.emergency(facts) if worry == DISTRESS else None)
        budget.check()
        return self._answer(mail, text, facts, budget)

    def works(self) -> bool:
        """See bot.mail.message.Preparer."""
        return self._asker.works()

    def _answer(self, mail: Mail, text: Written, facts: Facts, budget: Budget) -> Outcome:
        own = text.text.removesuffix(text.forwarded) if text.forwarded else text.text
        # What is forwarded asks when the person asks nothing herself.
        questions = find_questions("", own) or find_questions(mail.subject, text.text)
        whole = " ".join((text.text or mail.subject).split())
        if not questions and 0 < len(whole) <= _LONG_QUESTION:
            questions = (Asked(whole),)
        if not questions:
            return Outcome(Handling.HUMAN, "no_question")
        questions = tuple(pointed_at(asked.text, text.quoted) or asked for asked in questions)
        about = (mail.subject, statements(text.text), text.signature, text.quoted)
        answered = self._asker.ask(self._conversation(mail), about, questions, budget)
        best = max((one.confidence for one in answered if one.items), default=0.0)
        if best < DOUBTFUL and not self._asker.speaks_of_calls((mail.subject, text.text)):
            # A draft of blanks helps nobody, and what was not understood may be what must not be answered.
            return Outcome(Handling.HUMAN, "not_understood")
        topics = tuple(dict.fromkeys(topic for item in answered for topic in item.topics))
        to_send = draft.reply(facts, answered, for_agent=False) if self._may_leave(facts, answered) else None
        return Outcome(Handling.DRAFT, "question", draft.reply(facts, answered, for_agent=True), to_send, topics)

    def _may_leave(self, facts: Facts, answered: Sequence[Answered]) -> bool:
        """Return whether nothing in the mail or in the answer forbids that it leaves without a person."""
        mail, account = facts.mail, self._account
        plain = not (mail.attachments or mail.problems or facts.masked or facts.forwarded)
        if not (account.sends and facts.signature and plain and len(answered) == 1):
            return False
        (only,) = answered
        oldest = self._clock.now().date() - account.fresh_for
        fresh = all(date.fromisoformat(day) >= oldest for day in only.checked_on)
        return fresh and not draft.doubts(only) and only.confidence >= account.send_confidence

    def _conversation(self, mail: Mail) -> str:
        """Return the name of the thread's conversation, from which nothing of the mail can be told."""
        digest = hmac.new(self._account.secret, b"conversation\n" + mail.thread.encode(), hashlib.sha256)
        return f"mail-{digest.hexdigest()[:32]}"
