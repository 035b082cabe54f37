"""Figures by which a record is known: « 277, c'est quoi ? », « 69 dossiers, combien de financés ? ».

A figure counts with what it counts (« 69 dossiers »), or alone when nothing else is asked; a year, a day or an hour is no mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.base.records import Fact, Record
from knowledge.french.text import content_words, fold, plain_letters, stem
from knowledge.patterns import compile_pattern

_LONGEST = 2_000
_FIGURE = compile_pattern(
    r"(?<![\d,./:-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{2,9})(?![\d,./:-]|[ ]?h\b|[ ]?%)", reads=_LONGEST
)
_NOUN = compile_pattern(r"(?:\s(?:autres?|premiers?|grands?|petits?))?\s([^\W\d_]{4,30})")
# A figure is asked about for itself; or it is that of a département.
_ITSELF = compile_pattern(
    r"\b(?:chiffres?|nombres?|correspond|signifie|veut dire|represente|d ou (?:vient|sort)|c est quoi|sur combien)\b"
)
_LOCATED = compile_pattern(r"\b(?:dans|du|departements?|depts?|dept)(?: le)? \d|\ble \d\d\b")
_YEAR = compile_pattern(r"(?:19|20)\d\d")
_MONTH = compile_pattern(
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|heures?|minutes?|euros?|ans|mois|jours?)"
)


def marks_of(record: Record) -> tuple[str, ...]:
    """Return the marks of a record's facts, for its summary."""
    return tuple(dict.fromkeys(mark for fact in record.facts for mark in marks_of_fact(fact)))


def marks_of_fact(fact: Fact) -> tuple[str, ...]:
    """Return the marks of one fact: each of its figures, and the figure with what it counts."""
    texts = filter(None, (fact.text, fact.short, *(reading.text for reading in fact.readings)))
    return tuple(dict.fromkeys(mark for text in texts for pair in _figures(text) for mark in pair if mark))


def marks_in(question: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the marks of a base that a question bears: a figure with what it counts, or alone when it is all that is asked."""
    found = list(_figures(question))
    folded = fold(question)
    alone = len(content_words(question)) <= len(found) or bool(_ITSELF.search(folded))
    alone = alone and not _LOCATED.search(folded)
    borne = [pair if pair in known else figure if alone and figure in known else None for figure, pair in found]
    return tuple(filter(None, borne))


def _figures(text: str) -> Iterable[tuple[str, str | None]]:
    """Yield each figure, and the figure with what it counts (None when it counts nothing)."""
    plain = plain_letters(text[:_LONGEST])
    for match in _FIGURE.finditer(plain):
        figure = "".join(filter(str.isdigit, match[1]))
        noun = _NOUN.match(plain, match.end())
        if _YEAR.fullmatch(figure) or noun and _MONTH.match(noun[1]):
            continue
        yield figure, f"{figure} {stem(noun[1])}" if noun else None
