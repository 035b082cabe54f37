"""`python -m knowledge finess`: load the national directory of establishments, and look into it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.base.store import Store
from knowledge.clock import clock_from_env
from knowledge.errors import KnowledgeError
from knowledge.finess.directory import Directory, clear_winner
from knowledge.finess.loader import Establishment, read_directory
from knowledge.finess.numbers import Remark, check_finess

_EVERY = 20_000  # lines between two words of progress
_KINDS = {"legal": "entité juridique", "geographic": "entité géographique (établissement)"}
_REMARKS = {
    Remark.CHECK_DIGIT: "La clé de contrôle ne correspond pas : vérifiez la saisie.",
    Remark.FORM: "Un numéro FINESS compte neuf caractères, chiffres ou lettres.",
}


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser: argparse.ArgumentParser = commands.add_parser("finess", help="répertoire national des établissements")
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    loading = actions.add_parser(
        "load", help="remplace le répertoire par celui d'un fichier ouvert (CSV « etalab-cs1100502 » ou flux JSON)"
    )
    loading.add_argument("file", type=Path, help="fichier .csv ou .json, tel quel ou dans une archive .gz ou .zip")
    show = actions.add_parser("show", help="montre ce que le répertoire dit d'un numéro")
    show.add_argument("number", help="numéro FINESS, neuf caractères")
    find = actions.add_parser("find", help="cherche un établissement par son nom")
    find.add_argument("name", help="nom, même approché")
    find.add_argument("--town", help="commune")
    find.add_argument("--department", help="code du département (76, 2A, 974…)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, store: Store) -> None:
    """Run one of the commands."""
    store.migrate()
    directory = Directory(store)
    if arguments.action == "load":
        lines = _with_progress(read_directory(arguments.file))
        count = directory.load(lines, arguments.file.name, clock_from_env().now())
        print(f"{count} ligne(s) chargée(s) depuis {arguments.file.name}")
        return
    loaded = directory.loaded()
    if loaded is None:
        raise KnowledgeError("aucun répertoire n'est chargé ; lancez « python -m knowledge finess load FICHIER »")
    print(f"Répertoire : {loaded.file}, {loaded.count} lignes, chargé le {loaded.loaded_at:%d/%m/%Y}")
    if arguments.action == "show":
        _show(directory, arguments.number)
    else:
        _find(directory, arguments)


def _show(directory: Directory, number: str) -> None:
    remark = check_finess(number)
    if remark in _REMARKS:
        print(_REMARKS[remark])
    known, kind = directory.by_number(number), directory.kind_of(number)
    if known:
        print(_line(known))
    elif kind:
        print(f"{number} : {_KINDS[kind.value]}, citée par ses établissements")
    else:
        print(f"{number} : inconnu du répertoire")


def _find(directory: Directory, arguments: argparse.Namespace) -> None:
    found = directory.find(arguments.name, town=arguments.town, department=arguments.department)
    for item in found:
        print(f"{item.score:3.0f} %  {_line(item.establishment)}")
    if not found:
        print("Aucun établissement de ce nom ; précisez la commune ou le département, ou vérifiez l'orthographe.")
    elif clear_winner(found) is None:
        print("Plusieurs sont possibles : choisissez d'après le numéro de votre arrêté d'autorisation.")


def _line(item: Establishment) -> str:
    where = f"{item.postal_code} {item.town} ({item.department})"
    return f"{item.number}  {item.name}, {where} – {_KINDS[item.kind.value]}" + (
        f", {item.category}" if item.category else ""
    )


def _with_progress(lines: Iterable[Establishment]) -> Iterator[Establishment]:
    for count, line in enumerate(lines, 1):
        if count % _EVERY == 0:
            print(f"{count} lignes lues…", file=sys.stderr)
        yield line
