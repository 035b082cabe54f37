"""Understanding what a message wants of a dossier (hearing.yml)."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("hearing.yml")
_QUESTION, _ONESELF = "question", "oneself"


class Wish(str, Enum):
    """What can be done with a dossier."""

    SAVE = "save"
    RESUME = "resume"
    SHOW = "show"
    CORRECT = "correct"
    ERASE = "erase"
    EXPORT = "export"
    NEW_CODE = "new_code"


_WISHES = {wish.value for wish in Wish}


def wish_of(text: str) -> Wish | None:
    """Return what a message wants of a dossier; None when its words do not tell."""
    folded = fold(text)
    return next(
        (Wish(name) for name, pattern in _patterns().items() if name in _WISHES and pattern.search(folded)), None
    )


def is_question(text: str) -> bool:
    """Return whether a message asks something back instead of answering."""
    return "?" in text or bool(_patterns()[_QUESTION].search(fold(text)))


def speaks_of_oneself(text: str) -> bool:
    """Return whether a message speaks of the person who writes."""
    return bool(_patterns()[_ONESELF].search(fold(text)))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    written: dict[str, list[str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: compile_pattern(rf"(?<!\w)(?:{'|'.join(patterns)})") for name, patterns in written.items()}
