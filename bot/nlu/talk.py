"""What is said beside questions on the calls, recognised by its words (talk.yml)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("talk.yml")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    written = yaml.safe_load(_FILE.read_text("utf-8"))
    # A word is looked for from its beginning: « seul » is not in « linceul ».
    return {kind: compile_pattern(rf"(?<!\w)(?:{'|'.join(entries)})") for kind, entries in written.items()}


def speaks_of(kind: str, text: str) -> bool:
    """Return whether `text` says one of the things that talk.yml lists under `kind`.

    Raises:
        KeyError: talk.yml holds no such list.
    """
    return bool(_patterns()[kind].search(fold(text)))
