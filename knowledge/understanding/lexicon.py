"""Recognising what a message names: records, terms, kinds of establishment, years, procedures, bodies.

The names come from the knowledge base as it is now, so publishing a call makes it recognisable at once.
Phrases are looked up word by word in an index (not scanned), and a word of five letters or more that is
unknown is brought back to a known one when a single slip separates them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from rapidfuzz.distance import OSA

from knowledge.base.catalogue import Snapshot
from knowledge.base.marks import marks_in
from knowledge.french.text import STOP_WORDS, fold
from knowledge.patterns import compile_pattern
from knowledge.places.finding import Place, narrow
from knowledge.understanding.utterance import heard

_YEAR = compile_pattern(r"\b(20[0-4]\d)\b")
_PROCEDURES = (
    ("AMI", compile_pattern(r"\bami\b|\bamis a manifestation|manifestations? d interets?")),
    ("AAC", compile_pattern(r"\baac\b|appels? a candidatures?")),
    ("AAP", compile_pattern(r"\baap\b|appels? a projets?")),
)
_SET_ASIDE = compile_pattern(
    r"\b(?:pas|non pas|plutot que|au lieu de|et non)(?: (?:a|en|au|aux|la|le|les|l|de|du|des|d|dans|pour|celle|celui))*$"
)
_ISSUERS_FILE = Path(__file__).parents[1] / "issuers.yml"
# « l'appel à projets 2024 lancé par la CNSA »: the body stands right after the call; on folded text.
_CALL_OF = (
    r"\b(?:appels?|ami|aac|aap)(?: a (?:projets?|candidatures?|manifestations? d interets?))?"
    r"(?: (?:de|du|d|des|la|le|l|les|par|lance|publie|national|20\d\d))* "
)
_LONGEST = 12  # words of the longest name worth indexing
_MIN_FUZZY = 5


@dataclass(frozen=True)
class Mention:
    """A name found in a message: `kind` is record, term or establishment; `id` is that of the thing."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True)
class Mentions:
    """All that one message (or clause) names."""

    records: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    establishments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    procedures: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    """Bodies of issuers.yml named as those of a call, as that file writes them."""
    places: tuple[Place, ...] = ()
    marks: tuple[str, ...] = ()
    """Figures by which records are known (knowledge.base.marks)."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions that the places surely lie in, in the order of the message.

        A group of regions (« les Antilles ») stands for each of them.
        """
        sure = (place for place in self.places if not self._ambiguous(place))
        return tuple(dict.fromkeys(code for place in sure for code in place.region_codes))

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the départements named, by a town or outright; a region names none of its own."""
        placed = (place for place in self.places if place.kind != "region" and not place.ambiguous)
        return tuple(dict.fromkeys(code for place in placed for code in place.candidates))

    @staticmethod
    def _ambiguous(place: Place) -> bool:
        return place.kind == "town" and len(set(place.region_codes)) > 1

    @property
    def ambiguous_places(self) -> tuple[Place, ...]:
        """Places that several regions could hold."""
        return tuple(place for place in self.places if self._ambiguous(place))


class Lexicon:
    """The index of names of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.marks = frozenset(snapshot.by_mark)
        self._phrases: dict[str, list[tuple[str, str]]] = {}
        self._starts: dict[str, int] = {}
        for summary in snapshot.summaries.values():
            for name in (summary.short_title, summary.title, *summary.aliases):
                self._add(name, "record", summary.id)
        for term in snapshot.terms.values():
            for name in term.names:
                self._add(name, "term", term.id)
        for kind in snapshot.establishments.values():
            for name in kind.names:
                self._add(name, "establishment", kind.id)
        self._words = {word for phrase in self._phrases for word in phrase.split()}
        self._near = _deletions(word for word in self._words if len(word) >= _MIN_FUZZY)

    def _add(self, name: str, kind: str, target: str) -> None:
        words = _singular(fold(name)).split()
        if not words or len(words) > _LONGEST:
            return
        entries = self._phrases.setdefault(" ".join(words), [])
        if (kind, target) not in entries:
            entries.append((kind, target))
        self._starts[words[0]] = max(self._starts.get(words[0], 0), len(words))

    def find(self, text: str) -> list[Mention]:
        """Return the names found in `text`, longest first at each place, in order."""
        words = [self._known(word) for word in _singular(fold(text)).split()]
        found = []
        index = 0
        while index < len(words):
            for length in range(min(self._starts.get(words[index], 0), len(words) - index), 0, -1):
                phrase = " ".join(words[index : index + length])
                if phrase in self._phrases:
                    found += [Mention(kind, target, phrase) for kind, target in self._phrases[phrase]]
                    index += length
                    break
            else:
                index += 1
        return found

    def _known(self, word: str) -> str:
        if len(word) < _MIN_FUZZY or word in self._words or word in STOP_WORDS or word.isdigit():
            return word
        near = {known for variant in _variants(word) for known in self._near.get(variant, ())}
        best = sorted((OSA.distance(word, known), known) for known in near if known[0] == word[0])
        if best and best[0][0] == 1 and (len(best) == 1 or best[1][0] > 1):
            return best[0][1]
        return word


def read_mentions(text: str, lexicon: Lexicon) -> Mentions:
    """Return all that `text` names."""
    found = lexicon.find(text)
    folded = heard(text).folded
    found_places = _wanted(heard(text).written, narrow(heard(text).places))
    marks = marks_in(text, lexicon.marks)
    # « 69 dossiers » is no département; a figure alone may be one.
    counted = [mark for mark in marks if " " in mark]

    def ids(kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.id for mention in found if mention.kind == kind))

    return Mentions(
        records=ids("record"),
        terms=ids("term"),
        establishments=ids("establishment"),
        years=tuple(dict.fromkeys(int(year) for year in _YEAR.findall(folded))),
        procedures=tuple(name for name, pattern in _PROCEDURES if pattern.search(folded)),
        issuers=tuple(name for name, pattern in _issuers() if pattern.search(folded)),
        places=tuple(item for item in found_places if not any(_names_place(mark, [item]) for mark in counted)),
        marks=marks,
    )


def _names_place(mark: str, places: Sequence[Place]) -> bool:
    return any(place.text == mark.split()[0] for place in places)


@lru_cache(maxsize=1)
def _issuers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = yaml.safe_load(_ISSUERS_FILE.read_text("utf-8"))
    return tuple((name, compile_pattern(rf"{_CALL_OF}{re.escape(fold(name))}\b")) for name in names)


def _wanted(text: str, places: list[Place]) -> list[Place]:
    """Leave out the places that are named only to be set aside (« la Normandie, pas La Réunion »)."""
    kept = [place for place in places if not _SET_ASIDE.search(fold(text[: place.start]))]
    return kept or places


def _singular(folded: str) -> str:
    return " ".join(
        word[:-1] if len(word) > 4 and word[-1] in "sx" and word[-2] != "s" else word for word in folded.split()
    )


def _variants(word: str) -> list[str]:
    return [word, *(word[:index] + word[index + 1 :] for index in range(len(word)))]


def _deletions(words: object) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in words:  # type: ignore[attr-defined]
        for variant in _variants(word):
            index.setdefault(variant, []).append(word)
    return index
