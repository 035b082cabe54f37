"""Putting the parts together for one mailbox."""

from __future__ import annotations

from collections.abc import Callable

from bot.mail.delivery import Sender
from bot.mail.imap import ImapMailbox
from bot.mail.learning import Learner
from bot.mail.mailbox import Mailbox
from bot.mail.maildir import MaildirMailbox
from bot.mail.message import Mail, Preparer
from bot.mail.service import Service
from bot.mail.settings import Account
from bot.mail.worker import Worker
from knowledge.base.store import Store
from knowledge.clock import Clock
from knowledge.mail.ledger import Ledger


def mailbox_of(account: Account) -> Mailbox:
    """Return a mailbox, not opened yet."""
    if account.imap.folder is not None:
        return MaildirMailbox(account.imap.folder, account.people_folder)
    return ImapMailbox(account.imap, account.people_folder, account.moves)


def sender_of(account: Account) -> Sender | None:
    """Return what sends for a mailbox; None in draft mode, where no way to send is even loaded."""
    if account.smtp is None:
        return None
    from bot.mail.sending import SmtpSender

    return SmtpSender(account.smtp, account.domain)


def service_of(
    account: Account, store: Store, preparer: Preparer, read: Callable[[bytes], Mail], clock: Clock
) -> Service:
    """Return the service of a mailbox."""
    mailbox, ledger = mailbox_of(account), Ledger(store, account.key)
    worker = Worker(account, mailbox, ledger, preparer, read, clock, sender_of(account))
    return Service(account, store, mailbox, worker, Learner(account, mailbox, ledger, clock))
