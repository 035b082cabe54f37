"""What kind of thing a question asks for, and whether a text holds one: a date, an amount, so many of something.

Two texts may share every word and one of them still be no answer: « quel montant ? » wants an amount. The kinds are in
expected.yml; nothing there belongs to a call. In the literature: the expected answer type of a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.french.text import fold, plain_letters, stem
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).parents[1] / "expected.yml"
_NUMBER = (
    r"(?:(?<!\d)\d{1,9}(?: \d{3}){0,2} ?|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente"
    r"|quarante|cinquante|soixante|cent)s?(?:-[a-z]{2,9}){0,2})"
)
_PUT_OFF = "put_off"
_LONGEST = 2_000  # characters of a text that are looked at
_COUNTED = compile_pattern(r"\b(?:combien|nombre|quota) (?:\w+ ){0,2}?(?:de|d|des) (?:\w{1,3} )?(\w{4,})")
# « Un groupe de 20 personnes, ça va ? » is answered by what is said of so many persons.
_COMPARED = compile_pattern(r"\b\d{1,4} ?([a-z]{3,})")
_FIGURES = compile_pattern(_NUMBER, reads=_LONGEST)
# The noun that is counted stands at most this far behind its number.
_BEHIND = 28
FITS, UNKNOWN, LACKS = 1.0, 0.0, -1.0


@dataclass(frozen=True)
class Expected:
    """What a question asks for.

    Attributes:
        kinds: of expected.yml; any of them will do.
        counted: stem of what is counted (« combien de lits » → « lit »), None when nothing is.
        compared: stem of what the question gives a number of (« 180 lits, ça passe ? »); it need not be answered by one.
    """

    kinds: tuple[str, ...] = ()
    counted: str | None = None
    compared: str | None = None


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        name: (
            compile_pattern(r"\b(?:" + "|".join(kind["asked"]) + ")"),
            compile_pattern(
                "|".join(f"(?:{item})" for item in kind["held"]).replace("NUMBER", _NUMBER), reads=_LONGEST
            ),
        )
        for name, kind in _written().items()
        if name != _PUT_OFF
    }


@lru_cache(maxsize=1)
def _put_off() -> re.Pattern[str]:
    return compile_pattern("|".join(_written()[_PUT_OFF]), reads=_LONGEST)


def puts_off(text: str) -> bool:
    """Return whether a text says that its point is settled later or elsewhere (« la commission en décidera »)."""
    return bool(_put_off().search(plain_letters(text[:_LONGEST])))


@lru_cache(maxsize=256)
def expected_of(question: str) -> Expected:
    """Return what kind of thing a question asks for; nothing for one that may be answered by any sentence."""
    folded = fold(question)
    kinds = tuple(name for name, (asked, _) in _kinds().items() if asked.search(folded))
    if kinds:
        # A day is a moment too; asked for outright, a month will not do.
        return Expected(tuple(name for name in kinds if name != "moment" or "day" not in kinds))
    counted, compared = _COUNTED.search(folded), _COMPARED.search(folded)
    return Expected((), stem(counted[1]) if counted else None, stem(compared[1]) if compared and not counted else None)


@lru_cache(maxsize=16_384)
def kinds_held(text: str) -> frozenset[str]:
    """Return the kinds of things that a text holds."""
    plain = plain_letters(text[:_LONGEST])
    return frozenset(name for name, (_, held) in _kinds().items() if held.search(plain))


def fit(expected: Expected, text: str) -> float:
    """Return FITS when a text holds what is expected, LACKS when it does not, UNKNOWN when it cannot be told."""
    if expected.kinds:
        return FITS if kinds_held(text) & set(expected.kinds) else LACKS
    if expected.counted:
        return _counts(expected.counted, text)
    if expected.compared:
        return max(UNKNOWN, _counts(expected.compared, text))
    return UNKNOWN


def _counts(counted: str, text: str) -> float:
    plain = plain_letters(text[:_LONGEST])
    found = list(_FIGURES.finditer(plain))
    if any(counted in map(stem, fold(plain[item.end() : item.end() + _BEHIND]).split()) for item in found):
        return FITS
    return UNKNOWN if found else LACKS
