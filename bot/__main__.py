"""Start the assistant: `python -m bot`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.environment import SettingError
from bot.launcher import commands
from bot.launcher.assistant import check_python
from bot.launcher.console import CannotStart, Console
from bot.launcher.settings import load

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Do what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Démarre l'assistant : bases de données, modèle, serveur d'actions, Rasa et interface web.",
        epilog="Les réglages se trouvent dans .env.example ; les journaux sont écrits dans var/log.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=["run", "train", "status", "purge"],
        default="run",
        help="run : démarrer (par défaut) ; train : entraîner le modèle ; status : dire ce qui fonctionne ; purge : effacer ce qui a passé sa durée de conservation",
    )
    parser.add_argument("--host", help="adresse d'écoute de l'interface web (par défaut : WEB_HOST ou 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port de l'interface web (par défaut : WEB_PORT ou 8000)")
    parser.add_argument("--no-train", action="store_true", help="ne jamais entraîner le modèle")
    parser.add_argument("--check", action="store_true", help="vérifier sans démarrer")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        check_python()
        settings = load(root, options.host, options.port)
    except (CannotStart, SettingError) as error:
        console.complain(str(error))
        return 1
    if options.check:
        return commands.check(settings, console, may_train=not options.no_train)
    if options.command == "train":
        return commands.train(settings, console)
    if options.command == "status":
        return commands.status(settings, console)
    if options.command == "purge":
        return commands.purge(settings, console)
    return commands.run(settings, console, may_train=not options.no_train)


if __name__ == "__main__":
    sys.exit(main())
