"""Days as people give them: whole (« 1er mars 2021 »), or in part (« mars 2021 », « 2021 »).

A day is kept as it was given, in ISO 8601: `2021-03-01`, `2021-03` or `2021`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from knowledge.text import fold

_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
# On folded text, where « 01/03/2021 » is « 01 03 2021 »; the longest first.
_YEAR = r"((?:19|20)\d\d)\b"
_NUMBERS = re.compile(rf"\b(\d{{1,2}}) (\d{{1,2}}) {_YEAR}")
_BACKWARDS = re.compile(rf"\b{_YEAR} (\d{{2}}) (\d{{2}})\b")
_NAMED = re.compile(rf"\b(?:(\d{{1,2}})(?: ?er)? )?([a-z]{{3,9}}) {_YEAR}")
_MONTH = re.compile(rf"\b(\d{{1,2}}) {_YEAR}")
_ALONE = re.compile(rf"\b{_YEAR}")


def is_day(text: str) -> bool:
    """Return whether `text` is a day of the calendar, a month or a year, in ISO 8601."""
    found = _ISO.fullmatch(text)
    return found is not None and _iso(found[1], found[2], found[3]) == text


def day_in(folded: str) -> str | None:
    """Return the day that a folded text gives; None when it gives none, several, or one that does not exist."""
    days = set(_days(folded))
    return days.pop() if len(days) == 1 else None


def first_and_last(day: str) -> tuple[str, str]:
    """Return the first and the last whole days that a day given in part may be."""
    if len(day) == len("2021"):
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == len("2021-03"):
        year, month = map(int, day.split("-"))
        return f"{day}-01", f"{day}-{monthrange(year, month)[1]:02d}"
    return day, day


def _days(folded: str) -> Iterator[str | None]:
    """Yield the days of a text, None for one that the calendar has not."""
    for pattern in (_NUMBERS, _BACKWARDS, _NAMED, _MONTH, _ALONE):
        found = [match for match in pattern.finditer(folded) if _names_a_month(pattern, match)]
        if found:
            yield from (_day(pattern, match) for match in found)
            return


def _names_a_month(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    # « en 2021 » names no month, « jui 2021 » names two, and « 40 2021 » is no month either.
    if pattern is _NAMED:
        return len(_months(match[2])) == 1
    return pattern is not _MONTH or 1 <= int(match[1]) <= 12


def _day(pattern: re.Pattern[str], match: re.Match[str]) -> str | None:
    if pattern is _ALONE:
        return match[1]
    if pattern is _MONTH:
        return _iso(match[2], match[1])
    if pattern is _NUMBERS:
        return _iso(match[3], match[2], match[1])
    if pattern is _BACKWARDS:
        return _iso(match[1], match[2], match[3])
    return _iso(match[3], _months(match[2])[0], match[1])


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Return the day in ISO 8601; None when the calendar has none such."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


@lru_cache(maxsize=64)
def _months(beginning: str) -> list[str]:
    """Return the numbers of the months whose name begins so."""
    names = get_month_names("wide", locale="fr")
    return [str(number) for number, name in names.items() if fold(name).startswith(beginning)]
