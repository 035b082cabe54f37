"""The words around place names, read once from ``cues.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from knowledge.places.codes import FOLDER


@dataclass(frozen=True)
class Guard:
    """When a name that is also an ordinary word is a place.

    Attributes:
        level: what must surround it: "article", "frame" or "upper" (see ``cues.yml``); "free" for nothing.
        not_next, not_previous: words that rule it out, just after or just before.
        number: whether a number may follow.
        alone: whether it may be the whole message.
        en: whether "en" before it is enough.
        bare: whether its capitals alone are enough.
    """

    level: str = "free"
    not_next: frozenset[str] = frozenset()
    not_previous: frozenset[str] = frozenset()
    number: bool = True
    alone: bool = False
    en: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Cues:
    """Sets of folded words by role (the keys of ``cues.yml``)."""

    words: dict[str, frozenset[str]]
    meeting: dict[str, frozenset[str]]
    contractions: dict[str, str]
    guards: dict[str, Guard]


@cache
def cues() -> Cues:
    """Return the cue words."""
    raw: dict[str, Any] = yaml.safe_load((FOLDER / "cues.yml").read_text("utf-8"))
    return Cues(
        words={name: frozenset(value) for name, value in raw.items() if isinstance(value, list)},
        meeting={name: frozenset(value) for name, value in raw["meeting"].items()},
        contractions=raw["contractions"],
        guards={name: _guard(value) for name, value in raw["guards"].items()},
    )


def _guard(raw: dict[str, Any]) -> Guard:
    return Guard(
        level="free" if raw.get("free") else raw["level"],
        not_next=frozenset(raw.get("not_next", ())),
        not_previous=frozenset(raw.get("not_previous", ())),
        number=raw.get("number", True),
        alone=raw.get("alone", False),
        en=raw.get("en", False),
        bare=raw.get("bare", False),
    )
