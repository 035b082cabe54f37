"""Making what people type safe for XML: control characters, halves of characters and invisible marks are dropped."""

from __future__ import annotations

import unicodedata

_DROPPED = {"Cc", "Cs", "Co", "Cn"}
# Marks of direction turn the reading order of what follows; the rest of Cf (joined emoji, soft hyphens) stays.
_TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Return `text` as a document can hold it; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        sign for sign in lines if sign == "\n" or (unicodedata.category(sign) not in _DROPPED and sign not in _TURNING)
    )
