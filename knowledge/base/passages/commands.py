"""Command line of passages: `python -m knowledge passages --help`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from knowledge.base.passages.document import read_document
from knowledge.base.passages.kept import forget_passages, keep_passages
from knowledge.base.store import Store
from knowledge.clock import clock_from_env
from knowledge.errors import KnowledgeError

_LARGEST = 5_000_000  # bytes: a specification of a thousand pages
_SHOWN = 60  # characters of a passage in the listing


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "passages", help="donne à une fiche publiée le texte de son document, découpé en passages, ou l'efface"
    )
    parser.add_argument(
        "file", nargs="?", type=Path, help="document en texte brut (.txt) ou en Markdown (.md), en UTF-8"
    )
    parser.add_argument("--record", required=True, metavar="ID", help="identifiant de la fiche")
    parser.add_argument("--list", action="store_true", help="montre le découpage, sans rien enregistrer")
    parser.add_argument("--forget", action="store_true", help="efface les passages de la fiche")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, store: Store) -> None:
    """Keep, show or erase the passages of a record.

    Raises:
        KnowledgeError: no file, or one that cannot be read; no such record.
    """
    if arguments.forget:
        gone = forget_passages(store, arguments.record)
        print(
            f"Passages de « {arguments.record} » effacés." if gone else f"« {arguments.record} » n'a pas de passages."
        )
        return
    passages = read_document(_text(arguments.file))
    if arguments.list:
        for number, item in enumerate(passages, 1):
            print(f"{number}\t{item.section or '–'}\t{item.text[:_SHOWN]}")
        return
    if not passages:
        raise KnowledgeError(f"{arguments.file} ne contient aucun texte")
    number = keep_passages(store, arguments.record, passages, arguments.file.name, clock_from_env().now())
    print(
        f"{len(passages)} passage(s) pour « {arguments.record} », version {number} : les réponses s'en servent dès maintenant."
    )


def _text(file: Path | None) -> str:
    if file is None:
        raise KnowledgeError("indiquez le fichier du document, ou --forget")
    if file.suffix.lower() not in {".txt", ".md"}:
        raise KnowledgeError(f"{file.name} : un fichier .txt ou .md est attendu")
    try:
        if file.stat().st_size > _LARGEST:
            raise KnowledgeError(f"{file.name} dépasse {_LARGEST // 1_000_000} Mo")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise KnowledgeError(f"{file.name} n'est pas en UTF-8 : enregistrez-le ainsi, puis recommencez") from None
    except OSError as error:
        raise KnowledgeError(f"{file} ne peut pas être lu ({error.strerror})") from None
