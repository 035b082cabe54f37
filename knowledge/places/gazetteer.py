"""Index of the names of places: exact by folded words, approximate by first letter and length."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.patterns import compile_pattern
from knowledge.places import codes as territory
from knowledge.places.cues import cues
from knowledge.places.place import Kind
from knowledge.places.text import key_of

SMALL_WORDS = frozenset(["le", "la", "les", "l", "de", "du", "des", "d", "en", "sur", "sous", "aux", "au", "a", "et"])
FUZZY_LENGTH = 7
"""Shortest name, in characters, that a typo may hide."""
FUZZY_POPULATION = 5000
SHORTENED_POPULATION = 1500
"""Inhabitants from which « Trouville » may stand for « Trouville-sur-Mer »."""
_SHORTENED = compile_pattern(r"([a-z]{6,}) (?:sur|sous|en|les) ")
_ARTICLE = compile_pattern(r"(?:le|la|l|les) ")
PLAUSIBLE_POPULATION = 1000
PLAUSIBLE_SHARE = 0.02
"""A namesake counts from this many inhabitants, or this share of the largest one's."""


@dataclass(frozen=True)
class Name:
    """A region, former region, département, or a word made from one.

    Attributes:
        label: name to show.
        kind: "region" or "department".
        departments, regions: INSEE codes.
        guard: key of the guard that decides whether the word is a place, or "".
    """

    label: str
    kind: Kind
    departments: tuple[str, ...]
    regions: tuple[str, ...]
    guard: str


class Home(NamedTuple):
    """One commune: département code, inhabitants, name as written officially."""

    department: str
    inhabitants: int
    label: str


