"""Regions, départements and their time zones (INSEE's Code officiel géographique, see ``README.md``)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.errors import KnowledgeError

FOLDER = Path(__file__).parent


class UnknownTerritory(KnowledgeError, LookupError):
    """No region, or no département, has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Region:
    """A region, or an overseas collectivity, which has no region.

    Attributes:
        code: INSEE code ("28"; a collectivity's is that of its only département, "978").
        name: official name, with its article when it has one ("La Réunion").
        time_zone: IANA name ("Indian/Reunion").
    """

    code: str
    name: str
    time_zone: str


@dataclass(frozen=True)
class Department:
    """A département, or an overseas collectivity.

    Attributes:
        code: INSEE code, two or three characters ("76", "2A", "974").
        name: official name.
        region_code: code of its region.
        time_zone: IANA name.
        prefecture: name of its chief town.
    """

    code: str
    name: str
    region_code: str
    time_zone: str
    prefecture: str


def regions() -> tuple[Region, ...]:
    """Return the 18 regions, overseas ones included, by code."""
    return tuple(found for found, kind in _regions().values() if kind == "region")


def collectivities() -> tuple[Region, ...]:
    """Return the inhabited overseas collectivities (Saint-Martin, Nouvelle-Calédonie…), by code."""
    return tuple(found for found, kind in _regions().values() if kind == "collectivity")


def departments() -> tuple[Department, ...]:
    """Return the 101 départements, by code; collectivities are found by ``department`` only."""
    own = {found.code for found in regions()}
    return tuple(found for found in _departments().values() if found.region_code in own)


def region(code: str) -> Region:
    """Return a region or a collectivity.

    Args:
        code: INSEE code, as text ("04", not 4).

    Raises:
        UnknownTerritory: no region has this code.
    """
    try:
        return _regions()[code][0]
    except KeyError:
        raise UnknownTerritory(code) from None


def department(code: str) -> Department:
    """Return a département or a collectivity; letters may be lower-case ("2a").

    Raises:
        UnknownTerritory: no département has this code.
    """
    try:
        return _departments()[code.upper()]
    except KeyError:
        raise UnknownTerritory(code) from None


def departments_of(region_code: str) -> tuple[Department, ...]:
    """Return the départements of a region, by code.

    Raises:
        UnknownTerritory: no region has this code.
    """
    region(region_code)
    return tuple(found for found in _departments().values() if found.region_code == region_code)


def region_of(department_code: str) -> Region:
    """Return the region of a département.

    Raises:
        UnknownTerritory: no département has this code.
    """
    return region(department(department_code).region_code)


@cache
def _regions() -> dict[str, tuple[Region, str]]:
    return {
        row["code"]: (Region(row["code"], row["name"], row["time_zone"]), row["kind"])
        for row in read_rows("regions.csv")
    }


@cache
def _departments() -> dict[str, Department]:
    return {
        row["code"]: Department(row["code"], row["name"], row["region"], row["time_zone"], row["prefecture"])
        for row in read_rows("departments.csv")
    }


def read_rows(file_name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of this folder, as dictionaries of text."""
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
