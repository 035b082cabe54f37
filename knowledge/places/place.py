"""A place named in a text, and the joining of a place with what locates it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.places import codes as territory

Kind = Literal["region", "department", "town"]
_LINKS = frozenset(
    [
        "à",
        "a",
        "au",
        "en",
        "dans",
        "de",
        "du",
        "des",
        "d",
        "le",
        "la",
        "les",
        "l",
        "dpt",
        "dept",
        "dép",
        "dep",
        "département",
        "departement",
        "cedex",
        "île",
        "ile",
    ]
)
_LONGEST_LINK = 60  # characters between two names that may be one place


@dataclass(frozen=True)
class Place:
    """A place named in a text.

    Attributes:
        kind: "region" (former regions and groups of regions too), "department" or "town".
        text: the words that name it, as typed.
        start, end: their position in the text, in characters, end excluded.
        name: official name, or usual name of a former region.
        candidates: INSEE codes of the départements it lies in or covers. A town with several is ambiguous
            (most inhabited first); a region has all its départements, a former region its own only.
        region_codes: INSEE codes of the regions of `candidates`, in the same order.
        certainty: between 0 and 1; below 0.7, worth confirming.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str
    candidates: tuple[str, ...]
    region_codes: tuple[str, ...]
    certainty: float

    @property
    def ambiguous(self) -> bool:
        """Whether it is a town name that several départements share."""
        return self.kind == "town" and len(self.candidates) > 1


def regions_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the region codes of départements, in the same order, once each."""
    return tuple(dict.fromkeys(territory.department(code).region_code for code in codes))


def merge(text: str, places: list[Place]) -> list[Place]:
    """Join a town, or a département, and what locates it right after or just before."""
    merged: list[Place] = []
    for place in places:
        last = merged[-1] if merged else None
        joined = _joined(text, last, place) if last else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(place)
    return merged


def _links(between: str) -> bool:
    """Return whether nothing but small words and signs stands between two names."""
    if len(between) > _LONGEST_LINK:
        return False
    words = between.strip(" \t\n\u00a0\u202f,;(:–-").replace("'", " ").replace("’", " ").casefold().split()
    return _LINKS.issuperset(words)


def _joined(text: str, first: Place, second: Place) -> Place | None:
    between = text[first.end : second.start]
    common = set(first.candidates) & set(second.candidates)
    if not common or not _links(between):
        return None
    postal = first.text.isdigit() and len(first.text) == 5
    if first.kind == "town" and second.kind != "town":
        main = first
    elif postal and second.kind != "region":
        main = second
    elif second.kind == "department" and second.text.isdigit() and first.candidates == second.candidates:
        main = first
    else:
        return None
    end = second.end + (1 if "(" in between and text[second.end : second.end + 1] == ")" else 0)
    kept = tuple(code for code in main.candidates if code in common)
    return replace(
        main,
        text=text[first.start : end],
        start=first.start,
        end=end,
        candidates=kept,
        region_codes=regions_of(kept),
        certainty=max(first.certainty, second.certainty),
    )


def place_of_department(code: str) -> Place:
    """Return the place that a département is, as if its name had been typed.

    Raises:
        UnknownTerritory: no département has this code.
    """
    own = territory.department(code)
    return Place("department", own.name, 0, 0, own.name, (own.code,), (own.region_code,), 1.0)
