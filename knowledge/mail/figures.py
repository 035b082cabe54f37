"""What an agency may want to know of its inbox: counts and delays, never a mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from knowledge.base.store import Store, in_utc
from knowledge.base.tables import mail_item
from knowledge.mail.item import UNSETTLED, Fate, State
from knowledge.mail.ledger import rows


@dataclass(frozen=True)
class Figures:
    """Counts of mails taken since an instant, of every mailbox.

    Attributes:
        received: all of them; `waiting`, `drafted`, `sent`, `ignored`, `to_people` and `failed` make it up.
        reasons: how many by reason, for each of `to_people` and `ignored`.
        accepted, edited, discarded, undecided: what became of the drafts.
        kept: median share (0 to 1) of the draft that edited answers keep.
        to_draft, to_answer: median time from a mail's arrival to its draft, and to the agency's answer.
    """

    received: int
    waiting: int
    drafted: int
    sent: int
    ignored: int
    to_people: int
    failed: int
    reasons: Mapping[str, Mapping[str, int]]
    accepted: int
    edited: int
    discarded: int
    undecided: int
    kept: float | None
    to_draft: timedelta | None
    to_answer: timedelta | None


def figures(store: Store, since: datetime) -> Figures:
    """Return the figures of the mails taken since an instant."""
    found = rows(store, [mail_item], mail_item.c.taken_at >= in_utc(since))
    states = Counter(row.state for row in found)
    drafts = [row for row in found if row.state == State.DRAFTED.value]
    fates = Counter(row.fate for row in drafts)
    edited = [row.similarity for row in drafts if row.fate == Fate.EDITED.value and row.similarity is not None]
    to_draft = [_seconds(row.received_at, row.settled_at) for row in drafts]
    to_answer = [_seconds(row.received_at, row.answered_at) for row in drafts if row.answered_at]
    return Figures(
        received=len(found),
        waiting=sum(states[state.value] for state in UNSETTLED),
        drafted=len(drafts),
        sent=states[State.SENT.value],
        ignored=states[State.IGNORED.value],
        to_people=states[State.TO_PEOPLE.value],
        failed=states[State.FAILED.value],
        reasons={
            state.value: Counter(row.reason for row in found if row.state == state.value)
            for state in (State.TO_PEOPLE, State.IGNORED)
        },
        accepted=fates[Fate.ACCEPTED.value],
        edited=fates[Fate.EDITED.value],
        discarded=fates[Fate.DISCARDED.value],
        undecided=fates[""],
        kept=median(edited) if edited else None,
        to_draft=timedelta(seconds=median(to_draft)) if to_draft else None,
        to_answer=timedelta(seconds=median(to_answer)) if to_answer else None,
    )


def _seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (in_utc(end) - in_utc(start)).total_seconds())
