"""The phrases that mail programs and people write around a message, read from phrases.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("phrases.yml")


@dataclass(frozen=True)
class Phrases:
    """Patterns and words, by what they serve; all but `stub` are on folded text (`knowledge.french.text.fold`)."""

    stub: re.Pattern[str]
    forward_line: str
    forward_headers: dict[str, str]
    forwarded_line: re.Pattern[str]
    earlier_line: re.Pattern[str]
    header_from: frozenset[str]
    header_other: frozenset[str]
    attribution_start: re.Pattern[str]
    attribution_end: re.Pattern[str]
    device: re.Pattern[str]
    notice: re.Pattern[str]
    closing: re.Pattern[str]
    pointing: re.Pattern[str]
    thanks: frozenset[str]
    courtesy: frozenset[str]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the phrases.

    Raises:
        KeyError: an entry is missing.
        re.error: an expression cannot be read.
    """
    written = yaml.safe_load(_FILE.read_text("utf-8"))
    patterns = ("forwarded_line", "earlier_line", "attribution_start", "attribution_end", "device", "notice", "closing")
    return Phrases(
        stub=_any(written["stub"]),
        forward_line=written["forward_line"],
        forward_headers=written["forward_headers"],
        header_from=frozenset(written["header_from"]),
        header_other=frozenset(written["header_other"]),
        pointing=_any(written["pointing"]),
        thanks=frozenset(written["thanks"]),
        courtesy=frozenset(written["courtesy"].split()),
        **{name: _any(written[name]) for name in patterns},
    )


def _any(expressions: Iterable[str]) -> re.Pattern[str]:
    return compile_pattern("|".join(f"(?:{expression})" for expression in expressions), re.IGNORECASE)


def thanks_only(text: str) -> bool:
    """Return whether `text` holds thanks and courtesy, and nothing to answer; a name may sign it."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or "?" in text or len(text) > 600:
        return False
    known = phrases().thanks | phrases().courtesy
    signed = len(lines) > 1 and len(lines[-1].split()) <= 3 and not phrases().thanks & set(fold(lines[-1]).split())
    words = fold("\n".join(lines[:-1] if signed else lines)).split()
    return bool(phrases().thanks & set(words)) and known.issuperset(words)
