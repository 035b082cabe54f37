"""Serve the agency's mailboxes: `python -m bot.mail --help`."""

from __future__ import annotations

import argparse
import logging
import sys
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import timedelta
from pathlib import Path

from bot.environment import SettingError
from bot.launcher.settings import load
from bot.launcher.supervisor import Stop
from bot.mail import reporting
from bot.mail.building import mailbox_of, service_of
from bot.mail.mailbox import MailboxRefused, MailboxUnavailable
from bot.mail.message import Preparer
from bot.mail.service import Service
from bot.mail.settings import Account, load_accounts
from bot.mail.worker import BEFORE_START
from knowledge.base.store import Store
from knowledge.clock import clock_from_env
from knowledge.errors import KnowledgeError, StoreUnavailable
from knowledge.mail.alone import AlreadyServed
from knowledge.mail.figures import figures
from knowledge.mail.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        environ = load(ROOT).environ
        accounts = load_accounts(environ)
    except SettingError as error:
        print(f"Réglage inutilisable : {error}", file=sys.stderr)
        return 1
    level = environ.get("LOG_LEVEL", "").strip().upper() or "INFO"
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s")
    store = Store(environ["DATABASE_URL"])
    try:
        if options.command == "figures":
            since = clock_from_env().now() - timedelta(days=options.days)
            print(reporting.table(figures(store, since), options.days))
            return 0
        if not accounts:
            print("Aucune boîte à servir : MAIL_IMAP_URL n'est pas réglé (voir .env.example).", file=sys.stderr)
            return 1
        if options.command == "check":
            return max(_check(account, store) for account in accounts)
        services = [service_of(account, store, _preparer(account), _read, clock_from_env()) for account in accounts]
        return _once(services) if options.once else _serve(services)
    except StoreUnavailable:
        remedy = "Vérifiez DATABASE_URL, puis lancez « python -m knowledge migrate »."
        print(f"La base de données ne répond pas ou n'a pas ses tables. {remedy}", file=sys.stderr)
        return 1
    except KnowledgeError as error:
        print(f"Impossible : {error}", file=sys.stderr)
        return 1
    finally:
        store.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.mail",
        description="Lit la boîte de l'agence et prépare des réponses, que les agents relisent et envoient.",
        epilog="Les réglages commencent par MAIL_ et sont expliqués dans .env.example.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=["run", "check", "figures"],
        default="run",
        help="run : servir la boîte (par défaut) ; check : dire ce qui va et ce qui manque, sans rien changer ; figures : chiffres de l'agence",
    )
    parser.add_argument("--once", action="store_true", help="faire une seule fois ce qu'il y a à faire, puis s'arrêter")
    parser.add_argument("--days", type=int, default=30, help="nombre de jours des chiffres (défaut : 30)")
    return parser


def _read(raw: bytes):  # type: ignore[no-untyped-def]
    from bot.mail.reading import read

    return read(raw)


def _preparer(account: Account) -> Preparer:
    # Loaded last: neither the figures nor the check need what it brings.
    from bot.mail.preparing import Answerer

    return Answerer(account)


def _serve(services: list[Service]) -> int:
    stop = Stop()
    stop.listen()
    with ThreadPoolExecutor(len(services), thread_name_prefix="mail") as pool:
        running = [pool.submit(service.run, stop) for service in services]
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        # One that ends without being asked to has met what nothing foresaw: the launcher starts it all again.
        unasked, stop.asked = not stop.asked, True
    return 1 if unasked or any(future.exception() for future in done) else 0


def _once(services: list[Service]) -> int:
    status = 0
    for service in services:
        try:
            service.once()
        except (MailboxUnavailable, MailboxRefused) as error:
            print(reporting.trouble(error), file=sys.stderr)
            status = 1
        except AlreadyServed:
            print("Cette boîte est déjà servie par un autre processus.", file=sys.stderr)
            status = 1
    return status


def _check(account: Account, store: Store) -> int:
    mailbox = mailbox_of(account)
    print(reporting.heading(account))
    try:
        mailbox.open()
        since = account.since or clock_from_env().now() - BEFORE_START
        count = len(mailbox.waiting(since, Ledger(store, account.key).settled_uids(mailbox.uidvalidity)))
        for line in reporting.check(account, mailbox, count):
            print(f"  {line}")
        return 0
    except (MailboxUnavailable, MailboxRefused) as error:
        print(f"  {reporting.trouble(error)}")
        return 1
    finally:
        mailbox.close()


if __name__ == "__main__":
    sys.exit(main())
