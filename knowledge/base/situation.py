"""The situation of a record at an instant: computed from its dates, never stored.

The rules: a day that counts (« jusqu'au », « inclus ») ends at midnight in the territory's time zone;
a day that does not (« avant le ») ends the call when it begins; an hour ends it at that minute. With
several deadlines (by profile or by reading) the call is over when the last one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.base.records import Deadline, Kind, Permanent, Record, State

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

    @property
    def is_open(self) -> bool:
        """True while a file can be sent."""
        return self in {Status.OPEN, Status.CLOSING_SOON, Status.PERMANENT}


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


@dataclass(frozen=True)
class Timing:
    """The instants (aware) on which a record's situation depends; None: there is none.

    Attributes:
        is_call: whether it can be applied to at all.
        permanent: a call without closing date, by design.
        opens: first instant at which it can be applied to.
        first_end, last_end: ends of the earliest and of the latest deadline.
        conflict: whether the deadlines are readings that disagree.
        programme_end: first instant after the programme.
    """

    is_call: bool
    permanent: bool = False
    opens: datetime | None = None
    first_end: datetime | None = None
    last_end: datetime | None = None
    conflict: bool = False
    programme_end: datetime | None = None

    @classmethod
    def of(cls, record: Record) -> Timing:
        """Return the instants of `record`."""
        zone = ZoneInfo(record.time_zone)
        deadlines = deadlines_of(record)
        ends = [end_of(deadline, record.time_zone) for deadline, _ in deadlines]
        return cls(
            is_call=record.kind is Kind.CALL,
            permanent=any(isinstance(fact.value, Permanent) for fact in record.about("deadline")),
            opens=datetime.combine(record.opening, time.min, zone) if record.opening else None,
            first_end=min(ends, default=None),
            last_end=max(ends, default=None),
            conflict=any(conflict for _, conflict in deadlines),
            programme_end=datetime.combine(record.ends + timedelta(days=1), time.min, zone) if record.ends else None,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads: JSON, instants in ISO 8601, without what is absent."""
        known = {name: value for name, value in vars(self).items() if value}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in known.items()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Timing:
        """Return the instants that `as_dict` wrote."""
        values = {key: datetime.fromisoformat(item) if isinstance(item, str) else item for key, item in data.items()}
        known: dict[str, Any] = {"is_call": False, **values}
        return cls(**known)

    def status(self, now: datetime) -> Status:
        """Return the status at `now` (aware)."""
        return self.situation(now).status

    def situation(self, now: datetime) -> Situation:
        """Return the situation at `now` (aware)."""
        if not self.is_call:
            return Situation(Status.NOT_A_CALL)
        if self.permanent:
            return Situation(Status.PERMANENT)
        if self.first_end and self.last_end:
            if now >= self.last_end:
                return Situation(Status.CLOSED, self.last_end)
            if self.opens and now < self.opens:
                return Situation(Status.UPCOMING, self.last_end)
            disputed = self.conflict and now >= self.first_end
            # In UTC: between two instants of the same zone Python subtracts what clocks show, summer time or not.
            left = self.last_end.astimezone(timezone.utc) - now.astimezone(timezone.utc)
            soon = left <= CLOSING_SOON
            return Situation(Status.CLOSING_SOON if soon else Status.OPEN, self.last_end, disputed)
        if self.programme_end and now >= self.programme_end:
            return Situation(Status.ENDED_BY_PROGRAMME)
        if self.opens and now < self.opens:
            return Situation(Status.UPCOMING)
        return Situation(Status.NO_DEADLINE_STATED)


def situation(record: Record, now: datetime) -> Situation:
    """Return the situation of `record` at `now` (aware)."""
    return Timing.of(record).situation(now)
