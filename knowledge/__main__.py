"""Command line of the knowledge base: `python -m knowledge --help`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from knowledge.answering.answers import answer_topic
from knowledge.base import commands as versions
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, export, load, read_folder
from knowledge.base.passages import commands as passages
from knowledge.base.proofreading import names_of, warnings_of
from knowledge.base.records import State
from knowledge.base.situation import situation
from knowledge.base.store import Store
from knowledge.base.topics import load_topics
from knowledge.clock import clock_from_env, parse_instant
from knowledge.documents import commands as documents
from knowledge.dossiers import commands as dossiers
from knowledge.errors import InvalidRecords, KnowledgeError, StoreUnavailable, UnknownRecord
from knowledge.finess import commands as finess
from knowledge.mail.item import kept_for_from_env
from knowledge.mail.ledger import forget_mails
from knowledge.understanding.evidence import Evidence


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m knowledge",
        description="Base de connaissances des appels : vérifier, charger, exporter, consulter.",
        epilog="La base est celle de DATABASE_URL (par défaut le fichier var/knowledge.sqlite3).",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    check = commands.add_parser("check", help="vérifie les fiches sans rien charger")
    check.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=FOLDER,
        help="dossier des fiches, ou une seule (défaut : knowledge/calls)",
    )
    commands.add_parser("migrate", help="crée ou met à jour les tables")
    loading = commands.add_parser(
        "load", help="vérifie puis publie les fiches : toutes, ou aucune si l'une est fautive"
    )
    loading.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=FOLDER,
        help="dossier des fiches, ou une seule (défaut : knowledge/calls)",
    )
    loading.add_argument("--author", default="fichiers", help="auteur noté dans l'historique")
    exporting = commands.add_parser("export", help="écrit chaque fiche publiée dans un fichier YAML")
    exporting.add_argument("folder", type=Path, help="dossier de destination")
    show = commands.add_parser("show", help="montre une fiche comme l'assistant la dit")
    show.add_argument("id", help="identifiant de la fiche")
    show.add_argument("--at", metavar="DATE", help="se placer à cette date (AAAA-MM-JJ[THH:MM])")
    questions = commands.add_parser("questions", help="liste les questions restées sans réponse (masquées)")
    questions.add_argument("--days", type=int, default=30, help="nombre de jours à remonter (défaut : 30)")
    opinions = commands.add_parser("opinions", help="liste les avis donnés sur les réponses")
    opinions.add_argument("--days", type=int, default=30, help="nombre de jours à remonter (défaut : 30)")
    purge = commands.add_parser(
        "purge", help="efface les questions et les courriels notés plus vieux que leur conservation"
    )
    purge.add_argument(
        "--days", type=int, help="âge des questions en jours (défaut : RETENTION_QUESTIONS_DAYS, sinon 365)"
    )
    versions.add_to(commands)
    documents.add_to(commands)
    finess.add_to(commands)
    dossiers.add_to(commands)
    passages.add_to(commands)
    return parser


def _warn(folder: Path, records: list[tuple[str, dict[str, Any]]]) -> None:
    """Print what is worth a second look in records that have no fault."""
    ours = [] if folder.resolve() == FOLDER.resolve() else [(item.id, item.content) for item in read_folder(FOLDER)]
    everything = [(name, content) for name, content in (*ours, *records) if "title" in content and "facts" in content]
    for record_id, content in records:
        if "facts" not in content:
            continue
        others = names_of((name, other) for name, other in everything if name != record_id)
        for warning in warnings_of(content, others):
            print(f"{record_id} : à vérifier : {warning}")


def _load(arguments: argparse.Namespace, store: Store) -> None:
    store.migrate()
    changed = load(store, arguments.folder, clock_from_env().now(), arguments.author)
    records = [item for item in changed if ":" not in item]
    print(f"{len(records)} fiche(s) publiée(s)" + (f" : {', '.join(records)}" if records else ", rien n'a changé"))


def _show(arguments: argparse.Namespace, store: Store) -> None:
    now = parse_instant(arguments.at) if arguments.at else clock_from_env().now()
    record = Catalogue(store).snapshot().get(arguments.id)
    print(f"{record.title}\n{record.short_title} — situation : {situation(record, now).status.value}\n")
    for topic_id, topic in load_topics().items():
        if record.about(topic_id) or record.silence is State.NOT_STATED:
            print(f"## {topic.title}\n{answer_topic(Evidence(record), topic_id, now, whole=True).text}\n")


def _questions(arguments: argparse.Namespace, store: Store) -> None:
    since = clock_from_env().now() - timedelta(days=arguments.days)
    for question in store.questions(since):
        about = " / ".join(filter(None, (question.record_id, question.topic))) or "-"
        print(f"{question.asked_at:%Y-%m-%d %H:%M}\t{question.reason}\t{about}\t{question.text}")


def _opinions(arguments: argparse.Namespace, store: Store) -> None:
    found = store.opinions(clock_from_env().now() - timedelta(days=arguments.days))
    for given in found:
        about = " / ".join(filter(None, (given.record_id, given.topic))) or "-"
        print(f"{given.given_at:%Y-%m-%d %H:%M}\t{'utile' if given.useful else 'pas utile'}\t{about}\t{given.why}")
    print(f"{sum(given.useful for given in found)} utile(s) sur {len(found)} avis")


def _retention() -> int:
    text = os.environ.get("RETENTION_QUESTIONS_DAYS", "").strip() or "365"
    if not text.isdecimal():
        raise KnowledgeError(f"RETENTION_QUESTIONS_DAYS doit être un nombre de jours, pas « {text} »")
    return int(text)


def _run(arguments: argparse.Namespace) -> None:
    if arguments.command == "check":
        publications = read_folder(arguments.folder)
        print(f"{len(publications)} fiche(s) sans faute")
        _warn(arguments.folder, [(item.id, item.content) for item in publications])
        return
    store = Store()
    if "run" in arguments:
        arguments.run(arguments, store)
    elif arguments.command == "load":
        _load(arguments, store)
    elif arguments.command == "migrate":
        store.migrate()
    elif arguments.command == "export":
        store.migrate()
        print(f"{len(export(store, arguments.folder))} fiche(s) écrite(s) dans {arguments.folder}")
    elif arguments.command == "show":
        _show(arguments, store)
    elif arguments.command == "questions":
        _questions(arguments, store)
    elif arguments.command == "opinions":
        _opinions(arguments, store)
    elif arguments.command == "purge":
        days = _retention() if arguments.days is None else arguments.days
        now = clock_from_env().now()
        mails = forget_mails(store, now - kept_for_from_env())
        print(f"{store.forget_questions(now - timedelta(days=days))} question(s) effacée(s)")
        print(f"{mails} courriel(s) noté(s) effacé(s)")


def main(argv: list[str] | None = None) -> int:
    """Run one command; return the exit status (0, or 1 after a clear message on stderr)."""
    arguments = _parser().parse_args(argv)
    try:
        _run(arguments)
    except InvalidRecords as error:
        print(f"{error}\n\n{len(error.problems)} faute(s) : rien n'a été chargé.", file=sys.stderr)
        return 1
    except UnknownRecord as error:
        print(f"Aucune fiche « {error.record_id} ». Voir : ls knowledge/calls", file=sys.stderr)
        return 1
    except StoreUnavailable as error:
        remedy = "Vérifiez DATABASE_URL, puis lancez « python -m knowledge migrate »."
        print(f"La base de données ne répond pas ou n'a pas ses tables : {error}\n{remedy}", file=sys.stderr)
        return 1
    except KnowledgeError as error:
        print(f"Impossible : {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # `… | head` closes the pipe early; that is no fault.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
