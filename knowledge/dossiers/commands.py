"""`python -m knowledge dossiers`: the agency's list and table of dossiers."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.base.catalogue import Catalogue
from knowledge.base.store import Store
from knowledge.dossiers.consent import consent_from_env
from knowledge.dossiers.dossier import Dossiers
from knowledge.dossiers.export import to_csv, to_xlsx
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.profile import Kinds
from knowledge.errors import KnowledgeError, NotACall, UnknownRecord

_FORMATS = {".csv": to_csv, ".xlsx": to_xlsx}


def add_to(commands: Any) -> None:
    """Declare the commands."""
    parser: argparse.ArgumentParser = commands.add_parser("dossiers", help="dossiers de pré-qualification")
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    listing = actions.add_parser("list", help="liste les dossiers, sans donnée personnelle")
    export = actions.add_parser("export", help="écrit un tableau des dossiers (données personnelles : à protéger)")
    export.add_argument("file", type=Path, help="fichier .csv ou .xlsx")
    export.add_argument("--force", action="store_true", help="remplacer le fichier s'il existe")
    for command in (listing, export):
        command.add_argument("--call", metavar="ID", help="ceux d'un seul appel")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, store: Store) -> None:
    """Run one of the commands."""
    found = Dossiers(store, consent_from_env().kept_for).every(arguments.call)
    if arguments.action == "list":
        for item in found:
            print(f"{item.reference}\t{item.record_id}\t{item.created_at:%Y-%m-%d}\t{item.updated_at:%Y-%m-%d}")
        print(f"{len(found)} dossier(s)")
        return
    write = _FORMATS.get(arguments.file.suffix.lower())
    if write is None:
        raise KnowledgeError(f"{arguments.file} : un nom en .csv ou en .xlsx est attendu")
    data = write(found, judge_finder(store))
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if arguments.force else os.O_EXCL)
    try:
        # Readable by its owner only: it holds personal data.
        with os.fdopen(os.open(arguments.file, flags, 0o600), "wb") as stream:
            stream.write(data)
    except FileExistsError:
        raise KnowledgeError(f"{arguments.file} existe déjà ; --force le remplace") from None
    except OSError as error:
        raise KnowledgeError(f"{arguments.file} : écriture impossible ({type(error).__name__})") from error
    print(f"{len(found)} dossier(s) dans {arguments.file}")


def judge_finder(store: Store) -> Callable[[str], Judge | None]:
    """Return a function that gives the judge of a call, None for one that is no longer published."""
    base = Catalogue(store).snapshot()

    def find(record_id: str) -> Judge | None:
        try:
            return Judge.of(base.get(record_id), Kinds(base.establishments))
        except (UnknownRecord, NotACall):
            return None

    return find
