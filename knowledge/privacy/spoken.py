"""Telephones said in letters: « zéro six douze trente-quatre cinquante-six soixante-dix-huit »."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.privacy.identifiers import Span
from knowledge.privacy.vocabulary import WHOLE, vocabulary

_WORD = compile_pattern(r"[^\W_]+", reads=WHOLE)
_FEWEST = 5  # words of number in a row


def spoken_spans(plain: str) -> Iterator[Span]:
    """Yield where a plain text spells a telephone: words of number, the first of which is zero or « plus »."""
    run: list[Span] = []
    starts = False
    for found in _WORD.finditer(plain):
        word = fold(found.group())
        if (word in vocabulary().number_words or run and word.isdigit() and len(word) < 3) and (
            not run or len(plain[run[-1][1] : found.start()].strip(" ,.-")) == 0
        ):
            starts = starts if run else word in {"zero", "plus"}
            run.append(found.span())
            continue
        if starts and len(run) >= _FEWEST:
            yield run[0][0], run[-1][1]
        run = []
    if starts and len(run) >= _FEWEST:
        yield run[0][0], run[-1][1]
