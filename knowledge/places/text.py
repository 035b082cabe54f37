"""A message cut into words that remember where they stand."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.french.text import fold_character
from knowledge.patterns import compile_pattern

_WORD = compile_pattern(r"(?:[^\W_][\u0300-\u036f]*)+")
_PLAIN = compile_pattern(r"[a-z0-9]+")
_GLUE = compile_pattern(r"[ \t\n\u00a0\u202f'’ʼ`´\-‐‑‒–_]{1,3}\Z")
_HYPHENS = "-‐‑–"
_SENTENCE_END = compile_pattern(r"[.!?…:;\n•«»]")
_LOWER = compile_pattern(r"[a-zà-öø-ÿ]")
_DOTTED = frozenset({"saint", "sainte", "m", "mr", "mme", "mlle", "dr", "pr"})
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class _Folding(dict[int, str]):
    """Table for ``str.translate`` that folds each character once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code))
        return folded


_FOLDING = _Folding()


def key_of(name: str) -> str:
    """Return the folded words of a name, abbreviations opened (« St-Denis » → « saint denis »)."""
    return " ".join(ABBREVIATIONS.get(word, word) for word in _PLAIN.findall(name.translate(_FOLDING)))


class Token(NamedTuple):
    """One word of a message.

    Attributes:
        start, end: position in the message, in characters.
        key: folded form, abbreviations opened.
        capital: starts with a capital letter.
        initial: first word of a sentence.
        glued: nothing but a space, an apostrophe or a hyphen since the word before.
    """

    start: int
    end: int
    key: str
    capital: bool
    initial: bool
    glued: bool


class Message:
    """A text, its words and what can be said of its typing.

    Attributes:
        text: the message as received.
        tokens: its words.
        keys: their folded forms.
        shouting: no lower-case letter anywhere, so that capitals say nothing.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.shouting = _LOWER.search(text) is None
        end = 0
        for match in _WORD.finditer(text):
            word, gap = match.group(), text[end : match.start()]
            folded = word.translate(_FOLDING)
            before = self.tokens[-1].key if self.tokens else ""
            if before == "s" and gap == "/":
                self.tokens[-1] = self.tokens[-1]._replace(key="sur")
            glued = bool(self.tokens) and (
                _GLUE.match(gap) is not None or gap == "/" and before == "s" or gap in (".", ". ") and before in _DOTTED
            )
            initial = not self.tokens or not glued and _SENTENCE_END.search(gap) is not None
            self.tokens.append(
                Token(match.start(), match.end(), ABBREVIATIONS.get(folded, folded), word[0].isupper(), initial, glued)
            )
            end = match.end()
        self.keys = [token.key for token in self.tokens]

    def key(self, index: int) -> str:
        """Return the folded word at an index, or "" outside the message."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def glued(self, index: int) -> bool:
        """Tell whether the word at `index` belongs to the same phrase as the word before it."""
        return 0 < index < len(self.tokens) and self.tokens[index].glued

    def previous(self, index: int) -> str:
        """Return the word before `index` in the same phrase, or ""."""
        return self.keys[index - 1] if self.glued(index) else ""

    def next(self, end: int) -> str:
        """Return the word at `end` (just after a span) in the same phrase, or ""."""
        return self.keys[end] if self.glued(end) else ""

    def compound(self, start: int, end: int) -> bool:
        """Tell whether a hyphen ties the span to the word before or after it (« Marie » in « Marie-Galante »)."""
        first, last = self.span(start, end)
        return start > 0 and self.text[first - 1] in _HYPHENS or end < len(self.tokens) and self.text[last] in _HYPHENS

    def named(self, start: int, end: int) -> bool:
        """Tell whether the words of a span carry a capital that the start of a sentence does not explain."""
        if self.shouting:
            return False
        words = [t for t in self.tokens[start:end] if len(t.key) > 2] or self.tokens[start:end]
        return all(t.capital for t in words) and not (
            words[-1].initial or end - start == 1 and self.tokens[start].initial
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters covered by the words from `start` to `end` (excluded)."""
        return self.tokens[start].start, self.tokens[end - 1].end
