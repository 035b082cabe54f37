"""`python -m knowledge documents`: write the documents of a call in a folder, to look at them."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.base.catalogue import Catalogue
from knowledge.base.store import Store
from knowledge.clock import clock_from_env, parse_instant
from knowledge.documents.building import build
from knowledge.documents.choosing import Format, Kind, available
from knowledge.documents.compose import Application
from knowledge.dossiers.content import check_content
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.profile import Kinds
from knowledge.errors import KnowledgeError


def add_to(commands: Any) -> None:
    """Declare the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "documents", help="écrit les documents d'un appel dans un dossier"
    )
    parser.add_argument("id", help="identifiant de l'appel")
    parser.add_argument("folder", type=Path, help="dossier de destination")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="un seul document (défaut : tous)")
    parser.add_argument("--format", choices=[fmt.value for fmt in Format], help="un seul format (défaut : tous)")
    parser.add_argument(
        "--content", type=Path, metavar="FICHIER.json", help="ce que dit l'établissement (défaut : rien)"
    )
    parser.add_argument("--at", metavar="DATE", help="se placer à cette date (AAAA-MM-JJ[THH:MM])")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, store: Store) -> None:
    """Write the files; print the name of each."""
    now = parse_instant(arguments.at) if arguments.at else clock_from_env().now()
    for name, data in _files(arguments, store, now):
        arguments.folder.mkdir(parents=True, exist_ok=True)
        file = arguments.folder / name
        file.write_bytes(data)
        print(file)


def _files(arguments: argparse.Namespace, store: Store, now: datetime) -> list[tuple[str, bytes]]:
    base = Catalogue(store).snapshot()
    judge = Judge.of(base.get(arguments.id), Kinds(base.establishments))
    application = Application(judge, check_content(_content(arguments.content), judge), now)
    wanted = [
        (kind, fmt)
        for kind, formats in available(judge.record).items()
        for fmt in formats
        if arguments.kind in {None, kind.value} and arguments.format in {None, fmt.value}
    ]
    documents = [build(kind, fmt, application) for kind, fmt in wanted]
    return [(document.filename, document.data) for document in documents]


def _content(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{file} : {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{file} : objet JSON attendu")
    return content
