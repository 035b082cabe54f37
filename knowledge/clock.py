"""The one place where time is read; everything else receives it as a parameter."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timezone

from knowledge.errors import KnowledgeError


@dataclass(frozen=True)
class Clock:
    """Tells the time; a fixed clock always tells the same one (rehearsals, tests)."""

    fixed: datetime | None = None

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return self.fixed or datetime.now(timezone.utc)


def parse_instant(text: str) -> datetime:
    """Read an ISO date or date-time; without an offset it is taken as UTC, without an hour as noon.

    Raises:
        KnowledgeError: `text` is neither.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise KnowledgeError(f"« {text} » n'est pas une date AAAA-MM-JJ[THH:MM]") from error
    if len(text) == len("2026-11-22"):
        instant = instant.replace(hour=12)
    return instant if instant.tzinfo else instant.replace(tzinfo=timezone.utc)


def clock_from_env() -> Clock:
    """Return the clock that the setting ASSISTANT_NOW asks for (unset: the machine's)."""
    text = os.environ.get("ASSISTANT_NOW", "").strip()
    return Clock(parse_instant(text) if text else None)