@dataclass(frozen=True)
class Town:
    """The communes that share a folded name, most inhabited first."""

    homes: tuple[Home, ...]

    def label(self, department: str) -> str:
        """Return the official name of the one in this département."""
        return next(home.label for home in self.homes if home.department == department)

    @property
    def population(self) -> int:
        """Inhabitants of the most inhabited one."""
        return self.homes[0].inhabitants

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of all the départements, most inhabited first."""
        return tuple(dict.fromkeys(home.department for home in self.homes))

    def plausible(self, typed: str) -> tuple[str, ...]:
        """Return the département codes worth proposing, most inhabited first.

        Tiny namesakes of a large town are dropped, and those whose accents are not the ones typed (« Vire », « Viré »).
        """
        share = self.population * PLAUSIBLE_SHARE if self.population >= FUZZY_POPULATION else 0
        kept = [home for home in self.homes if home.inhabitants >= min(PLAUSIBLE_POPULATION, share)]
        exact = {home.department for home in kept if _spelling(home.label) == _spelling(typed)}
        codes = dict.fromkeys(home.department for home in kept)
        if exact and (kept[0].department in exact or not typed.isascii()):
            return tuple(code for code in codes if code in exact)
        return tuple(codes)


class Gazetteer:
    """All the names, loaded once by ``gazetteer()``."""

    def __init__(self) -> None:
        self.common = frozenset(
            line
            for line in (territory.FOLDER / "common_words.txt").read_text("utf-8").splitlines()
            if line and not line.startswith("#")
        )
        self.names: dict[str, Name] = {}
        self._approximate: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._load_names()
        self._towns = self._load_towns()
        self.longest: dict[str, int] = {}
        for key in chain(self._towns, self.names):
            head, length = key.split(" ", 1)[0], key.count(" ") + 1
            if length > self.longest.get(head, 0):
                self.longest[head] = length

    def town(self, key: str) -> Town | None:
        """Return the communes of a folded name."""
        return _parsed(self._towns.get(key))

    def ordinary(self, key: str) -> bool:
        """Tell whether a name is also an ordinary word ("sens", "le port")."""
        if key in self.common:
            return True
        full = [word for word in key.split(" ") if word not in SMALL_WORDS]
        return len(full) <= 1 and (not full or full[0] in self.common)

    def nearest(self, key: str) -> str | None:
        """Return the one long name within a small typo of `key` (1 edit, 2 from ten characters), or None."""
        body = _ARTICLE.sub("", key)
        if len(key) < FUZZY_LENGTH - 1 or body in self.common:
            return None
        allowed = 1 if len(body) < 10 else 2
        best: str | None = None
        for length in range(max(FUZZY_LENGTH, len(key) - allowed), len(key) + allowed + 1):
            names = self._approximate.get((key[0], length))
            found = process.extractOne(key, names, scorer=OSA.distance, score_cutoff=allowed) if names else None
            if found and found[1] == 1:
                return str(found[0])
            best = best or (str(found[0]) if found else None)
        return best

    def _load_names(self) -> None:
        inside = {
            found.code: tuple(d.code for d in territory.departments_of(found.code))
            for found in territory.regions() + territory.collectivities()
        }
        for found in territory.regions():
            self._add(_bare(found.name), Name(found.name, "region", inside[found.code], (found.code,), ""), True)
        for place in territory.departments():
            self._add(_bare(place.name), Name(place.name, "department", (place.code,), (place.region_code,), ""), True)
        for row in territory.read_rows("names.csv"):
            variants, codes = row["names"].split("|"), tuple(row["departments"].split())
            regions = tuple(row["regions"].split()) or tuple(
                dict.fromkeys(territory.region_of(code).code for code in codes)
            )
            codes = codes or tuple(chain.from_iterable(inside[code] for code in regions))
            label = _label(row["kind"], regions, codes, inside) or variants[0]
            for variant in variants:
                self._add(
                    key_of(variant),
                    Name(label, "region" if row["kind"] == "region" else "department", codes, regions, row["guard"]),
                    variant is variants[0],
                )

    def _add(self, key: str, name: Name, approximate: bool) -> None:
        guard = name.guard or (key if key in cues().guards else "")
        if key in self.names and not name.guard:
            return
        self.names[key] = Name(name.label, name.kind, name.departments, name.regions, guard)
        if approximate and len(key) >= FUZZY_LENGTH and not guard:
            self._approximate[key[0], len(key)].append(key)

    def _load_towns(self) -> dict[str, str]:
        """Index the communes as ``label,places`` text, parsed on demand to keep loading short and memory low."""
        towns: dict[str, str] = {}
        shortened: list[tuple[str, int, str]] = []
        official = {_bare(found.name) for found in territory.regions()}
        official |= {_bare(found.name) for found in territory.departments()}
        hidden = {f"{article} {name}" for article in ("le", "la", "l", "les") for name in official}
        with gzip.open(territory.FOLDER / "communes.csv.gz", "rt", encoding="utf-8", newline="") as file:
            for label, places in list(csv.reader(file))[1:]:
                key = key_of(label)
                if key in hidden:
                    continue
                towns[key] = f"{towns[key]};{label},{places}" if key in towns else f"{label},{places}"
                inhabitants = int(places.split(" ", 1)[0].partition(":")[2])
                if inhabitants >= FUZZY_POPULATION and len(key) >= FUZZY_LENGTH and not self.ordinary(key):
                    self._approximate[key[0], len(key)].append(key)
                if (
                    inhabitants >= SHORTENED_POPULATION
                    and (short := _SHORTENED.match(key))
                    and short[1] not in self.common
                ):
                    shortened.append((short[1], inhabitants, f"{label},{places}"))
        exact = {key: town.population for key, _, _ in shortened if (town := _parsed(towns.get(key)))}
        for key, inhabitants, entry in shortened:
            if inhabitants > exact.get(key, 0) and key not in self.names:
                towns[key] = f"{towns[key]};{entry}" if key in towns else entry
        for row in territory.read_rows("town_aliases.csv"):
            key = key_of(row["alias"])
            alias = f"{row['name']},{row['places']}"
            towns[key] = f"{alias};{towns[key]}" if key in towns else alias
        return towns


def _parsed(raw: str | None) -> Town | None:
    """Read ``label,dept:inhabitants dept:inhabitants;label,…``."""
    if raw is None:
        return None
    homes = []
    for part in raw.split(";"):
        label, _, places = part.partition(",")
        homes += [
            Home(code, int(count), label) for code, _, count in (place.partition(":") for place in places.split())
        ]
    return Town(tuple(sorted(homes, key=lambda home: -home.inhabitants)))


def _spelling(name: str) -> str:
    """Return a name with its accents, but without case, hyphens and apostrophes."""
    return " ".join(name.casefold().replace("-", " ").replace("’", " ").replace("'", " ").split())


def _bare(name: str) -> str:
    key = key_of(name)
    return key[3:] if key.startswith("la ") else key


def _label(kind: str, regions: tuple[str, ...], codes: tuple[str, ...], inside: dict[str, tuple[str, ...]]) -> str:
    """Return the official name when the entry is exactly one region or one département."""
    if kind == "department" and len(codes) == 1:
        return territory.department(codes[0]).name
    if kind == "region" and len(regions) == 1 and codes == inside[regions[0]]:
        return territory.region(regions[0]).name
    return ""


@cache
def gazetteer() -> Gazetteer:
    """Return the index, loaded at the first call."""
    return Gazetteer()
