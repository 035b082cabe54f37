"""Masking personal data in what people type, before anything keeps it.

The patterns are those that identify a person at once: e-mail, telephone, social security number (NIR),
bank account (IBAN), payment card, and the name that follows a civility. Addresses of agencies that the
knowledge base publishes are kept: they are what the question is about.
"""

from __future__ import annotations

import re

MASK = "[…]"
_PATTERNS = (
    re.compile(r"\b[A-Za-z0-9._%+-]+@(?![A-Za-z0-9.-]*\b(?:ars\.sante|aract|anact)\.fr)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    # NIR: sex, year, month, département, commune, order, key; spaces allowed.
    re.compile(r"\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[ABab])\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"),
    re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){4,7}(?:\s?[A-Z0-9]{1,3})?\b"),
    re.compile(r"\b(?:\d[ -]?){15}\d\b"),
    re.compile(r"(?<!\d)(?:\+33|0033|\+262|\+590|0)\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"),
    re.compile(r"(?<=\bM\.\s)[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+)?"),
    re.compile(r"(?<=\b[Mm]me\s)[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+)?"),
    re.compile(r"(?<=\bMonsieur\s)[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+)?"),
    re.compile(r"(?<=\bMadame\s)[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+)?"),
    re.compile(r"(?<=\bje m'appelle\s)[\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+)?", re.IGNORECASE),
)


def mask(text: str) -> str:
    """Return `text` with personal data replaced by « […] »."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text
