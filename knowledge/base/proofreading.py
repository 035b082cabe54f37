"""What a careful colleague sees in a record that its form allows: dates that differ, names taken, words that age (proofreading.yml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import ESTABLISHMENTS
from knowledge.french.dates import french_date, french_list
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.privacy.masking import mask

_FILE = Path(__file__).parents[1] / "proofreading.yml"
_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_DATE = compile_pattern(rf"\b(\d{{1,2}})(?: ?er)? ({'|'.join(_MONTHS)}) (20\d\d)\b")
_HOUR = compile_pattern(r"\b\d{1,2} ?h(?: ?\d\d)?\b")
Add = Callable[[tuple[Any, ...], str, str], None]


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    content["patterns"] = {name: compile_pattern(content[name]) for name in ("situation", "pointing")}
    return content


def check_dates(content: Mapping[str, Any], add: Add) -> None:
    """Refuse a record that would say two dates for one, or that closes before it opens."""
    faults = _written()["faults"]
    closings = []
    for path, fact in _facts(content):
        value = fact.get("value") or {}
        typed = _day(value.get("date")) if value.get("type") in ("deadline", "date") else None
        if typed is None:
            continue
        closings += [typed] if value["type"] == "deadline" else []
        written = _dates_in(fact.get("text") or "")
        if written and typed not in written:
            message = faults["date"].format(written=french_date(written[0]), typed=french_date(typed))
            add((*path, "value"), message, faults["date_remedy"])
    opening = _day(content.get("opening"))
    if opening and closings and opening > max(closings):
        message = faults["opening"].format(opening=french_date(opening), closing=french_date(max(closings)))
        add(("opening",), message, faults["opening_remedy"])


def warnings_of(content: Mapping[str, Any], taken: Mapping[str, str]) -> Iterator[str]:
    """Yield what is worth a second look, in French, each with where it stands.

    Args:
        taken: folded names of the other records, with the identifier of each.
    """
    words, patterns = _written()["warnings"], _written()["patterns"]
    for path, fact in _facts(content):
        where = ".".join(map(str, path))
        text = " ".join(filter(None, (fact.get("text"), fact.get("short"))))
        value = fact.get("value") or {}
        # The address that a fact gives to write to is there to be published.
        bare = " ".join(word for word in text.replace(value.get("address") or "\0", "").split() if "@" not in word)
        if mask(bare) != bare:
            yield f"{where} : {words['personal'].format(words=text[:60])}"
        for name, pattern in patterns.items():
            if found := pattern.search(fold(text)):
                yield f"{where} : {words[name].format(words=found.group())}"
        if value.get("type") == "deadline" and value.get("time") == "00:00":
            yield f"{where} : {words['midnight']}"
        if value.get("type") == "deadline" and not value.get("time") and _HOUR.search(text):
            yield f"{where} : {words['no_hour']}"
    yield from _years(content)
    known = _establishment_kinds()
    for kind in content.get("establishment_kinds", ()):
        if kind not in known:
            yield words["kind"].format(kind=kind)
    for name in (content["short_title"], *content.get("aliases", ())):
        if other := taken.get(fold(name)):
            yield words["name_taken"].format(name=name, other=other)


def names_of(contents: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Return the folded names of records, with the identifier of the first that bears each; two editions may have one title."""
    found: dict[str, str] = {}
    for record_id, content in contents:
        for name in (content["short_title"], *content.get("aliases", ())):
            found.setdefault(fold(name), record_id)
    return found


def _years(content: Mapping[str, Any]) -> Iterator[str]:
    years = content.get("years") or ()
    values = [fact.get("value") or {} for _, fact in _facts(content)]
    closings = [day for value in values if value.get("type") == "deadline" and (day := _day(value.get("date")))]
    if years and closings and not any(min(years) - 1 <= day.year <= max(years) + 1 for day in closings):
        found = french_list([french_date(day) for day in closings])
        yield _written()["warnings"]["years"].format(found=found, years=french_list(list(map(str, years))))


def _facts(content: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, ...], Mapping[str, Any]]]:
    for topic, facts in content["facts"].items():
        for index, fact in enumerate(facts):
            yield ("facts", topic, index), fact


def _dates_in(text: str) -> list[date]:
    return [day for found in _DATE.finditer(fold(text)) if (day := _made(found))]


def _made(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def _day(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _establishment_kinds() -> frozenset[str]:
    return frozenset(yaml.safe_load(ESTABLISHMENTS.read_text("utf-8")))
