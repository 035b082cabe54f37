"""Reading the open-data files of the FINESS directory, whole or not at all.

Two formats, both public and both established on published extracts and on the publisher's own schema:

- the « ; » file of establishments (`etalab-cs1100502-stock-….csv`): a first line `finess;etalab;…`, then lines
  `structureet;number;legal number;short name;long name;…`, 32 columns, Latin-1 or UTF-8;
- the JSON flow of structures (`schema-structures-v1`): `pmej` (legal entities), each with its `ege` (establishments).

Only what is open is read. The « ; » file of legal entities is not: its columns could not be checked.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import UnreadableDirectory
from knowledge.finess.numbers import FinessKind
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_NUMBER = compile_pattern(r"[0-9A-Z]{9}")
_COLUMNS = 32
_OVERSEAS = {
    "9A": "971",
    "9B": "972",
    "9C": "973",
    "9D": "974",
    "9E": "975",
    "9F": "976",
    "9J": "986",
    "9K": "987",
    "9L": "988",
}
_SMALL = {"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "a", "aux", "lès"}
_CEDEX = compile_pattern(r"\s+CEDEX(\s+\d+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Establishment:
    """A line of the directory.

    Attributes:
        number: FINESS, nine characters.
        kind: legal or geographic.
        name: the long name when there is one, as written.
        other_name: the short name.
        town: as people write it; `place` is the same, folded, to be compared.
        department: INSEE code.
        category: label or code, as the file gives it.
        legal_number: that of the body that runs it; its own for a legal entity.
    """

    number: str
    kind: FinessKind
    name: str
    other_name: str
    town: str
    place: str
    postal_code: str
    department: str
    category: str
    legal_number: str
    siret: str


def read_directory(file: Path) -> Iterator[Establishment]:
    """Yield the establishments of a file (.csv, .json, either in .gz or .zip).

    Raises:
        UnreadableDirectory: the file cannot be read, or is none of the two formats; `line` says where.
    """
    text = _text(file)
    found = _json(file, text) if text.lstrip().startswith(("{", "[")) else _csv(file, text)
    empty = True
    for item in found:
        empty = False
        yield item
    if empty:
        raise UnreadableDirectory(file, 1, "aucun établissement ouvert dans ce fichier")


def place_of(town: str) -> str:
    """Return the name of a town as it is compared: « ST DENIS », « Saint-Denis » and « saint denis » are one."""
    words = fold(town).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
        elif file.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [name for name in archive.namelist() if not name.endswith("/")]
                if len(names) != 1:
                    raise UnreadableDirectory(file, 0, f"l'archive contient {len(names)} fichiers, un seul est attendu")
                data = archive.read(names[0])
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableDirectory(file, 0, f"lecture impossible ({type(error).__name__})") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _csv(file: Path, text: str) -> Iterator[Establishment]:
    lines = io.StringIO(text, newline="")
    if not text.startswith("finess;"):
        raise UnreadableDirectory(file, 1, "ni un fichier « finess;etalab;… », ni un flux JSON de structures")
    reader = csv.reader(lines, delimiter=";")
    known: set[str] = set()
    try:
        for row in reader:
            if row[:1] == ["structureet"]:
                item = _from_row(file, reader.line_num, row)
                if item.number in known:
                    raise UnreadableDirectory(file, reader.line_num, f"le numéro {item.number} y est deux fois")
                known.add(item.number)
                yield item
    except csv.Error as error:
        raise UnreadableDirectory(file, reader.line_num, "ligne mal formée") from error


def _from_row(file: Path, line: int, row: Sequence[str]) -> Establishment:
    # A last empty column is written by some extracts and not by others.
    if len(row) not in {_COLUMNS - 1, _COLUMNS, _COLUMNS + 1}:
        raise UnreadableDirectory(file, line, f"{len(row)} colonnes, {_COLUMNS} sont attendues")
    number, legal = row[1].strip().zfill(9), row[2].strip().zfill(9)
    if not _NUMBER.fullmatch(number):
        raise UnreadableDirectory(file, line, f"« {row[1][:20]} » n'est pas un numéro FINESS")
    postal_code, _, town = row[15].strip().partition(" ")
    department = row[13].strip().zfill(2)
    return Establishment(
        number,
        FinessKind.GEOGRAPHIC,
        row[4].strip() or row[3].strip(),
        row[3].strip(),
        _town(town),
        place_of(_CEDEX.sub("", town)),
        postal_code,
        _OVERSEAS.get(department, department),
        row[19].strip(),
        legal,
        row[22].strip(),
    )


def _json(file: Path, text: str) -> Iterator[Establishment]:
    try:
        content = json.loads(text.lstrip("\ufeff"))
    except ValueError as error:
        raise UnreadableDirectory(file, getattr(error, "lineno", 1), "JSON mal formé") from error
    if not isinstance(content, dict) or not isinstance(content.get("pmej"), list):
        raise UnreadableDirectory(file, 1, "ce JSON n'est pas le flux des structures : la liste « pmej » manque")
    for place, body in enumerate(content["pmej"]):
        try:
            yield from _from_body(body)
        except (KeyError, TypeError, AttributeError) as error:
            raise UnreadableDirectory(
                file, 0, f"élément {place + 1} de « pmej » : {error} manque ou n'a pas la forme attendue"
            ) from error


def _from_body(body: Mapping[str, Any]) -> Iterator[Establishment]:
    general = body["informationsGeneralesPMEJ"]
    legal = general["numFinessPm"]
    if body["etatObjet"] == "A":
        name, short = general["denominationLonguePmSmsse"], general["denominationPm"]
        yield _structure(legal, FinessKind.LEGAL, name, short, body, "", legal, general.get("siren", ""))
    for unit in body.get("ege", ()):
        if unit["etatObjet"] == "A":
            own = unit["informationsGeneralesEGE"]
            category = unit.get("categorieentiteGeographiqueExercice", "")
            number, name, short = own["numFinessEge"], own["nomEgeLong"], own["nomEgeCourt"]
            yield _structure(number, FinessKind.GEOGRAPHIC, name, short, unit, category, legal, own.get("siret", ""))


def _structure(
    number: str,
    kind: FinessKind,
    name: str,
    short: str,
    place: Mapping[str, Any],
    category: str,
    legal: str,
    siret: str,
) -> Establishment:
    address: Mapping[str, Any] = next(iter(place.get("adresse") or ()), {})
    town, commune = address.get("ligneAcheminement", ""), address.get("cogCommune", "")
    department = commune[:3] if commune[:2] in {"97", "98"} else commune[:2]
    postal_code = address.get("codePostal", "")
    names = name.strip() or short.strip(), short.strip()
    compared = place_of(_CEDEX.sub("", town))
    return Establishment(number, kind, *names, _town(town), compared, postal_code, department, category, legal, siret)


def _town(text: str) -> str:
    """Return « SAINT DENIS CEDEX » as « Saint-Denis »."""
    words = [{"ST": "SAINT", "STE": "SAINTE"}.get(word, word) for word in _CEDEX.sub("", text).upper().split()]
    shown = [
        word.lower() if place and word.lower() in _SMALL else word.capitalize() for place, word in enumerate(words)
    ]
    return "-".join(shown) if len(shown) > 1 and shown[0] not in {"Le", "La", "Les"} else " ".join(shown)
