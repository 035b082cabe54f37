"""The directory in the database: loaded in one transaction, searched by number or by name and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from rapidfuzz import fuzz
from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Row

from knowledge.base.store import Store, in_utc
from knowledge.base.tables import finess_directory, finess_establishment
from knowledge.finess.loader import Establishment, place_of
from knowledge.finess.numbers import FinessKind, compact
from knowledge.french.text import content_words

_BATCH = 5000
_MOST_READ = 3000  # lines compared for one search
# Words that many names share: they tell the kind, not which one.
_COMMON = {
    "ehpad",
    "mdr",
    "mr",
    "res",
    "ssr",
    "smr",
    "maison",
    "retraite",
    "residence",
    "foyer",
    "ime",
    "itep",
    "esat",
    "mas",
    "fam",
    "sessad",
    "ssiad",
    "centre",
    "hospitalier",
    "hopital",
    "clinique",
    "service",
    "etablissement",
    "association",
    "ch",
    "chu",
    "institut",
    "medico",
    "educatif",
    "accueil",
    "jour",
    "logement",
    "hebergement",
    "personnes",
    "agees",
}
PLAUSIBLE = 72.0
CLEAR = 88.0
LEAD = 6.0


@dataclass(frozen=True)
class Found:
    """An establishment found by name, and how alike, from 0 to 100."""

    establishment: Establishment
    score: float


@dataclass(frozen=True)
class Loaded:
    """What the database holds: from which file, when, how many lines."""

    file: str
    loaded_at: datetime
    count: int


class Directory:
    """The directory of one database; empty until the operator loads a file, and everything works without it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self, establishments: Iterable[Establishment], file: str, now: datetime) -> int:
        """Replace the directory; return how many lines it has. A faulty file leaves the former directory as it was.

        Raises:
            UnreadableDirectory: what `establishments` raises while it is read.
        """
        lines, count = iter(establishments), 0
        with self._store.connection() as connection:
            connection.execute(delete(finess_establishment))
            while batch := [_row_of(item) for item in islice(lines, _BATCH)]:
                connection.execute(insert(finess_establishment), batch)
                count += len(batch)
            connection.execute(delete(finess_directory))
            values = {"id": 1, "file": file, "loaded_at": in_utc(now), "count": count}
            connection.execute(insert(finess_directory).values(**values))
        return count

    def loaded(self) -> Loaded | None:
        """Return what was loaded, None when nothing was."""
        with self._store.connection() as connection:
            row = connection.execute(select(finess_directory)).one_or_none()
        return Loaded(row.file, in_utc(row.loaded_at), row._mapping["count"]) if row else None

    def by_number(self, number: str) -> Establishment | None:
        """Return the establishment, or the legal entity, that has a number."""
        with self._store.connection() as connection:
            query = select(finess_establishment).where(finess_establishment.c.number == compact(number))
            row = connection.execute(query).one_or_none()
        return _establishment(row) if row else None

    def kind_of(self, number: str) -> FinessKind | None:
        """Return whether a number is a legal entity's or an establishment's; None when the directory does not tell."""
        known = self.by_number(number)
        if known:
            return known.kind
        with self._store.connection() as connection:
            # The file of establishments names legal entities by their number only.
            legal = finess_establishment.c.legal_number == compact(number)
            any_of_it = connection.execute(select(finess_establishment.c.number).where(legal).limit(1)).first()
        return FinessKind.LEGAL if any_of_it else None

    def find(self, name: str, *, town: str | None = None, department: str | None = None, limit: int = 5) -> list[Found]:
        """Return the establishments (not legal entities) whose name is like `name`, the likest first.

        Args:
            name: as people say it; accents, case, typos, the order of words and the kind (« EHPAD ») are forgiven.
            town, department: where; without them the rarest word of the name chooses the lines compared.
            limit: how many at most.
        """
        wanted = _words(name)
        if not wanted:
            return []
        table = finess_establishment
        query = select(table).where(table.c.kind == FinessKind.GEOGRAPHIC.value)
        if town:
            query = query.where(table.c.place == place_of(town))
        if department:
            query = query.where(table.c.department == department)
        with self._store.connection() as connection:
            if not town and not department:
                rarest = min(wanted, key=lambda word: _count(connection, word))
                query = query.where(table.c.words.contains(rarest, autoescape=True))
            rows = connection.execute(query.limit(_MOST_READ)).all()
        scored = [Found(_establishment(row), _score(wanted, row.words.split())) for row in rows]
        likely = [item for item in scored if item.score >= PLAUSIBLE]
        return sorted(likely, key=lambda item: (-item.score, item.establishment.number))[:limit]


def clear_winner(found: list[Found]) -> Establishment | None:
    """Return the one establishment that is meant, None when several may be: nobody guesses a number."""
    if not found or found[0].score < CLEAR:
        return None
    return found[0].establishment if len(found) == 1 or found[0].score - found[1].score >= LEAD else None


def _count(connection: object, word: str) -> int:
    query = select(func.count()).where(finess_establishment.c.words.contains(word, autoescape=True))
    return int(connection.execute(query).scalar_one()) or 10**9  # type: ignore[attr-defined]


def _score(wanted: list[str], known: list[str]) -> float:
    own = [word for word in known if word not in _COMMON] or known
    asked = [word for word in wanted if word not in _COMMON] or wanted
    # All the distinctive words count, on both sides: « Les Tilleuls » is not « Les Tilleuls d'Automne ».
    distinctive = fuzz.token_sort_ratio(" ".join(asked), " ".join(own))
    whole = fuzz.token_set_ratio(" ".join(wanted), " ".join(known))
    return 0.8 * distinctive + 0.2 * whole


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(content_words(text)))


def _row_of(item: Establishment) -> dict[str, str]:
    words = _words(f"{item.name} {item.other_name}" if item.name != item.other_name else item.name)
    return {**asdict(item), "kind": item.kind.value, "words": " ".join(words)}


def _establishment(row: Row) -> Establishment:
    values = {name: row._mapping[name] for name in Establishment.__dataclass_fields__}
    return Establishment(**{**values, "kind": FinessKind(row.kind)})
