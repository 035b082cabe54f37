"""The dates of a call that belong in a calendar: stated ones, and the suggested back-planning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.base.records import Deadline, Fact, Record, State
from knowledge.checklist.items import checklist_of
from knowledge.documents.texts import text
from knowledge.french.phrases import phrase


@dataclass(frozen=True)
class Moment:
    """A date of a call.

    Attributes:
        id: stable: the same date of the same call keeps it, so that a calendar imported twice shows it once.
        title: French.
        day: local, to the territory.
        deadline: the deadline that it is, with its hour if any; None for another date.
        suggested: ours, not the document's.
        to_confirm: one of several dates on which the document contradicts itself.
    """

    id: str
    title: str
    day: date
    deadline: Deadline | None = None
    suggested: bool = False
    to_confirm: bool = False


def moments_of(record: Record) -> list[Moment]:
    """Return the dates of a call, in order of time."""
    return sorted(_moments(record), key=lambda moment: (moment.day, moment.id))


def last_day(deadline: Deadline) -> date:
    """Return the day to put in a calendar: the last on which one can still apply."""
    return deadline.date if deadline.inclusive or deadline.time else date.fromordinal(deadline.date.toordinal() - 1)


def _moments(record: Record) -> Iterator[Moment]:
    title = record.short_title
    for fact in record.about("deadline"):
        values = [fact.value, *(reading.value for reading in fact.readings)]
        deadlines = dict.fromkeys(value for value in values if isinstance(value, Deadline))
        for place, deadline in enumerate(deadlines):
            yield Moment(
                f"{fact.id}-{place}",
                _deadline_title(fact, deadline, title),
                last_day(deadline),
                deadline,
                to_confirm=fact.state is State.CONFLICT,
            )
    for name, day in (("opening", record.opening), ("starts", record.starts), ("ends", record.ends)):
        if day is not None:
            yield Moment(name, text(f"calendar.{name}", title=title), day)
    for step in checklist_of(record).planning:
        words = text("calendar.step", text=step.text, title=title)
        yield Moment(f"step-{step.days_before}", words, step.day, suggested=True)


def _deadline_title(fact: Fact, deadline: Deadline, title: str) -> str:
    basis = phrase(f"basis.{deadline.basis}")
    if fact.scope.label:
        return text("calendar.deadline_of", basis=basis, label=fact.scope.label, title=title)
    return text("calendar.deadline", basis=basis, title=title)


def instant_of(deadline: Deadline) -> datetime | None:
    """Return the local, naive instant of a deadline that has an hour."""
    return datetime.combine(deadline.date, deadline.time) if deadline.time else None
