"""Finding where an earlier message starts in the text of a mail, whatever program quoted it."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from mailparser_reply.parser import EmailMessage

from bot.mail.phrases import phrases
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_LANGUAGES = ["fr", "en"]
_MAX_LINE = 400  # characters looked at; the library's patterns take quadratic time on a line
_MAX_ATTRIBUTION = 4  # lines
_MAX_BLOCK = 12  # lines of headers
_LABEL = compile_pattern(r"[\s*>]*([^\W\d_][\w '’-]{0,24}?)[\s*]*:")
_HOUR_OR_ADDRESS = compile_pattern(r"\d{1,2} ?[:h] ?\d{2}|@")
_SPACES = compile_pattern("[\u00a0\u2007\u202f\t]")
_RULED = compile_pattern(r"^[\s>]*[-_=*]{2,}|:\s*$")


class Marker(Enum):
    """What a line that heads an earlier message is."""

    ATTRIBUTION = "attribution"
    EARLIER = "earlier"
    FORWARDED = "forwarded"


def find_markers(lines: list[str]) -> dict[int, tuple[Marker, int]]:
    """Return, by the index of its first line, each heading: what it is, and the index after its last line."""
    lines = [_SPACES.sub(" ", line[:_MAX_LINE]) for line in lines]
    found = {}
    index = 0
    while index < len(lines):
        heading = _heading(lines, index)
        if heading:
            found[index] = heading
        index = heading[1] if heading else index + 1
    inside = {line for start, (_, end) in found.items() for line in range(start, end)}
    for index, marker in _known_to_the_library(lines).items():
        if index not in inside:
            found[index] = (marker, _end_of_block(lines, index) or index + 1)
    return found


def _heading(lines: list[str], index: int) -> tuple[Marker, int] | None:
    line = lines[index]
    if not line.strip() or line.lstrip().startswith(">"):
        return None
    folded = fold(line)
    if _RULED.search(line):
        for marker, pattern in ((Marker.FORWARDED, phrases().forwarded_line), (Marker.EARLIER, phrases().earlier_line)):
            if pattern.fullmatch(folded):
                return marker, _end_of_block(lines, index + 1) or index + 1
    if phrases().attribution_start.match(folded):
        for end in range(index + 1, min(index + 1 + _MAX_ATTRIBUTION, len(lines) + 1)):
            joined = " ".join(lines[index:end]).rstrip()
            if joined.endswith(":") and phrases().attribution_end.search(fold(joined)):
                return (Marker.ATTRIBUTION, end) if _is_by_a_program(joined, lines, end) else None
    block = _end_of_block(lines, index)
    return (Marker.EARLIER, block) if block else None


def _is_by_a_program(attribution: str, lines: list[str], end: int) -> bool:
    """A person may write the same words; a program gives the hour or the address, or quotes what follows."""
    following = next((line for line in lines[end:] if line.strip()), "")
    return _HOUR_OR_ADDRESS.search(attribution) is not None or following.lstrip().startswith(">")


def _end_of_block(lines: list[str], index: int) -> int | None:
    """Return the index after the headers that start here: the sender and something else, blank lines and folds between."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    labels: list[str] = []
    end = index
    for position in range(index, min(index + _MAX_BLOCK, len(lines))):
        name = _label(lines[position])
        if name in phrases().header_from or name in phrases().header_other:
            labels.append(name)
            end = position + 1
        elif not labels or (lines[position].strip() and position > end):
            break
    known = set(labels)
    return end if known & phrases().header_from and len(known) > 1 else None


@lru_cache(maxsize=1024)
def _label(line: str) -> str:
    label = _LABEL.match(line)
    return fold(label[1]) if label else ""


def _known_to_the_library(lines: list[str]) -> dict[int, Marker]:
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found = {}
    for match in _pattern().finditer(text):
        begin = match.start() + len(match.group()) - len(match.group().lstrip("\n"))
        index = bisect_right(starts, begin) - 1
        if index < len(lines) and not lines[index].lstrip().startswith(">"):
            wrote = phrases().attribution_end.search(fold(match.group()))
            if not wrote or _is_by_a_program(match.group(), lines, index + match.group().strip().count("\n") + 1):
                found[index] = Marker.ATTRIBUTION if wrote else Marker.EARLIER
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return EmailMessage(text="", languages=list(_LANGUAGES)).HEADER_REGEX
