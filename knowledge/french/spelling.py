"""Hasty spelling made readable: « kel pieces pr lappel » is « quel pieces pour l'appel ».

Only whole words are replaced, from spelling.yml; everything else of the text stays as typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).parents[1] / "spelling.yml"
_TOKEN = compile_pattern(r"[^\W\d_]+")
# No French word starts with « j » and a consonant: « jparlais », « jveux ».
_JE = compile_pattern(r"j(?=[bcdfgklmnpqrstvz]\w)")


@lru_cache(maxsize=1)
def _content() -> tuple[dict[str, str], re.Pattern[str]]:
    content = yaml.safe_load(_FILE.read_text("utf-8"))
    words = "|".join(sorted(content["elided"], key=len, reverse=True))
    return content["written"], compile_pattern(rf"(qu|[dl]|j(?=[aeiou]))((?:{words})(?:e?s|nt)?)")


def _word(match: re.Match[str]) -> str:
    word = match.group()
    # Beside an apostrophe a letter is no abbreviation (« c'est », « l'ARS »); capitals are names (« CB »).
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    if before in {"'", "’", "@", ".", "-"} or after in {"'", "’", "@"} or word.isupper():
        return word
    written, glued = _content()
    folded = fold(word)
    if folded in written:
        return written[folded]
    elided = glued.fullmatch(folded)
    if elided:
        rest = word[len(elided[1]) :]
        return f"{elided[1]}'{written.get(fold(rest), rest)}"
    return _JE.sub("je ", word) if _JE.match(folded) else word


# Room for every way of asking of the base: records share most of them.
@lru_cache(maxsize=16_384)
def respell(text: str) -> str:
    """Return `text` with its abbreviations and glued words written out."""
    return _TOKEN.sub(_word, text)
