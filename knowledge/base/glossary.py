"""Terms and kinds of establishment: what they are called and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """A term or acronym explained in our own words.

    `origin` is "general" (general knowledge) or the ids of the records whose documents define it;
    `section` is the part of that document.
    """

    id: str
    term: str
    long: str | None
    definition: str
    aliases: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    section: str | None = None
    see_also: tuple[str, ...] = ()
    difference: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every way of naming the term."""
        return tuple(name for name in (self.term, self.long, *self.aliases) if name)


@dataclass(frozen=True)
class EstablishmentKind:
    """A kind of establishment; `sector` is medico_social, sanitaire, social or other.

    `covers` holds the sectors that a generic kind stands for (« établissement médico-social »); empty for a precise one.
    """

    id: str
    name: str
    long: str | None
    sector: str
    synonyms: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way of naming the kind."""
        return tuple(name for name in (self.name, self.long, *self.synonyms) if name)


def term_from(term_id: str, data: dict[str, Any]) -> Term:
    """Return the term that an entry of glossary.yml describes."""
    origin = data.get("origin", "general")
    records = () if origin == "general" else tuple([origin] if isinstance(origin, str) else origin)
    source = data.get("source") or {}
    return Term(
        term_id,
        data["term"],
        data.get("long"),
        data["definition"],
        tuple(data.get("aliases", ())),
        records or tuple(filter(None, [source.get("record")])),
        source.get("section"),
        tuple(data.get("see_also", ())),
        data.get("difference"),
    )


def establishment_from(kind_id: str, data: dict[str, Any]) -> EstablishmentKind:
    """Return the kind that an entry of establishments.yml describes."""
    synonyms, covers = tuple(data.get("synonyms", ())), tuple(data.get("covers", ()))
    return EstablishmentKind(kind_id, data["name"], data.get("long"), data["sector"], synonyms, covers)
