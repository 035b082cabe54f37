"""What agents do with drafts: accepted, edited or discarded."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge.mail.item import Fate

WATCHED_FOR = timedelta(days=60)
"""How long what is sent is compared with a draft; unsent by then, the draft counts as discarded."""
_ACCEPTED = 0.97  # above, only what mail programs change of themselves differs
_DISCARDED = 0.2  # below, the agent wrote something else


def fate_when_sent(similarity: float) -> Fate:
    """Return what became of a draft, from how alike (0 to 1) the answer that was sent is."""
    if similarity >= _ACCEPTED:
        return Fate.ACCEPTED
    return Fate.EDITED if similarity >= _DISCARDED else Fate.DISCARDED


def is_discarded(drafted_at: datetime, now: datetime, is_there: bool, patience: timedelta) -> bool:
    """Tell whether a draft that was not sent is given up.

    Args:
        is_there: it still is among the drafts.
        patience: how long a draft that is gone may still turn up among what was sent.
    """
    age = now - drafted_at
    return age > WATCHED_FOR or (not is_there and age > patience)
