"""Masking personal data in what people type, before anything keeps it.

What goes is what identifies a person: e-mail, telephone, social security number (NIR), bank account, payment card, the name
that follows a civility or an introduction, and the code that opens a dossier; words on health beside these. It is looked for in a plain
copy of the text (`plain`), so that full-width figures, odd dashes and invisible signs hide nothing. Addresses that
agencies publish are kept: they are what the question is about.
"""

from __future__ import annotations

from knowledge.privacy.codes import code_spans
from knowledge.privacy.identifiers import NIR, identifier_spans
from knowledge.privacy.names import name_spans, without_health
from knowledge.privacy.plain import Plain
from knowledge.privacy.spoken import spoken_spans
from knowledge.privacy.vocabulary import WHOLE

__all__ = ["MASK", "NIR", "mask"]

MASK = "[…]"


def mask(text: str) -> str:
    """Return `text` with personal data replaced by « […] »; of a text over WHOLE characters, the beginning only."""
    text = text[:WHOLE]
    plain = Plain(text)
    spans = [*identifier_spans(plain.text), *code_spans(plain.text), *spoken_spans(plain.text), *name_spans(plain.text)]
    kept, end = [], 0
    for first, last in sorted(plain.original(*span) for span in spans):
        if first >= end:
            kept += [text[end:first], MASK]
        end = max(end, last)
    masked = "".join([*kept, text[end:]])
    return without_health(masked, MASK)
