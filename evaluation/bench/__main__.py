"""Command line of the measures: `python -m evaluation.bench --help`."""

from __future__ import annotations

import argparse
import sys

from bot.launcher.console import Console
from evaluation.bench import growth, public, report
from evaluation.bench.compare import QUICK, Plan, compare
from evaluation.bench.servers import BenchError


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line asks; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench",
        description="Mesure l'assistant : vitesse, mémoire, démarrage, entraînement.",
        epilog="Tout se passe sur 127.0.0.1, dans des dossiers temporaires.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=["compare", "public", "growth"],
        default="compare",
        help="compare : face au pipeline habituel de Rasa (par défaut) ; public : par l'interface web ; "
        "growth : selon le nombre d'appels connus",
    )
    parser.add_argument("--quick", action="store_true", help="moins d'exemples et de messages")
    parser.add_argument("--check", action="store_true", help="échouer si un rapport est sous son plancher")
    parser.add_argument("--url", help="public : adresse d'un assistant déjà démarré")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        if options.command == "public":
            return public.run(options.url, quick=options.quick, console=console)
        if options.command == "growth":
            return growth.run(quick=options.quick, check=options.check, console=console)
        results = compare(QUICK if options.quick else Plan(), console)
    except BenchError as error:
        console.complain(str(error))
        return 1
    ours, usual = results["ours"], results["usual"]
    print(report.table(ours, usual))
    low = report.below_floors(report.ratios(ours, usual)) if options.check else []
    for line in low:
        console.complain(f"Sous le plancher : {line}")
    print(report.last_lines(ours, usual))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
