"""The words by which texts are searched: stems of those that carry meaning, and the abbreviations that stand for several.

A question says « CVS » where the document says « conseil de la vie sociale », and the other way round: a long form also counts
as its abbreviation. Known are those of the glossary, of the kinds of establishment, of abbreviations.yml, and those that a
document explains itself (« dossier usager informatisé (DUI) »).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import ESTABLISHMENTS, GLOSSARY
from knowledge.french.spelling import respell
from knowledge.french.text import content_words, fold, stem
from knowledge.patterns import compile_pattern

_ABBREVIATIONS = Path(__file__).parents[1] / "abbreviations.yml"
_LONGEST = 8  # letters of an abbreviation
_READ = 100_000  # characters of a document in which explanations are looked for
_EXPLAINED = compile_pattern(r"((?:\b[^\W\d_]{1,24}['’ -]){2,12})\(([^\W\d_]\w{1,7})\)", reads=_READ)
_LINKS = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur"}

Abbreviations = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first word: the words of a long form (folded, singular), and its abbreviation."""


def stems_of(text: str, own: Abbreviations | None = None) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order, then the abbreviations of what it says at length.

    Args:
        own: abbreviations that a document explains.
    """
    written = respell(text)
    words = [_singular(word) for word in fold(written).split()]
    found = [abbreviation for known in (_known(), own) if known for abbreviation in _abbreviated(words, known)]
    return [*(stem(word) for word in content_words(written)), *map(stem, found)]


def explained_in(texts: Iterable[str]) -> Abbreviations:
    """Return the abbreviations that a document explains: the initials of the words before them."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _EXPLAINED.finditer(text[:_READ]):
            long = _initialled(fold(match[1]).split(), fold(match[2])) if match[2].isupper() else None
            if long:
                found[long] = fold(match[2])
    return _by_first_word(found)


def _initialled(words: list[str], abbreviation: str) -> str | None:
    """Return the last words whose initials spell an abbreviation, links left out; None when they do not."""
    for start in range(len(words) - 1, -1, -1):
        initials = "".join(word[0] for word in words[start:] if word not in _LINKS)
        if initials == abbreviation and words[start] not in _LINKS:
            return " ".join(words[start:])
    return None


def _abbreviated(words: list[str], known: Abbreviations) -> list[str]:
    found = []
    for place, word in enumerate(words):
        for long, abbreviation in known.get(word, ()):
            if tuple(words[place : place + len(long)]) == long:
                found.append(abbreviation)
    return found


@lru_cache(maxsize=1)
def _known() -> Abbreviations:
    found = dict[str, str]()
    for entry in _read(GLOSSARY).values():
        _add(found, entry["term"], [entry.get("long"), *entry.get("aliases", ())])
    for entry in _read(ESTABLISHMENTS).values():
        _add(found, entry["name"], [entry.get("long"), *entry.get("synonyms", ())])
    for short, long in _read(_ABBREVIATIONS).items():
        found.setdefault(fold(long), short)
    return _by_first_word(found)


def _add(found: dict[str, str], short: str, longs: list[str | None]) -> None:
    if not short.isupper() or len(short) > _LONGEST:
        return
    for long in longs:
        if long and len(fold(long).split()) > 1:
            found.setdefault(fold(long), fold(short))


def _read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return content


def _by_first_word(found: Mapping[str, str]) -> Abbreviations:
    known: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for long, short in found.items():
        words = tuple(map(_singular, long.split()))
        known.setdefault(words[0], []).append((words, short))
    return {first: tuple(entries) for first, entries in known.items()}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
