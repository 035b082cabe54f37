"""Command line of versions: `python -m knowledge history|restore|withdraw --help`."""

from __future__ import annotations

import argparse
import difflib
import sys
from typing import Any

import yaml

from knowledge.base.loader import FOLDER, publication_of
from knowledge.base.store import Store
from knowledge.clock import clock_from_env
from knowledge.errors import KnowledgeError, UnknownRecord


def add_to(commands: Any) -> None:
    """Declare the commands."""
    history = commands.add_parser(
        "history", help="liste les versions d'une fiche, montre l'une d'elles ou ce qu'elle a changé"
    )
    history.add_argument("id", help="identifiant de la fiche")
    shown = history.add_mutually_exclusive_group()
    shown.add_argument("--version", type=int, metavar="N", help="montre la version N, en YAML")
    shown.add_argument("--diff", type=int, metavar="N", help="montre ce que la version N a changé, ligne à ligne")
    history.set_defaults(run=_history)
    restore = commands.add_parser("restore", help="publie de nouveau une ancienne version d'une fiche")
    restore.add_argument("id", help="identifiant de la fiche")
    restore.add_argument("number", type=int, metavar="N", help="numéro de la version à reprendre (voir « history »)")
    restore.add_argument("--author", default="restauration", help="auteur noté dans l'historique")
    restore.set_defaults(run=_restore)
    withdraw = commands.add_parser(
        "withdraw",
        help="retire une fiche publiée et son historique, après confirmation (« export » en garde une copie)",
    )
    withdraw.add_argument("id", help="identifiant de la fiche")
    withdraw.add_argument("--yes", action="store_true", help="ne demande pas de confirmation")
    withdraw.set_defaults(run=_withdraw)


def _history(arguments: argparse.Namespace, store: Store) -> None:
    versions = _versions(store, arguments.id)
    if arguments.version is not None:
        print(_written(store, arguments.id, arguments.version), end="")
        return
    if arguments.diff is not None:
        after = _written(store, arguments.id, arguments.diff).splitlines()
        before = _written(store, arguments.id, arguments.diff - 1).splitlines() if arguments.diff > 1 else []
        names = (f"version {arguments.diff - 1}", f"version {arguments.diff}")
        print("\n".join(difflib.unified_diff(before, after, *names, lineterm="", n=1)))
        return
    for version in versions:
        fields = ", ".join(version["changes"])[:200]
        print(f"{version['number']}\t{version['created_at']:%Y-%m-%d %H:%M}\t{version['author']}\t{fields}")


def _restore(arguments: argparse.Namespace, store: Store) -> None:
    _versions(store, arguments.id)
    content = _content(store, arguments.id, arguments.number)
    changed = store.publish([publication_of(arguments.id, content)], arguments.author, clock_from_env().now())
    if not changed:
        print(f"La version {arguments.number} de « {arguments.id} » est déjà celle qui est publiée.")
        return
    last = _versions(store, arguments.id)[-1]["number"]
    print(f"« {arguments.id} » : version {arguments.number} publiée de nouveau, sous le numéro {last}.")


def _withdraw(arguments: argparse.Namespace, store: Store) -> None:
    count = len(_versions(store, arguments.id))
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise KnowledgeError("confirmez par --yes : la fiche et son historique seront effacés")
        asked = (
            f"Effacer « {arguments.id} » et ses {count} version(s), sans retour possible ? Écrivez son identifiant : "
        )
        if input(asked).strip() != arguments.id:
            raise KnowledgeError("rien n'a été effacé")
    store.withdraw(arguments.id)
    print(f"Fiche « {arguments.id} » retirée, avec {count} version(s).")
    file = FOLDER / f"{arguments.id}.yml"
    if file.exists():
        print(f"{file} existe encore : le prochain « load » la publierait de nouveau.")


def _versions(store: Store, record_id: str) -> list[dict[str, Any]]:
    versions = store.versions(record_id)
    if not versions:
        raise UnknownRecord(record_id)
    return versions


def _content(store: Store, record_id: str, number: int) -> dict[str, Any]:
    try:
        return store.content(record_id, number)
    except UnknownRecord:
        raise KnowledgeError(f"« {record_id} » n'a pas de version {number} : voir « history »") from None


def _written(store: Store, record_id: str, number: int) -> str:
    content = _content(store, record_id, number)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
