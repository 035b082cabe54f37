"""The situation of a record at an instant: computed from its dates, never stored.

The rules: a day that counts (« jusqu'au », « inclus ») ends at midnight in the territory's time zone;
a day that does not (« avant le ») ends the call when it begins; an hour ends it at that minute. With
several deadlines (by profile or by reading) the call is over when the last one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from enum import Enum
from zoneinfo import ZoneInfo

from knowledge.records import Deadline, Kind, Permanent, Record, State

CLOSING_SOON = timedelta(days=14)


class Status(str, Enum):
    """The situations of design; the values are part of the public API."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    NO_DEADLINE_STATED = "no_deadline_stated"
    PERMANENT = "permanent"
    ENDED_BY_PROGRAMME = "ended_by_programme"
    NOT_A_CALL = "not_a_call"


@dataclass(frozen=True)
class Situation:
    """A status, the instant of the last deadline, and whether the readings disagree on the status."""

    status: Status
    ends_at: datetime | None = None
    disputed: bool = False

    @property
    def over(self) -> bool:
        """True when nothing can be filed any more."""
        return self.status in {Status.CLOSED, Status.ENDED_BY_PROGRAMME}


def end_of(deadline: Deadline, time_zone: str) -> datetime:
    """Return the first instant (aware, local) at which `deadline` is past."""
    zone = ZoneInfo(time_zone)
    if deadline.time is not None:
        # « 14 h » still holds at 14:00 when the hour is included, not when « avant 14 h » is written.
        last = datetime.combine(deadline.date, deadline.time, zone)
        return last + timedelta(minutes=1) if deadline.inclusive else last
    day = deadline.date + timedelta(days=1) if deadline.inclusive else deadline.date
    return datetime.combine(day, time.min, zone)


def deadlines_of(record: Record) -> list[tuple[Deadline, bool]]:
    """Return each deadline of `record` with whether it belongs to a conflict."""
    found: list[tuple[Deadline, bool]] = []
    for fact in record.about("deadline"):
        if isinstance(fact.value, Deadline):
            found.append((fact.value, fact.state is State.CONFLICT))
        found += [(reading.value, True) for reading in fact.readings if isinstance(reading.value, Deadline)]
    return found


def situation(record: Record, now: datetime) -> Situation:
    """Return the situation of `record` at `now` (aware)."""
    if record.kind is not Kind.CALL:
        return Situation(Status.NOT_A_CALL)
    if any(isinstance(fact.value, Permanent) for fact in record.about("deadline")):
        return Situation(Status.PERMANENT)
    zone = ZoneInfo(record.time_zone)
    deadlines = deadlines_of(record)
    if deadlines:
        ends = [end_of(deadline, record.time_zone) for deadline, _ in deadlines]
        last = max(ends)
        if now >= last:
            return Situation(Status.CLOSED, last)
        if record.opening and now < datetime.combine(record.opening, time.min, zone):
            return Situation(Status.UPCOMING, last)
        disputed = any(conflict for _, conflict in deadlines) and now >= min(ends)
        # In UTC: between two instants of the same zone Python subtracts what clocks show, summer time or not.
        left = last - now.astimezone(timezone.utc)
        return Situation(Status.CLOSING_SOON if left <= CLOSING_SOON else Status.OPEN, last, disputed)
    if record.ends and now >= datetime.combine(record.ends + timedelta(days=1), time.min, zone):
        return Situation(Status.ENDED_BY_PROGRAMME)
    if record.opening and now < datetime.combine(record.opening, time.min, zone):
        return Situation(Status.UPCOMING)
    return Situation(Status.NO_DEADLINE_STATED)
