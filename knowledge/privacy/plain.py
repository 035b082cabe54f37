"""A text as one would type it on the simplest keyboard, each sign knowing where it stood in the original."""

from __future__ import annotations

import unicodedata

_DASHES = frozenset("‐‑‒–—―−﹘﹣－⁃")
_QUOTES = frozenset("’‘ʼ`´＇")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_MOST = 3  # letters that one sign may stand for


class Plain:
    """A copy of a text: compatibility forms opened, dashes, quotes and spaces alike, invisible signs gone.

    Attributes:
        text: the copy.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        letters: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(original):
            for letter in _plain(sign):
                letters.append(letter)
                places.append(place)
        self.text = "".join(letters)
        self._places = places

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the signs from `start` to `end` (excluded) of the copy stand in the original."""
        if start >= end:
            return 0, 0
        return self._places[start], self._places[end - 1] + 1


def _plain(sign: str) -> str:
    if " " <= sign <= "~" or sign == "\n":
        return "'" if sign == "`" else sign
    if sign in _DASHES:
        return "-"
    if sign in _QUOTES:
        return "'"
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in _INVISIBLE:
        return ""
    opened = unicodedata.normalize("NFKC", sign)
    return opened if len(opened) <= _MOST and not opened.isspace() else " " if opened.isspace() else sign
