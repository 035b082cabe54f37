"""Texts made to make a reader slow: of each regular expression, its own repetitions, repeated, then broken."""

from __future__ import annotations

import re
import sre_constants as op
import sre_parse
from collections.abc import Iterator

# Runs that pattern after pattern met in real attacks: white space, one letter, a list without spaces, quotes…
RUNS = (
    " ",
    "\n",
    " \n",
    "\t ",
    "\u00a0",
    "a",
    "A",
    "0",
    "1 ",
    "0 ",
    "6 ",
    "14,",
    "14, ",
    "14/",
    "2A,",
    "a,",
    "a b ",
    "Saint ",
    "Saint-",
    "saint denis ",
    "Paris, ",
    "M. ",
    "Mme Dupont ",
    "d'",
    "l ",
    "et ",
    ", et ",
    "- ",
    "1) ",
    "?",
    "…",
    ".",
    "> ",
    ">",
    "<",
    "<a ",
    "</",
    "@",
    "a@",
    "a.",
    "a@b.",
    "06 ",
    "06.12.",
    "+33 ",
    "FR76 ",
    "12:00 ",
    "01/02/",
    "Cordialement,\n",
    "Cordialement\n",
    "De : a@b.fr\n",
    "Le lundi a écrit :\n",
    "-- \n",
    "---- ",
    "=",
    "_",
    "(",
    "[",
    "ﷺ",
    "ﬁ",
    "é",
    "e\u0301",
    "œ",
    "𝐚",
    "ehpad ",
    "oui ",
    "pas ",
    "quelle est la date ",
    "QVCT-7K3M-",
    "7K3M-",
    "7k3m ",
)


def texts(pattern: str | bytes, flags: int, length: int) -> Iterator[str]:
    """Yield texts of `length` characters: each repetition of the pattern after what leads to it, and the usual runs."""
    for run in RUNS:
        yield _filled("", run, length)
    expression = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = sre_parse.parse(expression, flags)
    for lead, unit in dict.fromkeys(_repetitions(list(tree), "")):
        if unit:
            yield _filled(lead, unit, length)
            yield _filled("", lead + unit, length)


def _filled(lead: str, unit: str, length: int) -> str:
    text = lead + unit * max(1, (length - len(lead) - 2) // len(unit))
    return text[: length - 2] + "\x01!"


def _repetitions(nodes: list, lead: str) -> Iterator[tuple[str, str]]:
    """Yield what comes before each repetition of a parsed pattern, and one turn of it."""
    for code, argument in nodes:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            low, high, inner = argument
            unit = _sample(list(inner))
            if high is op.MAXREPEAT or high > 3:
                yield lead, unit
            yield from _repetitions(list(inner), lead)
            lead += unit * max(low, 1)
        elif code is op.SUBPATTERN:
            yield from _repetitions(list(argument[-1]), lead)
            lead += _sample(list(argument[-1]))
        elif code is op.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(list(branch), lead)
            lead += _sample([(code, argument)])
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _repetitions(list(argument[1]), lead)
        else:
            lead += _sample([(code, argument)])


def _sample(nodes: list) -> str:
    """Return a text that a parsed pattern matches, or nearly."""
    found = ""
    for code, argument in nodes:
        if code is op.LITERAL:
            found += chr(argument)
        elif code is op.NOT_LITERAL:
            found += "a" if argument != ord("a") else "b"
        elif code is op.ANY:
            found += "a"
        elif code is op.IN:
            found += _member(argument)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT):
            found += _sample(list(argument[2])) * max(argument[0], 1)
        elif code is op.SUBPATTERN:
            found += _sample(list(argument[-1]))
        elif code is op.BRANCH:
            found += _sample(list(argument[1][0]))
    return found


_CANDIDATES = "a1 A-,'.é\n/@>2BZ:_()\u00a0<=?x0zx!;"


def _member(items: list) -> str:
    tree = sre_parse.SubPattern(sre_parse.State(), [(op.IN, items)])
    check = re.compile(_rebuilt(items)) if tree else None
    return next((char for char in _CANDIDATES if check and check.match(char)), "a")


def _rebuilt(items: list) -> str:
    """Return a character class as an expression again."""
    classes = {
        op.CATEGORY_DIGIT: r"\d",
        op.CATEGORY_NOT_DIGIT: r"\D",
        op.CATEGORY_SPACE: r"\s",
        op.CATEGORY_NOT_SPACE: r"\S",
        op.CATEGORY_WORD: r"\w",
        op.CATEGORY_NOT_WORD: r"\W",
    }
    inside = ""
    for code, argument in items:
        if code is op.NEGATE:
            inside = "^" + inside
        elif code is op.LITERAL:
            inside += re.escape(chr(argument))
        elif code is op.RANGE:
            inside += f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
        elif code is op.CATEGORY:
            inside += classes[argument]
    return f"[{inside}]"
