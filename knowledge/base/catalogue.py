"""The knowledge base as the assistant reads it: light summaries in memory, records on demand.

Readers ask for the base as it is now once per message: the store's revision tells whether it moved, so
that a publication changes the answers at once, and one message is answered from one revision throughout.
What a summary holds is what is needed to recognise a record, choose it and tell its situation.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from knowledge.base.glossary import EstablishmentKind, Term, establishment_from, term_from
from knowledge.base.passages.kept import passage_versions, read_passages
from knowledge.base.passages.search import PassageIndex
from knowledge.base.reading import record_from
from knowledge.base.records import Kind, Record
from knowledge.base.situation import Timing
from knowledge.base.store import Store

_CACHED_RECORDS = 256


@dataclass(frozen=True, eq=False)
class Summary:
    """What is known of a record without reading it whole."""

    id: str
    kind: Kind
    version: int
    title: str
    short_title: str
    timing: Timing
    aliases: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    programme: str | None = None
    years: tuple[int, ...] = ()
    national: bool = False
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    establishment_kinds: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()
    last_year: int = 0
    """The latest year by which the record is named (0: none)."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole base at one revision; immutable, so that readers never see half a reload.

    `summaries` stand in the order of lists: calls first, then the newest.
    """

    revision: int
    summaries: dict[str, Summary]
    terms: dict[str, Term]
    establishments: dict[str, EstablishmentKind]
    read: Callable[[str, int], Record] = field(repr=False)
    passage_versions: dict[str, int] = field(default_factory=dict)
    read_passages: Callable[[str, int], PassageIndex] = field(
        default=lambda record_id, version: PassageIndex(()), repr=False
    )

    def get(self, record_id: str) -> Record:
        """Return a whole record.

        Raises:
            UnknownRecord: no such id.
            StoreUnavailable: the database does not answer.
        """
        summary = self.summaries.get(record_id)
        return self.read(record_id, summary.version if summary else 0)

    def passages(self, record_id: str) -> PassageIndex | None:
        """Return the passages of a record's document, None when it came without.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        version = self.passage_versions.get(record_id)
        return self.read_passages(record_id, version) if version else None

    @cached_property
    def by_region(self) -> dict[str, tuple[str, ...]]:
        """Ids of the records of each region (by code)."""
        return self._grouped(lambda summary: summary.regions)

    @cached_property
    def by_year(self) -> dict[int, tuple[str, ...]]:
        """Ids of the records of each year."""
        return self._grouped(lambda summary: summary.years)

    @cached_property
    def by_programme(self) -> dict[str, tuple[str, ...]]:
        """Ids of the records of each programme, the last edition first."""
        return self._grouped(lambda summary: (summary.programme,) if summary.programme else ())

    @cached_property
    def by_mark(self) -> dict[str, tuple[str, ...]]:
        """Ids of the records that bear each figure (knowledge.base.marks)."""
        return self._grouped(lambda summary: summary.marks)

    @cached_property
    def national(self) -> tuple[str, ...]:
        """Ids of the records that hold everywhere."""
        return tuple(item.id for item in self.summaries.values() if item.national)

    @cached_property
    def not_calls(self) -> tuple[str, ...]:
        """Ids of the resources and events."""
        return tuple(item.id for item in self.summaries.values() if item.kind is not Kind.CALL)

    @cached_property
    def current_calls(self) -> tuple[Summary, ...]:
        """The calls, only the last edition of each programme."""
        last = {ids[0] for ids in self.by_programme.values()}
        return tuple(
            item
            for item in self.summaries.values()
            if item.kind is Kind.CALL and (item.programme is None or item.id in last)
        )

    def in_order(self, ids: Collection[str]) -> list[str]:
        """Return `ids` in the order of lists."""
        return sorted(ids, key=self._places.__getitem__)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {record_id: place for place, record_id in enumerate(self.summaries)}

    def still_open(self, ids: Collection[str], now: datetime) -> list[str]:
        """Return those of `ids`, in the order of lists, that may be applied to at `now`."""
        found = {item.id for item in self._without_end if item.timing.status(now).is_open}
        for item in self._by_end:
            if item.timing.last_end is None or item.timing.last_end <= now:
                break
            if item.timing.status(now).is_open:
                found.add(item.id)
        return [record_id for record_id in ids if record_id in found]

    @cached_property
    def _by_end(self) -> list[Summary]:
        """Summaries with a deadline, the latest first."""
        ending = [(item.timing.last_end, item) for item in self.summaries.values() if item.timing.last_end]
        return [item for _, item in sorted(ending, key=lambda pair: pair[0], reverse=True)]

    @cached_property
    def _without_end(self) -> list[Summary]:
        return [item for item in self.summaries.values() if item.timing.permanent]

    def _grouped(self, keys: Callable[[Summary], Iterable[Any]]) -> dict[Any, tuple[str, ...]]:
        groups: dict[Any, list[str]] = {}
        for summary in self.summaries.values():
            for key in keys(summary):
                groups.setdefault(key, []).append(summary.id)
        return {key: tuple(ids) for key, ids in groups.items()}


class Catalogue:
    """Read access to the base for one process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()
        # By version, so that a new revision keeps what did not change.
        self._read = lru_cache(maxsize=_CACHED_RECORDS)(self._read_record)
        self._read_passages = lru_cache(maxsize=_CACHED_RECORDS)(self._index_passages)

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
                self._snapshot = self._load(revision)
            return self._snapshot

    def _read_record(self, record_id: str, version: int) -> Record:
        return record_from(record_id, self.store.content(record_id, version))

    def _index_passages(self, record_id: str, _version: int) -> PassageIndex:
        return PassageIndex(read_passages(self.store, record_id))

    def _load(self, revision: int) -> Snapshot:
        summaries, terms, establishments = [], {}, {}
        for record_id, kind, version, data in self.store.summaries():
            if kind == "term":
                key = record_id.removeprefix("term:")
                terms[key] = term_from(key, data)
            elif kind == "establishment":
                key = record_id.removeprefix("establishment:")
                establishments[key] = establishment_from(key, data)
            else:
                summaries.append(_summary(record_id, kind, version, data))
        summaries.sort(key=lambda item: (item.kind is not Kind.CALL, -item.last_year, item.id))
        return Snapshot(
            revision,
            {item.id: item for item in summaries},
            terms,
            establishments,
            self._read,
            passage_versions(self.store),
            self._read_passages,
        )


def open_catalogue(url: str | None = None) -> Catalogue:
    """Return a catalogue on the database of `url` (default: the setting DATABASE_URL)."""
    return Catalogue(Store(url))


def _summary(record_id: str, kind: str, version: int, data: dict[str, Any]) -> Summary:
    years = tuple(data.get("years", ()))
    return Summary(
        id=record_id,
        kind=Kind(kind),
        version=version,
        title=data["title"],
        short_title=data["short_title"],
        timing=Timing.from_dict(data["timing"]),
        aliases=tuple(data.get("aliases", ())),
        procedures=tuple(data.get("procedures", ())),
        programme=data.get("programme"),
        years=years,
        national=bool(data.get("national")),
        regions=tuple(data.get("regions", ())),
        departments=tuple(data.get("departments", ())),
        establishment_kinds=tuple(data.get("establishment_kinds", ())),
        topics=frozenset(data.get("topics", ())),
        marks=tuple(data.get("marks", ())),
        last_year=max(years, default=0),
    )
