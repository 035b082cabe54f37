"""Départements given by number (« dans le 76 », « (27) », « 2A ») or by postal code."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.patterns import compile_pattern
from knowledge.places import codes as territory
from knowledge.places.cues import cues
from knowledge.places.text import Message

_JOINED = compile_pattern(r"[,/&+–-]|\b(?:et|ou)\b")
_CUT = compile_pattern(r"[.;:!?\n]")
_NUMBER = compile_pattern(r"(?:\d\d|97\d|98\d|2[ab])\Z")
_APART = compile_pattern(r"\s?[,:]\s")
_OVERSEAS = compile_pattern(r"97[1-6]\Z")
_POSTAL = compile_pattern(r"\d{5}\Z", re.ASCII)
_CLOSE = compile_pattern(r"\s*(?:[,;:!?)\n\]»]|\.(?!\d)|\Z)")
_MEASURE = compile_pattern(r"\s*(?:%|€|°|k€|[.,/:-]\d|\+)")
_YEAR = compile_pattern(r"20\d\d\Z")
_LIST = compile_pattern(r"[\s,/\-–+&()]{1,4}\Z")
_AND = frozenset(["et", "ou"])
LAST_DAY = 31
"""A number up to this one may be a date: « le 14 » needs more than an article."""


class Number(NamedTuple):
    """A mention by number: index of its word, département code, certainty between 0 and 1."""

    at: int
    code: str
    certainty: float


def code_at(message: Message, index: int) -> str:
    """Return the département code that the word at `index` spells, as a number or a postal code, or ""."""
    key = message.key(index)
    if _POSTAL.match(key):
        code = _postal(key)
    elif _NUMBER.match(key):
        code = key.upper()
    else:
        return ""
    try:
        return territory.department(code).code
    except territory.UnknownTerritory:
        return ""


def linked(message: Message, start: int, end: int, codes: tuple[str, ...]) -> bool:
    """Tell whether a number or a postal code of one of `codes` touches the words from `start` to `end`."""
    after = end + 1 if message.key(end) == "cedex" else end
    if (
        code_at(message, after) in codes
        and _gap(message, after)
        and (_closed(message, after) or _is_postal(message, after))
    ):
        return True
    return (
        start > 0 and _is_postal(message, start - 1) and code_at(message, start - 1) in codes and _gap(message, start)
    )


def find_numbers(message: Message, towns: list[tuple[int, int, tuple[str, ...]]]) -> list[Number]:
    """Return the départements given by number.

    Args:
        message: the message.
        towns: communes already found: first word, word after the last, département codes.
    """
    known = {
        index: code
        for index in range(len(message.keys))
        if (code := code_at(message, index)) and not _in_series(message, index)
    }
    if not known:
        if (single := _single_digit(message)) is not None:
            return [single]
        return []
    if len(known) == sum(key not in _AND for key in message.keys) and _is_enumeration(message):
        return [Number(index, code, 0.7) for index, code in known.items()]
    sure: dict[int, float] = {}
    expected = {at: codes for start, end, codes in towns for at in (start - 1, end)}
    everything = set(message.keys) <= cues().words["fillers"] | {message.keys[index] for index in known}
    for index, code in known.items():
        if code in expected.get(index, ()) and (_is_postal(message, index) or not _measured(message, index)):
            certainty = 0.95
        elif _is_postal(message, index):
            certainty = _postal_certainty(message, index, everything)
        else:
            certainty = _certainty(message, index, code, everything) or _edge_certainty(message, index)
        if certainty:
            sure[index] = certainty
    _spread(message, known, sure, range(len(message.keys)), -1)
    _spread(message, known, sure, range(len(message.keys) - 1, -1, -1), 1)
    return [Number(index, known[index], sure[index]) for index in sorted(sure)]


def _is_enumeration(message: Message) -> bool:
    """Tell whether the whole message is a list of numbers (« 14, 50 et 61 », « 14,50,61 »); « 12,50 » is an amount."""
    if len(message.keys) < 2 or any(key not in _AND and len(key) not in (2, 3) for key in message.keys):
        return False
    tight = 0
    for index in range(1, len(message.keys)):
        gap = _between(message, index)
        joint, beside = gap.strip(), bool(_AND & {message.keys[index - 1], message.keys[index]})
        if joint not in ("", ",", "/") or joint == "" and not beside or joint == "/" and gap[:1] + gap[-1:] == "//":
            return False
        tight += gap == ","
    return tight != 1 and message.text[message.tokens[-1].end :].strip() in ("", ".", "?", "!")


def _postal(key: str) -> str:
    if key.startswith("20"):
        return "2A" if key[2] in "01" else "2B"
    return key[:3] if key[:2] in ("97", "98") else key[:2]


def _is_postal(message: Message, index: int) -> bool:
    return _POSTAL.match(message.key(index)) is not None


def _between(message: Message, index: int) -> str:
    """Return the text between the word at `index` and the one before it."""
    return message.text[message.tokens[index - 1].end if index else 0 : message.tokens[index].start]


def _in_series(message: Message, index: int) -> bool:
    """Tell whether other figures follow or precede at once, as in a telephone number or an amount."""
    return any(
        0 < at < len(message.tokens)
        and message.keys[at - 1][-1:].isdigit()
        and message.keys[at][:1].isdigit()
        and message.keys[at - 1].isdigit()
        and not _between(message, at).strip(" .\u00a0\u202f")
        for at in (index, index + 1)
    )


def _edge_certainty(message: Message, index: int) -> float:
    """Return how sure « 971 date limite » names a département: such a number at either end counts nothing."""
    alone = index in (0, len(message.keys) - 1) and _OVERSEAS.match(message.key(index)) is not None
    # « 59, y a-t-il quelque chose ? »: set apart at the start, and no day of a month.
    apart = index == 0 and _APART.match(message.text[message.tokens[0].end :]) is not None
    apart = apart and message.key(0).isdigit() and int(message.key(0)) > LAST_DAY
    return 0.7 if (alone or apart) and not _measured(message, index) else 0.0


def _gap(message: Message, index: int) -> bool:
    return 0 < index < len(message.tokens) and _LIST.match(_between(message, index)) is not None


def _closed(message: Message, index: int) -> bool:
    """Tell whether the number ends its phrase, or the phrase goes on without counting anything."""
    rest = message.text[message.tokens[index].end : message.tokens[index].end + 8]
    if _MEASURE.match(rest):
        return False
    return _CLOSE.match(rest) is not None or message.key(index + 1) in cues().words["after_number"]


def _bracketed(message: Message, index: int) -> bool:
    return _between(message, index).endswith("(") and message.text[message.tokens[index].end :][:1] in (
        ")",
        ",",
        "-",
        "/",
    )


def _postal_certainty(message: Message, index: int, everything: bool) -> float:
    if message.key(index - 1) in ("cp", "postal"):
        return 0.95
    if _bracketed(message, index) or everything:
        return 0.8
    nearby = message.tokens[index + 1] if message.glued(index + 1) else None
    return 0.8 if nearby and nearby.capital and not message.shouting else 0.0


def _certainty(message: Message, index: int, code: str, everything: bool) -> float:
    """Return how sure it is that a two- or three-character number is a département; 0 for no."""
    words = cues().words
    before, second = message.key(index - 1), message.key(index - 2)
    following = message.key(index + 1)
    if _bracketed(message, index):
        counted = before in words["number_words"] or before in words["numbered"] or before.isdigit()
        return 0.0 if counted else 0.8
    if (
        before in words["department_words"]
        or before in ("n", "no", "numero", "le")
        and second in words["department_words"]
    ):
        return 0.95
    gap = _between(message, index)
    if following in words["months"] or index and gap.strip(" \n\t\u00a0'’(,") or gap == "," and before.isdigit():
        return 0.0
    if before == "le" and second == "dans" and (_closed(message, index) or message.glued(index + 1)):
        return 0.0 if _measured(message, index) else 0.9
    if not _closed(message, index):
        return 0.0
    date = code.isdigit() and int(code) <= LAST_DAY and len(code) == 2
    places = words["establishments"] | words["places_of_work"]
    if before in places and before not in ("dossier", "dossiers", "projet", "projets"):
        return 0.75
    if before in ("du", "de") and second in places and following != "au":
        return 0.85
    nearby = set(message.keys[max(0, index - 4) : index])
    if not date and index and message.named(index - 1, index) and nearby & words["establishments"]:
        return 0.7
    if date and before == "au":
        return 0.0
    if everything:
        return 0.6 if date else 0.7
    if len(code) == 3 and code.startswith("97") or not code.isdigit() and before in ("le", "en", "du", "la", "de"):
        return 0.0 if before in words["numbered"] else 0.8
    return 0.8 if before in ("le", "du") and not date and second not in words["numbered"] else 0.0


def _measured(message: Message, index: int) -> bool:
    return _MEASURE.match(message.text[message.tokens[index].end :][:8]) is not None


def _spread(message: Message, known: dict[int, str], sure: dict[int, float], order: range, side: int) -> None:
    """Give a number the certainty of its neighbour in a list (« le 14, le 50 et le 61 »)."""
    links = cues().words["number_links"]
    for index in order:
        if index not in known or index in sure or not (_closed(message, index) or _in_list(message, index)):
            continue
        at = index + side
        while (
            0 <= at < len(message.keys)
            and (message.keys[at] in links or _YEAR.match(message.keys[at]))
            and abs(at - index) <= 3
        ):
            at += side
        if at in sure and not _is_postal(message, at):
            low, high = min(at, index), max(at, index)
            between = message.text[message.tokens[low].end : message.tokens[high].start]
            listed = _JOINED.search(between)
            if listed and not _CUT.search(between):
                sure[index] = min(sure[at], 0.85)


def _in_list(message: Message, index: int) -> bool:
    return (
        index + 1 < len(message.tokens)
        and _between(message, index + 1).strip() in ("/", "-", "–", "+", "&")
        and code_at(message, index + 1) != ""
    )


def _single_digit(message: Message) -> Number | None:
    """Read « département 1 » as 01."""
    for index, key in enumerate(message.keys[1:], 1):
        if (
            len(key) == 1
            and key in "123456789"
            and message.keys[index - 1] in ("departement", "dpt", "dept")
            and _closed(message, index)
        ):
            return Number(index, f"0{key}", 0.8)
    return None
