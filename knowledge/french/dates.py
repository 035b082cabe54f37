"""Dates, hours and lists as French writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date

from knowledge.french.phrases import phrase


def french_date(day: date) -> str:
    """Return « 5 septembre 2022 », « 1er juillet 2024 »."""
    text = format_date(day, "d MMMM y", locale="fr")
    return text.replace("1 ", "1er ", 1) if day.day == 1 else text


def french_day(day: str) -> str:
    """Return a day, whole or not, in ISO 8601, as « 1er mars 2021 », « mars 2021 » or « 2021 »."""
    year, *rest = map(int, day.split("-"))
    if not rest:
        return day
    first = date(year, *(rest if len(rest) > 1 else (rest[0], 1)))
    return french_date(first) if len(rest) > 1 else format_date(first, "MMMM y", locale="fr")


def french_time(moment: time) -> str:
    """Return « 14 h » or « 14 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def french_list(items: Sequence[str]) -> str:
    """Return « a, b et c »."""
    return phrase("and").join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def local_day(instant: datetime, time_zone: str = "Europe/Paris") -> str:
    """Return the French date of an instant in a time zone."""
    return french_date(instant.astimezone(ZoneInfo(time_zone)).date())
