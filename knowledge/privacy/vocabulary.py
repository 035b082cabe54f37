"""The words that tell a person in a text (words.yml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("words.yml")
WHOLE = 20_000
"""Characters of the longest text that is masked: what a person wrote in a mail."""


@dataclass(frozen=True)
class Vocabulary:
    """Words and patterns, on text without accents and in small letters."""

    public_domains: frozenset[str]
    cues: dict[str, re.Pattern[str]]
    number_words: frozenset[str]
    not_names: frozenset[str]
    given_names: frozenset[str]
    health: re.Pattern[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the words, read once.

    Raises:
        re.error: an expression of the file is faulty.
    """
    written = yaml.safe_load(_FILE.read_text("utf-8"))
    cues = {name: compile_pattern(rf"\b(?:{words})\b") for name, words in written["cues"].items()}
    health = "".join(written["health"].split(" |")).replace("\n", "")
    return Vocabulary(
        public_domains=frozenset(written["public_domains"]),
        cues=cues,
        number_words=frozenset(written["number_words"].split()),
        not_names=frozenset(written["not_names"].split()),
        given_names=frozenset(written["given_names"].split()),
        health=compile_pattern(rf"\b(?:{health})\b", reads=WHOLE),
    )
