"""Figures by which a record is known: « 277, c'est quoi ? », « 69 dossiers, combien de financés ? ».

A figure counts with what it counts (« 69 dossiers »), or alone when nothing else is asked; a year, a day or an hour is no mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.base.records import Record
from knowledge.french.text import content_words, plain_letters, stem
from knowledge.patterns import compile_pattern

_LONGEST = 2_000
_FIGURE = compile_pattern(
    r"(?<![\d,./:-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{2,9})(?![\d,./:-]|[ ]?h\b|[ ]?%)", reads=_LONGEST
)
_NOUN = compile_pattern(r"(?:\s(?:autres?|premiers?|grands?|petits?))?\s([^\W\d_]{4,30})")
_YEAR = compile_pattern(r"(?:19|20)\d\d")
_MONTH = compile_pattern(
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|heures?|minutes?|euros?|ans|mois|jours?)"
)


def marks_of(record: Record) -> tuple[str, ...]:
    """Return the marks of a record's facts, for its summary."""
    found: dict[str, None] = {}
    for fact in record.facts:
        for text in filter(None, (fact.text, fact.short, *(reading.text for reading in fact.readings))):
            found.update(dict.fromkeys(mark for pair in _figures(text) for mark in pair if mark))
    return tuple(found)


def marks_in(question: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the marks of a base that a question bears: a figure with what it counts, or alone when it is all that is asked."""
    found = list(_figures(question))
    alone = len(content_words(question)) <= len(found) + 1
    pairs = [with_noun if with_noun else figure if alone else None for figure, with_noun in found]
    return tuple(mark for mark in pairs if mark and mark in known)


def _figures(text: str) -> Iterable[tuple[str, str | None]]:
    """Yield each figure, and the figure with what it counts (None when it counts nothing)."""
    plain = plain_letters(text[:_LONGEST])
    for match in _FIGURE.finditer(plain):
        figure = "".join(filter(str.isdigit, match[1]))
        noun = _NOUN.match(plain, match.end())
        if _YEAR.fullmatch(figure) or noun and _MONTH.match(noun[1]):
            continue
        yield figure, f"{figure} {stem(noun[1])}" if noun else None
