"""Places named in a message: regions, départements, communes, as people type them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.places import codes as territory
from knowledge.places.cues import cues
from knowledge.places.gazetteer import Name, Town, gazetteer
from knowledge.places.guards import name_certainty
from knowledge.places.numbers import find_numbers, linked
from knowledge.places.place import Kind, Place, merge, regions_of
from knowledge.places.text import Message
from knowledge.places.towns import LARGE, cue_strength, town_certainty

__all__ = ["Place", "find_places", "narrow"]

FUZZY_CERTAINTY = 0.7
MAX_WORDS, LONGEST_NAME = 5, 30
"""Longest name looked for through typos, in words and in characters."""
LONGEST = 4_000
"""Characters of a text that are read: each word is judged by those around it."""


@dataclass(frozen=True)
class _Found:
    """A place and its span in words."""

    place: Place
    start: int
    end: int


def find_places(text: str) -> list[Place]:
    """Return the places named in `text`, in order, without overlap.

    A town followed by its département, region or postal code (« Saint-Denis (974) », « 76000 Rouen ») is one place.
    Of a text over `LONGEST` characters, the beginning only.
    Ordinary words that are also place names (« la somme », « une réunion », « le lot 2 ») are left out.
    """
    message = Message(text[:LONGEST])
    found = _find_names(message)
    towns = [(item.start, item.end, item.place.candidates) for item in found if item.place.kind == "town"]
    taken = {index for item in found for index in range(item.start, item.end)}
    for number in find_numbers(message, towns):
        if number.at not in taken:
            own = territory.department(number.code)
            found.append(
                _found(message, number.at, number.at + 1, "department", own.name, (own.code,), number.certainty)
            )
    return merge(text, sorted((item.place for item in found), key=lambda place: place.start))


def narrow(places: Iterable[Place], region_codes: Iterable[str] = ()) -> list[Place]:
    """Drop the namesakes that the rest of the message, or the conversation, rules out.

    Args:
        places: what ``find_places`` returned.
        region_codes: regions already known from the conversation, used only when the message names none.

    Returns:
        The same places; an ambiguous town keeps only the candidates inside the regions and départements
        named beside it, or all of them when that would leave none.
    """
    known = list(places)
    codes = {code for place in known if place.kind != "town" for code in place.candidates}
    codes = codes or {found.code for region_code in region_codes for found in territory.departments_of(region_code)}
    return [_restricted(place, codes) if place.ambiguous else place for place in known]


def _find_names(message: Message) -> list[_Found]:
    found: list[_Found] = []
    index = 0
    while index < len(message.keys):
        item = _exact(message, index) or _approximate(message, index)
        if item is None:
            index += 1
        else:
            found.append(item)
            index = item.end
    return found


def _exact(message: Message, index: int) -> _Found | None:
    """Return the longest name that starts at the word `index`, written in full."""
    book = gazetteer()
    head = message.keys[index]
    article = cues().contractions.get(message.previous(index), "")
    longest = max(book.longest.get(head, 0), book.longest.get(article, 1) - 1 if article else 0)
    last = index + 1
    while last < len(message.keys) and last - index < longest and message.tokens[last].glued:
        last += 1
    for end in range(last, index, -1):
        key = " ".join(message.keys[index:end])
        item = (_town(message, index, end, f"{article} {key}") if article else None) or _named(message, index, end, key)
        if item is not None:
            return item
    return None


def _named(message: Message, start: int, end: int, key: str) -> _Found | None:
    """Return the place of that exact name: region or département first, unless the text points to the town."""
    name = gazetteer().names.get(key)
    town = _town(message, start, end, key)
    if name is None:
        return town
    certainty = name_certainty(message, start, end, name)
    if certainty and not (town and _points_to_town(message, start, end, name, town)):
        return _found(message, start, end, name.kind, name.label, name.departments, certainty, name.regions)
    same = town is not None and set(town.place.candidates) <= set(name.departments)
    return None if certainty == 0 and same else town


def _points_to_town(message: Message, start: int, end: int, name: Name, town: _Found) -> bool:
    """Tell whether « à » or a number elsewhere (« Vienne (38) ») makes a name that of the commune."""
    if set(town.place.candidates) <= set(name.departments):
        return False
    away = tuple(code for code in town.place.candidates if code not in name.departments)
    return (
        linked(message, start, end, away)
        or name.kind == "department"
        and cue_strength(message, start) > 0
        and message.previous(start) not in cues().contractions
    )


def _town(message: Message, start: int, end: int, key: str) -> _Found | None:
    town = gazetteer().town(key)
    if town is None:
        return None
    touched = linked(message, start, end, town.departments)
    certainty = town_certainty(message, start, end, key, town, touched)
    codes = town.departments if touched else town.plausible(message.text[slice(*message.span(start, end))])
    return _found(message, start, end, "town", town.label(codes[0]), codes, certainty) if certainty else None


def _approximate(message: Message, index: int) -> _Found | None:
    """Return the long name that a small typo hides at the word `index`."""
    book = gazetteer()
    if len(message.keys[index]) < 3 or message.keys[index] in cues().words["never_first"]:
        return None
    last = index + 1
    while last < len(message.keys) and last - index < MAX_WORDS and message.tokens[last].glued:
        last += 1
    article = cues().contractions.get(message.previous(index), "")
    for end in range(last, index, -1):
        words = message.keys[index:end]
        key = " ".join(words)
        if len(words[-1]) < 3 or len(key) > LONGEST_NAME or all(word in book.common for word in words):
            continue
        near = book.nearest(key) or (book.nearest(f"{article} {key}") if article in ("le", "les") else None)
        item = _corrected(message, index, end, near) if near and near not in (key, f"{article} {key}") else None
        if item is not None:
            return item
    return None


def _corrected(message: Message, start: int, end: int, near: str) -> _Found | None:
    name = gazetteer().names.get(near)
    if name is not None:
        return _found(message, start, end, name.kind, name.label, name.departments, FUZZY_CERTAINTY, name.regions)
    town: Town | None = gazetteer().town(near)
    if town is None or not (cue_strength(message, start) or town.population >= LARGE and message.named(start, end)):
        return None
    codes = town.plausible(near)
    return _found(message, start, end, "town", town.label(codes[0]), codes, FUZZY_CERTAINTY)


def _found(
    message: Message,
    start: int,
    end: int,
    kind: Kind,
    name: str,
    codes: tuple[str, ...],
    certainty: float,
    regions: tuple[str, ...] = (),
) -> _Found:
    first, last = message.span(start, end)
    place = Place(kind, message.text[first:last], first, last, name, codes, regions or regions_of(codes), certainty)
    return _Found(place, start, end)


def _restricted(place: Place, codes: set[str]) -> Place:
    kept = tuple(code for code in place.candidates if code in codes)
    return replace(place, candidates=kept, region_codes=regions_of(kept)) if kept else place


def place_of_department(code: str) -> Place:
    """Return the place that a département is, as if its name had been typed.

    Raises:
        UnknownTerritory: no département has this code.
    """
    own = territory.department(code)
    return Place("department", own.name, 0, 0, own.name, (own.code,), (own.region_code,), 1.0)
