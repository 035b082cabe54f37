"""Signs that no text of a person needs: they hide words, turn them round, or cannot be written to a file."""

from __future__ import annotations

import unicodedata

# Controls, halves of characters that no encoding accepts, separators that are line ends elsewhere, places of no sign.
_REFUSED = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LINES = frozenset("\n\r\t")


def is_faulty(sign: str, *, lines: bool) -> bool:
    """Return whether a sign may not stand in a text; `lines`: the text may have several lines."""
    if sign in _LINES:
        return not lines
    return sign in _DIRECTIONS or unicodedata.category(sign) in _REFUSED


def has_faulty(text: str, *, lines: bool) -> bool:
    """Return whether a text holds a sign that it may not; emoji and what joins them may stay."""
    return (
        not text.isascii()
        and any(is_faulty(sign, lines=lines) for sign in text)
        or any(sign < " " and is_faulty(sign, lines=lines) or sign == "\x7f" for sign in text)
    )


def without_faulty(text: str, *, lines: bool) -> str:
    """Return a text without the signs that it may not hold; in a text of one line, a line end is a space."""
    if not has_faulty(text, lines=lines):
        return text
    return "".join(
        " " if sign in _LINES and not lines else sign
        for sign in text
        if sign in _LINES or not is_faulty(sign, lines=lines)
    )
