"""What a person typed, cleaned without changing its meaning."""

from __future__ import annotations

import unicodedata

from bot.plain_text import BLANK
from bot.web.problems import Problem
from knowledge.patterns import compile_pattern

MAX_LENGTH = 1000  # characters
# Long runs of blanks say nothing, and are what readers are slow on.
_BLANKS = compile_pattern(r"[^\S\n]{3,}", reads=16_384)
_LINES = compile_pattern(r"\n{3,}", reads=16_384)
_NEWLINES = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
# Cc control, Cf zero-width and direction marks, Cs halves of characters that no encoding accepts.
_JOINER, _EMOJI_FORM = "\u200d", "\ufe0f"  # they make one sign of several
_REMOVED = {"Cc", "Cf", "Cs"}


def _is_emoji(sign: str) -> bool:
    return sign == _EMOJI_FORM or unicodedata.category(sign) in {"So", "Sk"}


def clean(text: object) -> str:
    """Return the text in normal form C, without control nor invisible characters, without outer spaces.

    Raises:
        Problem: not a string, empty once cleaned, or over MAX_LENGTH characters.
    """
    if not isinstance(text, str):
        raise Problem("text-not-a-string")
    for mark, plain in _NEWLINES.items():
        text = text.replace(mark, plain)
    kept = "".join(
        sign
        for before, sign in zip(f" {text}", text)
        if sign == "\n" or unicodedata.category(sign) not in _REMOVED or sign == _JOINER and _is_emoji(before)
    )
    cleaned = _LINES.sub("\n\n", _BLANKS.sub(" ", unicodedata.normalize("NFC", kept))).strip()
    if not cleaned.strip(BLANK).strip():
        raise Problem("empty-text")
    if len(cleaned) > MAX_LENGTH:
        raise Problem("text-too-long")
    return cleaned
