"""Make ``regions.csv``, ``departments.csv`` and ``communes.csv.gz`` from the official division of France.

Usage: ``python -m knowledge.places.build FOLDER_OF_PACKAGE``, the folder being the unpacked npm
package ``@etalab/decoupage-administratif`` (MIT licence, INSEE's Code officiel géographique).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
MAINLAND = "Europe/Paris"
UNINHABITED = frozenset({"984", "989"})
UNKNOWN_POPULATION = 400
"""Inhabitants given to a former commune, whose population the source does not carry."""


def build(package: Path, target: Path = HERE) -> dict[str, int]:
    """Write the three tables.

    Args:
        package: folder of the unpacked npm package (it holds ``data/communes.json``).
        target: folder to write into.

    Returns:
        The number of rows of each file, by file name.

    Raises:
        FileNotFoundError: the folder is not the package.
    """
    source = {
        name: json.loads((package / "data" / f"{name}.json").read_text("utf-8"))
        for name in ("regions", "departements", "communes")
    }
    seats = {c["code"]: c["nom"] for c in source["communes"] if c["type"] == "commune-actuelle"}
    departments = [d for d in source["departements"] if d["code"] not in UNINHABITED]
    zone_of_region = {d["region"]: TIME_ZONES.get(d["code"], MAINLAND) for d in departments}
    regions = [
        [r["code"], r["nom"], zone_of_region[r["code"]], "collectivity" if r["zone"] == "com" else "region"]
        for r in source["regions"]
        if r["code"] not in UNINHABITED
    ]
    rows = [
        [d["code"], d["nom"], d["region"], TIME_ZONES.get(d["code"], MAINLAND), seats[d["chefLieu"]]]
        for d in departments
    ]
    communes = _communes(source["communes"])
    _write(target / "regions.csv", ["code", "name", "time_zone", "kind"], sorted(regions))
    _write(target / "departments.csv", ["code", "name", "region", "time_zone", "prefecture"], sorted(rows))
    _write(target / "communes.csv.gz", ["name", "places"], communes)
    return {"regions.csv": len(regions), "departments.csv": len(rows), "communes.csv.gz": len(communes)}


def _communes(source: list[dict[str, Any]]) -> list[list[str]]:
    """Group communes by name; ``places`` is ``dept:inhabitants`` separated by spaces, most inhabited first."""
    current = {c["code"]: c for c in source if c["type"] == "commune-actuelle"}
    inhabitants: dict[str, dict[str, int]] = defaultdict(dict)
    for commune in source:
        if commune["type"] == "arrondissement-municipal":
            continue
        department = commune.get("departement") or commune.get("collectivite")
        if department is None or department in UNINHABITED:
            continue
        if commune["type"] == "commune-actuelle":
            population = commune.get("population", UNKNOWN_POPULATION)
        elif commune["code"] == commune.get("chefLieu") and commune["chefLieu"] in current:
            population = current[commune["chefLieu"]].get("population", UNKNOWN_POPULATION)
        else:
            population = UNKNOWN_POPULATION
        known = inhabitants[commune["nom"]]
        known[department] = max(population, known.get(department, 0))
    return [
        [name, " ".join(f"{code}:{count}" for code, count in sorted(known.items(), key=lambda e: (-e[1], e[0])))]
        for name, known in sorted(inhabitants.items())
    ]


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a CSV file, compressed without a timestamp when its name ends in .gz (same input, same bytes)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode("utf-8")
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0) if path.suffix == ".gz" else data)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m knowledge.places.build FOLDER_OF_PACKAGE")
    for file_name, count in build(Path(sys.argv[1])).items():
        print(f"{file_name}: {count}")
