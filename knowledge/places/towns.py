"""Is this commune's name a place here, or a word, a surname, the name of an establishment?"""

from __future__ import annotations

from knowledge.places.cues import cues
from knowledge.places.gazetteer import Town, gazetteer
from knowledge.places.guards import in_address
from knowledge.places.text import Message

LARGE = 20_000
"""Inhabitants from which a town is recognised without any cue, unless its name is an ordinary word."""
KNOWN = 2_000
NOTABLE = 500
ALONE = 10_000
LONGEST_ACRONYM = 5
REACH = 5
"""Words before « de » in which an establishment counts."""


def town_certainty(message: Message, start: int, end: int, key: str, town: Town, linked: bool) -> float:
    """Return how sure it is that the words from `start` to `end` mean a commune; 0 for no.

    Args:
        message: the message.
        start, end: span, in words, article included ("le havre"; "havre" after "au").
        key: folded name in full.
        town: the communes of that name.
        linked: a number of its département or a postal code touches it.
    """
    named = message.named(start, end)
    if message.previous(start) in cues().words["civilities"] and (named or message.shouting):
        return 0.0
    strength = cue_strength(message, start)
    ordinary = gazetteer().ordinary(key) or len(key) <= 3 and town.population < LARGE
    if in_address(message, start):
        return 0.0
    if message.compound(start, end) and (ordinary or town.population < LARGE):
        return 0.0
    if ordinary:
        return _ordinary(message, start, end, key, town.population, linked, named, strength)
    return _proper(message, start, end, key, town.population, linked, named, strength)


def cue_strength(message: Message, start: int) -> int:
    """Return 3 for « ville de », « situé à », « EHPAD de »; 2 for « à », « structure … de »; 0 for none."""
    words = cues().words
    before, second = message.previous(start), message.previous(start - 1)
    if before in words["at"]:
        return 3 if before != "sur" and second in words["settled"] else 2
    if before in words["town_words"]:
        return 3
    if before not in words["of"]:
        return 0
    if second in words["town_words"] or second in words["establishments"]:
        return 3
    if second in words["near"]:
        return 2
    near = {message.key(i) for i in range(max(0, start - 1 - REACH), start - 1)}
    return 2 if near & words["establishments"] or second in words["places_of_work"] else 0


def alone(message: Message, start: int, end: int) -> bool:
    """Tell whether the span is the whole message but for small words."""
    return set(message.keys[:start] + message.keys[end:]) <= cues().words["fillers"]


def _proper(
    message: Message, start: int, end: int, key: str, population: int, linked: bool, named: bool, strength: int
) -> float:
    """Judge a name that is no ordinary word."""
    words = cues().words
    before = message.previous(start)
    beside = before in words["establishments"]
    saint = key.split(" ", 1)[0] in words["named_after_saints"]
    if linked:
        return 0.95
    if beside and saint:
        return 0.0
    if population >= LARGE:
        return 0.95 if strength else 0.85
    if strength == 3 or strength and (named or population >= KNOWN):
        return 0.9
    if strength:
        return 0.7
    if alone(message, start, end):
        return 0.8 if population >= KNOWN else 0.6 if population >= NOTABLE or _capital_letter(message, start) else 0.0
    if beside and population >= KNOWN:
        return 0.75
    if named and before in ("de", "d", "du", "des") and population >= NOTABLE:
        return 0.65
    surname = (
        message.glued(start)
        and _capital(message, start - 1)
        and not beside
        or _capital(message, end)
        and message.glued(end)
    )
    return 0.6 if named and population >= KNOWN and not surname else 0.0


def _ordinary(
    message: Message, start: int, end: int, key: str, population: int, linked: bool, named: bool, strength: int
) -> float:
    """Judge a name that is also an ordinary word, or too short to be sure of."""
    everyday = key in cues().words["never_lower"]
    word = message.text[slice(*message.span(start, end))]
    if len(word) <= LONGEST_ACRONYM and word.isupper() and not message.shouting and population < ALONE:
        return 0.0
    if linked and (named or population >= NOTABLE):
        return 0.85
    if named and strength:
        return 0.85 if strength == 3 or population >= KNOWN else 0.65
    if strength == 3 and population >= KNOWN:
        return 0.8
    if population >= LARGE and strength and not everyday:
        return 0.7
    lone = alone(message, start, end) and population >= ALONE and (_capital_letter(message, start) or not everyday)
    return 0.6 if lone else 0.0


def _capital_letter(message: Message, index: int) -> bool:
    """Tell whether the word at `index` starts with a capital that means something."""
    return message.tokens[index].capital and not message.shouting


def _capital(message: Message, index: int) -> bool:
    """Tell whether the word at `index` has a capital that no sentence start explains."""
    return 0 <= index < len(message.tokens) and message.tokens[index].capital and not message.tokens[index].initial
