"""Comparing what the agents sent with what was drafted for them; only the figures are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser

from sqlalchemy.engine import Row

from bot.mail.identity import Namer, message_ids_in
from bot.mail.mailbox import Folder, Mailbox, MailGone
from bot.mail.settings import Account
from bot.mail.traces import body_of, similarity, traces_of
from knowledge.base.store import in_utc
from knowledge.clock import Clock
from knowledge.mail.fate import WATCHED_FOR, fate_when_sent, is_discarded
from knowledge.mail.item import Fate
from knowledge.mail.ledger import Ledger

# A draft is put in its folder before it is noted in the ledger, perhaps long before if the worker died in between.
_BEFORE = timedelta(days=1)


class Learner:
    """Follows the drafts of one mailbox."""

    def __init__(self, account: Account, mailbox: Mailbox, ledger: Ledger, clock: Clock) -> None:
        self._mailbox, self._ledger, self._clock = mailbox, ledger, clock
        self._namer = Namer(account.secret, account.domain)
        self._patience = timedelta(days=account.discarded_after)

    def look(self) -> int:
        """Note what became of the drafts; return how many are settled.

        Raises:
            MailboxUnavailable, MailboxRefused, StoreUnavailable: try again later.
        """
        drafts = self._ledger.drafts()
        if not drafts:
            return 0
        now = self._clock.now()
        since = max(min(in_utc(draft.settled_at) for draft in drafts) - _BEFORE, now - WATCHED_FOR)
        sent, there = self._named(Folder.SENT, since), self._named(Folder.DRAFTS, since)
        return sum(self._follow(draft, sent, there, now) for draft in drafts)

    def _follow(
        self, draft: Row, sent: dict[str, tuple[int, datetime]], there: dict[str, tuple[int, datetime]], now: datetime
    ) -> bool:
        names = (self._namer.hash("reply_id", draft.reply_id), draft.message)
        answer = next((sent[name] for name in names if name in sent), None)
        if answer is not None:
            return self._compare(draft, *answer)
        is_there = any(name in there for name in names)
        if is_discarded(in_utc(draft.settled_at), now, is_there, self._patience):
            self._ledger.compared(draft.id, Fate.DISCARDED)
            return True
        return False

    def _compare(self, draft: Row, uid: int, at: datetime) -> bool:
        try:
            raw = self._mailbox.fetch(uid, Folder.SENT)
        except MailGone:
            return False
        message = message_from_bytes(raw, policy=policy.default)
        assert isinstance(message, EmailMessage)
        traces = traces_of(body_of(message), draft.message)
        alike = similarity(draft.traces, traces.text)
        self._ledger.compared(draft.id, fate_when_sent(alike), alike, traces.words, at)
        return True

    def _named(self, folder: Folder, since: datetime) -> dict[str, tuple[int, datetime]]:
        """Return the mails of a folder by the hashes of what they are and of what they answer, the first of each."""
        found: dict[str, tuple[int, datetime]] = {}
        for uid, received, header in self._mailbox.headers(folder, since):
            fields = BytesHeaderParser().parsebytes(header)
            for own in message_ids_in(str(fields["Message-ID"])):
                found.setdefault(self._namer.hash("reply_id", own), (uid, received))
            for name in ("In-Reply-To", "References"):
                # Of the thread, the last: what is answered.
                for answered in message_ids_in(str(fields[name]))[-1:]:
                    found.setdefault(self._namer.hash("message", answered), (uid, received))
        return found
