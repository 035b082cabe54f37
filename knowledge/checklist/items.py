"""The items of a call's checklist, and what an applicant says of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.base.records import SILENT, Deadline, Fact, Kind, Record, State
from knowledge.errors import NotACall

_FOLDER = Path(__file__).parent


class Progress(str, Enum):
    """How far an item is; part of the public API."""

    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_settled(self) -> bool:
        """Whether nothing remains to be done."""
        return self in {Progress.DONE, Progress.NOT_APPLICABLE}


@dataclass(frozen=True)
class Group:
    """A part of the checklist: what it gathers, its title, and why its items are asked."""

    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Item:
    """Something to prepare.

    Attributes:
        id: that of the fact, unique in the record.
        fact: what the document says.
        group: its part of the list.
        optional: the document says « possible », not « required ».
        progress, who, note: what the applicant says of it.
    """

    id: str
    fact: Fact
    group: Group
    optional: bool
    progress: Progress = Progress.TO_DO
    who: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Milestone:
    """A suggested step: so many days before the deadline, and the day itself."""

    days_before: int
    day: date
    text: str


@dataclass(frozen=True)
class Checklist:
    """All there is to prepare for a call; `silences` are facts that say that the document gives no list."""

    record: Record
    items: tuple[Item, ...]
    silences: tuple[Fact, ...]
    planning: tuple[Milestone, ...]


def checklist_of(record: Record, marks: Mapping[str, Mapping[str, str]] | None = None) -> Checklist:
    """Return the checklist of a call.

    Args:
        record: the call.
        marks: by item id, what the applicant says: `progress`, `who`, `note`.

    Raises:
        NotACall: there is nothing to prepare for a resource or an event.
    """
    if record.kind is not Kind.CALL:
        raise NotACall(record.id)
    items = tuple(_items(record, marks or {}))
    topics = {entry["topic"] for entry in _groups().values()}
    silences = tuple(
        fact for fact in record.facts if fact.topic in topics and fact.state in SILENT and fact.text and not fact.role
    )
    return Checklist(record, items, silences, tuple(_planning(record, items)))


def criteria_of(record: Record) -> tuple[Fact, ...]:
    """Return the criteria that an application answers one by one."""
    return tuple(item.fact for item in _items(record, {}) if item.group.id == "criteria")


def _items(record: Record, marks: Mapping[str, Mapping[str, str]]) -> Iterator[Item]:
    for group_id, entry in _groups().items():
        group = Group(group_id, entry["title"], entry["why"])
        for fact in record.about(entry["topic"]):
            if fact.state is State.STATED and _fits(fact, entry):
                mark = marks.get(fact.id, {})
                progress = Progress(mark.get("progress", Progress.TO_DO.value))
                optional = fact.role == "possible"
                yield Item(fact.id, fact, group, optional, progress, mark.get("who"), mark.get("note"))


def _fits(fact: Fact, entry: Mapping[str, Any]) -> bool:
    wanted, unwanted = set(entry.get("aspects", ())), set(entry.get("without_aspects", ()))
    return (
        fact.role in entry["roles"]
        and (not wanted or bool(wanted & set(fact.aspects)))
        and not unwanted & set(fact.aspects)
    )


def _planning(record: Record, items: tuple[Item, ...]) -> Iterator[Milestone]:
    """Yield the steps that concern this call, counted back from its first deadline."""
    days = [fact.value.date for fact in record.about("deadline") if isinstance(fact.value, Deadline)]
    if not days:
        return
    present = {item.group.id for item in items}
    aspects = {aspect for item in items for aspect in item.fact.aspects}
    for step in _steps():
        if present & set(step["groups"]) and (not step.get("aspects") or aspects & set(step["aspects"])):
            yield Milestone(step["days"], min(days) - timedelta(days=step["days"]), step["text"])


@lru_cache(maxsize=1)
def _groups() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_FOLDER / "groups.yml").read_text("utf-8"))
    return content


@lru_cache(maxsize=1)
def _steps() -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = yaml.safe_load((_FOLDER / "planning.yml").read_text("utf-8"))
    return content
