"""A calendar file (RFC 5545): the dates of a call, with reminders before its deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from knowledge.base.records import Record
from knowledge.documents.schedule import Moment, instant_of, moments_of
from knowledge.documents.texts import text
from knowledge.wording.sources import citations

_REMINDERS = (timedelta(days=30), timedelta(days=7), timedelta(days=1))
_LASTS = timedelta(minutes=15)  # a deadline at an hour is an instant; calendars show nothing of no length


def to_ics(record: Record, now: datetime) -> bytes:
    """Return the dates of a call; `now` stamps them, and tells which are past.

    A deadline without an hour takes the whole of its last day, in the territory; with an hour it ends at that hour.
    """
    calendar = Calendar()
    calendar.add("prodid", text("calendar.producer"))
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", record.short_title)
    for moment in moments_of(record):
        calendar.add_component(_event(record, moment, now))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(record: Record, moment: Moment, now: datetime) -> Event:
    event, zone = Event(), ZoneInfo(record.time_zone)
    event.add("uid", f"{record.id}.{moment.id}@ars-assistant")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("summary", moment.title)
    instant = instant_of(moment.deadline) if moment.deadline else None
    if instant is not None:
        end = instant.replace(tzinfo=zone)
        event.add("dtstart", end - _LASTS)
        event.add("dtend", end)
    else:
        event.add("dtstart", moment.day)
        event.add("dtend", moment.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(_description(record, moment, now)))
    if moment.suggested:
        event.add("status", "TENTATIVE")
    past = moment.day < now.astimezone(zone).date()
    if moment.deadline and not past:
        for before in _REMINDERS:
            event.add_component(_alarm(moment.title, before))
    return event


def _description(record: Record, moment: Moment, now: datetime) -> list[str]:
    lines = [text("calendar.step_note")] if moment.suggested else []
    if moment.to_confirm:
        lines.append(text("calendar.to_confirm"))
    if moment.day < now.astimezone(ZoneInfo(record.time_zone)).date():
        lines.append(text("calendar.over"))
    lines += [
        " – ".join(filter(None, (citation.title, citation.url)))
        for citation in citations(record, record.about("deadline"))
    ]
    return lines


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text("calendar.alarm", title=title))
    alarm.add("trigger", -before)
    return alarm
