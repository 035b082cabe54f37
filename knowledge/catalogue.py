"""The knowledge base as the assistant reads it: light summaries in memory, records on demand.

Readers compare the store's revision before each answer and reload when it moved, so that a publication
changes the answers at once. What a summary holds is what is needed to recognise and choose a record.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from knowledge.glossary import EstablishmentKind, Term, establishment_from, term_from
from knowledge.reading import record_from
from knowledge.records import Kind, Record
from knowledge.store import Store

_CACHED_RECORDS = 256


@dataclass(frozen=True)
class Summary:
    """What is known of a record without reading it whole."""

    id: str
    kind: Kind
    version: int
    title: str
    short_title: str
    aliases: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    programme: str | None = None
    years: tuple[int, ...] = ()
    national: bool = False
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    establishment_kinds: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()

    @property
    def last_year(self) -> int:
        """The latest year by which the record is named (0: none)."""
        return max(self.years, default=0)


@dataclass(frozen=True)
class Snapshot:
    """The whole base at one revision; immutable, so that readers never see half a reload."""

    revision: int
    summaries: dict[str, Summary]
    terms: dict[str, Term]
    establishments: dict[str, EstablishmentKind]
    by_region: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_programme: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Catalogue:
    """Read access to the base for one process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._snapshot: Snapshot | None = None
        self._records: OrderedDict[tuple[str, int], Record] = OrderedDict()
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Return the base as it is now (reloaded only when a publication happened).

        Raises:
            StoreUnavailable: the database does not answer.
        """
        revision = self.store.revision()
        current = self._snapshot
        if current is not None and current.revision == revision:
            return current
        with self._lock:
            if self._snapshot is None or self._snapshot.revision != revision:
                self._snapshot = _read(self.store, revision)
            return self._snapshot

    def version(self, record_id: str) -> int:
        """Return the number of the live version (0: no such record)."""
        summary = self.snapshot().summaries.get(record_id)
        return summary.version if summary else 0

    def get(self, record_id: str) -> Record:
        """Return a whole record.

        Raises:
            UnknownRecord: no such id.
        """
        key = (record_id, self.version(record_id))
        with self._lock:
            if key in self._records:
                self._records.move_to_end(key)
                return self._records[key]
        record = record_from(record_id, self.store.content(record_id))
        with self._lock:
            self._records[key] = record
            while len(self._records) > _CACHED_RECORDS:
                self._records.popitem(last=False)
        return record


def open_catalogue(url: str | None = None) -> Catalogue:
    """Return a catalogue on the database of `url` (default: the setting DATABASE_URL)."""
    return Catalogue(Store(url))


def _summary(record_id: str, kind: str, version: int, data: dict[str, Any]) -> Summary:
    return Summary(
        id=record_id,
        kind=Kind(kind),
        version=version,
        title=data["title"],
        short_title=data["short_title"],
        aliases=tuple(data.get("aliases", ())),
        procedures=tuple(data.get("procedures", ())),
        programme=data.get("programme"),
        years=tuple(data.get("years", ())),
        national=bool(data.get("national")),
        regions=tuple(data.get("regions", ())),
        departments=tuple(data.get("departments", ())),
        establishment_kinds=tuple(data.get("establishment_kinds", ())),
        topics=frozenset(data.get("topics", ())),
    )


def _read(store: Store, revision: int) -> Snapshot:
    summaries, terms, establishments = {}, {}, {}
    by_region: dict[str, list[str]] = {}
    by_programme: dict[str, list[str]] = {}
    for record_id, kind, version, data in store.summaries():
        if kind == "term":
            key = record_id.removeprefix("term:")
            terms[key] = term_from(key, data)
        elif kind == "establishment":
            key = record_id.removeprefix("establishment:")
            establishments[key] = establishment_from(key, data)
        else:
            summary = _summary(record_id, kind, version, data)
            summaries[record_id] = summary
            for code in summary.regions:
                by_region.setdefault(code, []).append(record_id)
            if summary.programme:
                by_programme.setdefault(summary.programme, []).append(record_id)

    def newest_first(ids: list[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda item: (-summaries[item].last_year, item)))

    return Snapshot(
        revision,
        dict(sorted(summaries.items())),
        terms,
        establishments,
        {code: newest_first(ids) for code, ids in by_region.items()},
        {name: newest_first(ids) for name, ids in by_programme.items()},
    )
