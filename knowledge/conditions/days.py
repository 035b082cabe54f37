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

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_ISO = compile_pattern(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
# On folded text, where « 01/03/2021 » is « 01 03 2021 »; the most precise first.
_SHAPES = (
    compile_pattern(rf"\b(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}) {_YEAR}"),
    compile_pattern(rf"\b{_YEAR} (?P<month>\d{{2}}) (?P<day>\d{{2}})\b"),
    compile_pattern(rf"\b(?:(?P<day>\d{{1,2}})(?: ?er)? )?(?P<month>[a-z]{{3,9}}) {_YEAR}"),
    compile_pattern(rf"\b(?P<month>0?[1-9]|1[0-2]) {_YEAR}"),
    compile_pattern(rf"\b{_YEAR}"),
)


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
    for shape in _SHAPES:
        found = [parts for match in shape.finditer(folded) if (parts := _parts(match))]
        if found:
            yield from (_iso(**parts) for parts in found)
            return


def _parts(match: re.Match[str]) -> dict[str, str] | None:
    """Return the year, month and day that a shape gives, the month as its number; None when a word is no month."""
    parts = match.groupdict()
    month = parts.get("month")
    if month and month.isalpha():
        # « en 2021 » names none, « jui 2021 » names two.
        numbers = _months(month)
        if len(numbers) != 1:
            return None
        parts["month"] = numbers[0]
    return parts


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
