"""What was said, read once: as typed, written out, folded, with the places that it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.french.spelling import respell
from knowledge.french.text import content_words, fold
from knowledge.places.finding import Place, find_places


@dataclass(frozen=True)
class Utterance:
    """A message or a clause of one; what is derived from its words is computed at first use and kept.

    Attributes:
        typed: the words as they came.
    """

    typed: str

    @cached_property
    def written(self) -> str:
        """The words with their abbreviations written out."""
        return respell(self.typed)

    @cached_property
    def folded(self) -> str:
        """The words in lower case, without accents or punctuation."""
        return fold(self.written)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words that carry meaning."""
        return tuple(content_words(self.written))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places named, in order; their spans are those of `written`."""
        return tuple(find_places(self.written))

    @cached_property
    def core(self) -> str:
        """What is asked, without the places for which it is."""
        text = self.written
        for place in reversed(self.places):
            text = text[: place.start] + text[place.end :]
        return text

    @cached_property
    def departments(self) -> frozenset[str]:
        """Codes of the départements named without doubt."""
        return frozenset(code for place in self.places if not place.ambiguous for code in place.candidates)


# A message is cut into clauses, and each is asked of several records: the same words come back.
@lru_cache(maxsize=512)
def heard(text: str) -> Utterance:
    """Return the utterance of a text, made once."""
    return Utterance(text)
