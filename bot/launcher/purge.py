"""Erasing by age: dossiers, the questions left without answer, and the ledger of mails.

The durations are settings (12 months for a masked question, and for a dossier after its last change; 24 for a mail). Run by the
launcher every day, and by `python -m bot purge`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.tracker import erase_conversations
from knowledge.base.store import Store
from knowledge.dossiers.dossier import Dossiers
from knowledge.mail.ledger import forget_mails


def purge_dossiers(database_url: str, tracker_url: str, now: datetime, kept_for: timedelta) -> int:
    """Erase the dossiers left untouched for longer than `kept_for`, and the conversations that repeat parts of them.

    An erasure that a crash had left half done is finished as well. Returns how many dossiers went.
    """
    store = Store(database_url)
    try:
        dossiers = Dossiers(store, kept_for)
        erased = dossiers.purge(now)
        conversations = dossiers.left_behind()
        erase_conversations(tracker_url, conversations)
        dossiers.forget(conversations)
        return erased
    finally:
        store.close()


def purge_questions(database_url: str, now: datetime, days: int) -> int:
    """Erase the masked questions, and the opinions on answers, older than `days`; return how many."""
    store, before = Store(database_url), now - timedelta(days=days)
    try:
        return store.forget_questions(before) + store.forget_opinions(before)
    finally:
        store.close()


def purge_mails(database_url: str, now: datetime, days: int) -> int:
    """Erase what the ledger of mails holds that is older than `days`; return how many mails went."""
    store = Store(database_url)
    try:
        return forget_mails(store, now - timedelta(days=days))
    finally:
        store.close()
