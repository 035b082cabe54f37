"""Understanding what people say of the items of a checklist (hearing.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.checklist.items import Item, Progress
from knowledge.french.text import content_words, fold
from knowledge.patterns import compile_pattern
from knowledge.understanding.ranking import RecordIndex

_FILE = Path(__file__).with_name("hearing.yml")
# An item is meant from this nearness on.
NEAR = 0.18
# « Pas encore fait » is to do: the words that deny come first.
_ORDER = (Progress.NOT_APPLICABLE, Progress.TO_DO, Progress.UNDER_WAY, Progress.DONE)
_TAKES_CARE = compile_pattern(r"\b(c est|par|confiee? a|(qui )?(s en (occupe|charge)|s occupe de)|a la charge de)\b")
_PRONOUN = compile_pattern(r"(c est|ce n est|c etait|ca|cela)\b")
_JOINT = compile_pattern(r" ?(?:[,;]|\bet\b|\bmais\b) ?")


@dataclass(frozen=True)
class Mark:
    """What was said of an item."""

    item: Item
    progress: Progress | None
    who: str | None


def hear_marks(text: str, items: Sequence[Item], index: RecordIndex) -> list[Mark]:
    """Return what `text` says of `items`; nothing when it says nothing of any.

    Args:
        text: one sentence (« le CSE a donné son avis et la fiche est remplie », « le courrier, c'est la direction »).
        items: those of the checklist.
        index: that of the call's facts, to tell which item is meant.
    """
    pieces = [piece for piece in _JOINT.split(_fold_keeping_commas(text)) if piece]
    # « La fiche est remplie et le courrier est en cours » says two things; « la fiche et le courrier » does not.
    several = len(pieces) > 1 and all(_progress(piece) for piece in pieces)
    if several:
        # « Pas de CSE chez nous, c'est sans objet » speaks of one thing.
        pieces = [piece for piece in pieces if _names_something(piece)]
    found = [_mark(piece, items, index) for piece in (pieces if several else [fold(text)])]
    return [mark for mark in found if mark is not None]


def _fold_keeping_commas(text: str) -> str:
    """Return the folded text with its commas and semicolons."""
    return " , ".join(fold(part) for part in text.replace(";", ",").split(","))


def _progress(folded: str) -> Progress | None:
    return next((item for item in _ORDER if _patterns()[item.value].search(folded)), None)


def _names_something(folded: str) -> bool:
    """Return whether a piece says what is done, beside how far: « c'est sans objet » alone does not."""
    progress = _progress(folded)
    rest = _patterns()[progress.value].sub(" ", folded) if progress else folded
    return not _PRONOUN.match(folded) or bool(content_words(rest))


def _mark(folded: str, items: Sequence[Item], index: RecordIndex) -> Mark | None:
    progress = _progress(folded)
    who, subject = None, folded
    if _TAKES_CARE.search(folded):
        who = next((name for name, pattern in _who().items() if pattern.search(folded)), None)
        if who:
            # Who does it says nothing of what is done.
            subject = _TAKES_CARE.sub(" ", _who()[who].sub(" ", folded))
    if progress is None and who is None:
        return None
    by_fact = {item.id: item for item in items}
    ranked = [entry for entry in index.rank(subject, {}) if entry.fact.id in by_fact and not entry.silent]
    # The words of the item itself count twice: « le courrier » is the letter, not the sending.
    best = max(ranked, key=lambda entry: entry.near + entry.words, default=None)
    return Mark(by_fact[best.fact.id], progress, who) if best and best.near >= NEAR else None


def marked(marks: Mapping[str, Mapping[str, str]], mark: Mark) -> dict[str, dict[str, str]]:
    """Return the marks with one more; what it does not say of the item stays."""
    said = {"progress": mark.progress.value if mark.progress else None, "who": mark.who}
    kept = {**marks.get(mark.item.id, {}), **{name: value for name, value in said.items() if value}}
    return {**{key: dict(value) for key, value in marks.items()}, mark.item.id: kept}


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = {kind: patterns for kind, patterns in _written().items() if kind != "who"}
    return {
        kind: compile_pattern("|".join(f"(?:{pattern})" for pattern in patterns)) for kind, patterns in lists.items()
    }


@lru_cache(maxsize=1)
def _who() -> dict[str, re.Pattern[str]]:
    return {
        name: compile_pattern(rf"\b(?:l[ae]s? |l |une? )?(?:{pattern})\b")
        for name, pattern in _written()["who"].items()
    }
