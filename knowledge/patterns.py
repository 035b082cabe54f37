"""Regular expressions, compiled in one place so that each can be timed on hostile text.

A pattern that backtracks without end stops the service for everybody: whoever writes one, in code or in YAML, does it
through `compile_pattern`, and `tests/test_patterns.py` times every one that was compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import AnyStr

DOOR = 1_000
"""Characters of a message: what is longer is refused at the door (`bot/web`) or cut (`bot/mail`)."""


@dataclass(frozen=True)
class Compiled:
    """A pattern and the most characters that it is ever given."""

    pattern: re.Pattern[str] | re.Pattern[bytes]
    reads: int


_compiled: dict[tuple[str | bytes, int], Compiled] = {}


def compile_pattern(expression: AnyStr, flags: int = 0, *, reads: int = DOOR) -> re.Pattern[AnyStr]:
    """Return a compiled regular expression, and remember it for the test that times them all.

    Args:
        expression: as `re.compile` takes it.
        flags: of `re`.
        reads: characters of the longest text that it is given; the caller cuts what is longer.

    Raises:
        re.error: it is not a regular expression.
    """
    pattern = re.compile(expression, flags)
    known = _compiled.get((expression, flags))
    _compiled[expression, flags] = Compiled(pattern, max(reads, known.reads if known else 0))
    return pattern


def all_patterns() -> tuple[Compiled, ...]:
    """Return every pattern compiled so far in this process."""
    return tuple(_compiled.values())
