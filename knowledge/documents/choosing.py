"""Which documents a call gives, in which formats, and which of them a message wants (choosing.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.base.records import Kind as RecordKind
from knowledge.base.records import Record, State
from knowledge.checklist.items import checklist_of
from knowledge.documents.schedule import moments_of
from knowledge.errors import NotACall
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("choosing.yml")
# What a document says on its works council makes an opinion useful, whatever the topic under which it is filed.
WORKS_COUNCIL = {"works_council", "works_council_opinion"}


class Kind(str, Enum):
    """A document; the values are part of the public API."""

    IDENTIFICATION = "identification"
    LETTER = "letter"
    CSE_OPINION = "cse_opinion"
    CHECKLIST = "checklist"
    VERDICT = "verdict"
    CALENDAR = "calendar"


class Format(str, Enum):
    """A file format; the values are file name extensions."""

    DOCX = "docx"
    PDF = "pdf"
    ICS = "ics"
    JSON = "json"


_WRITTEN = (Format.DOCX, Format.PDF, Format.JSON)


def available(record: Record) -> dict[Kind, tuple[Format, ...]]:
    """Return the documents that make sense for a call, with their formats.

    Raises:
        NotACall: nothing is prepared for a resource or an event.
    """
    if record.kind is not RecordKind.CALL:
        raise NotACall(record.id)
    found: dict[Kind, tuple[Format, ...]] = {Kind.IDENTIFICATION: _WRITTEN, Kind.LETTER: _WRITTEN}
    if any(WORKS_COUNCIL & set(fact.aspects) for fact in record.facts if fact.state is State.STATED):
        found[Kind.CSE_OPINION] = _WRITTEN
    if checklist_of(record).items:
        found[Kind.CHECKLIST] = _WRITTEN
    if record.eligibility is not None and record.eligibility.criteria:
        found[Kind.VERDICT] = _WRITTEN
    if moments_of(record):
        found[Kind.CALENDAR] = (Format.ICS,)
    return found


def wanted(message: str, record: Record) -> dict[Kind, tuple[Format, ...]]:
    """Return the documents of a call that a message asks for; all of them when it names none.

    JSON, which programs read, is offered when it is asked for only.
    """
    folded, offered = fold(message), available(record)
    kinds = [kind for kind in offered if _patterns()["kinds"][kind.value].search(folded)] or list(offered)
    formats = [fmt for fmt in Format if _patterns()["formats"][fmt.value].search(folded)]
    usual = formats or [fmt for fmt in Format if fmt is not Format.JSON]
    found = {kind: tuple(fmt for fmt in offered[kind] if fmt in usual) for kind in kinds}
    # « Le calendrier en PDF » is no file of ours: what exists of it is better than nothing.
    return {kind: fmts or offered[kind] for kind, fmts in found.items() if fmts or len(kinds) == 1}


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    written: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {
        part: {name: compile_pattern(rf"\b(?:{pattern})\b") for name, pattern in entries.items()}
        for part, entries in written.items()
    }
