"""`make evaluate`: answers, honesty and understanding, ours beside the usual alternatives.

Talks to the running assistant through its public API (starts one when none answers).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.fulltext import FullText
from evaluation.journeys import Played, load_journeys, play, report
from evaluation.questions import FOLDER, Question, Verdict, judge, read_questions
from evaluation.stack import Client, running_assistant
from evaluation.understanding import Understanding, cross_validate


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1, counts, lengths in characters, times in milliseconds."""

    accuracy: float
    honesty: float
    wrong_facts: int
    median_length: float
    long_length: float
    median_time: float
    long_time: float


def _scores(verdicts: list[Verdict], times: list[float]) -> Scores:
    answerable = [item.right for item in verdicts if item.question.answerable]
    others = [item.right for item in verdicts if not item.question.answerable]
    lengths = sorted(len(item.answer) for item in verdicts)
    return Scores(
        sum(answerable) / max(1, len(answerable)),
        sum(others) / max(1, len(others)),
        sum(bool(item.forbidden) for item in verdicts),
        median(lengths),
        lengths[int(len(lengths) * 0.95)],
        median(times) * 1000,
        sorted(times)[int(len(times) * 0.95)] * 1000,
    )


def _ask_ours(questions: list[Question], url: str | None) -> tuple[list[Verdict], list[float], list[Played]]:
    verdicts, times = [], []
    with running_assistant(url) as address:
        client = Client(address)
        for number, question in enumerate(questions, 1):
            start = time.perf_counter()
            answers = client.ask(*question.context, question.text)
            times.append((time.perf_counter() - start) / (1 + len(question.context)))
            verdicts.append(judge(question, "\n\n".join(str(answer["text"]) for answer in answers)))
            if number % 100 == 0:
                print(f"  {number}/{len(questions)} questions posées", file=sys.stderr)
        print("  parcours entiers…", file=sys.stderr)
        journeys = [play(address, journey) for journey in load_journeys()]
    return verdicts, times, journeys


def _ask_fulltext(questions: list[Question]) -> tuple[list[Verdict], list[float]]:
    search = FullText()
    verdicts, times = [], []
    for question in questions:
        start = time.perf_counter()
        answer = search.answer(" ".join((*question.context, question.text)))
        times.append(time.perf_counter() - start)
        verdicts.append(judge(question, answer))
    return verdicts, times


def _print_table(columns: dict[str, Scores | None], understanding: dict[str, Understanding | None]) -> None:
    rows: tuple[tuple[str, Callable[[Scores], str]], ...] = (
        ("exactitude stricte (but : 97 %)", lambda s: f"{s.accuracy:.1%}"),
        ("honnêteté (but : 97 %)", lambda s: f"{s.honesty:.1%}"),
        ("réponses avec un fait faux (but : 0)", lambda s: str(s.wrong_facts)),
        ("longueur médiane (caractères)", lambda s: f"{s.median_length:.0f}"),
        ("longueur, 95e centile", lambda s: f"{s.long_length:.0f}"),
        ("temps médian (ms)", lambda s: f"{s.median_time:.0f}"),
        ("temps, 95e centile (ms)", lambda s: f"{s.long_time:.0f}"),
    )
    width = 38
    print(" " * width + "".join(f"{name:>18}" for name in columns))
    for label, show in rows:
        cells = (show(scores) if scores else "–" for scores in columns.values())
        print(f"{label:<{width}}" + "".join(f"{cell:>18}" for cell in cells))
    picks: tuple[tuple[str, Callable[[Understanding], str]], ...] = (
        ("F1 macro, 3 plis", lambda u: f"{u.macro_f1:.3f}"),
        ("exactitude des intentions", lambda u: f"{u.accuracy:.3f}"),
    )
    for label, pick in picks:
        known = (understanding.get(name) for name in columns)
        cells = (pick(found) if found else "–" for found in known)
        print(f"{label:<{width}}" + "".join(f"{cell:>18}" for cell in cells))


def _print_failures(verdicts: list[Verdict], file: Path | None) -> None:
    failed = [item for item in verdicts if not item.right]
    worst = Counter(item.question.file for item in failed)
    print("\nQuestions manquées par fichier : " + ", ".join(f"{name} {count}" for name, count in worst.most_common()))
    wrong = [item for item in failed if item.forbidden]
    for item in wrong:
        print(f"  fait faux : {item.question.id} « {item.question.text} » → {item.forbidden[0]}")
    if file:
        lines = [
            f"## {item.question.id}\n{item.question.context} « {item.question.text} »\nmanque : {item.missing}\n"
            f"interdit : {item.forbidden}\n{item.answer}\n"
            for item in failed
        ]
        file.write_text("\n".join(lines), "utf-8")
        print(f"Détail des {len(failed)} questions manquées : {file}")


def main(argv: list[str] | None = None) -> int:
    """Run the evaluation; return 0, or 2 when the questions cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument(
        "--questions", type=Path, default=FOLDER, help="fichier ou dossier de questions (défaut : tests/questions)"
    )
    parser.add_argument("--url", help="adresse d'un assistant qui tourne (défaut : ASSISTANT_URL, ou en démarre un)")
    parser.add_argument("--details", type=Path, help="fichier où écrire les questions manquées")
    parser.add_argument(
        "--without-training", action="store_true", help="sans la validation croisée ni l'alternative habituelle"
    )
    parser.add_argument("--usual", action="store_true", help="recalcule l'alternative habituelle (plus d'une heure)")
    arguments = parser.parse_args(argv)
    try:
        questions = read_questions(arguments.questions)
    except (OSError, ValueError) as error:
        print(f"Questions illisibles : {error}", file=sys.stderr)
        return 2
    answerable = sum(question.answerable for question in questions)
    print(f"{len(questions)} questions, dont {len(questions) - answerable} sans réponse dans les documents", flush=True)
    verdicts, times, journeys = _ask_ours(questions, arguments.url)
    columns: dict[str, Scores | None] = {"assistant": _scores(verdicts, times)}
    understanding: dict[str, Understanding | None] = {}
    notes: list[str] = []
    if not arguments.without_training:
        from evaluation.usual_scores import usual_scores

        print("  validation croisée…", file=sys.stderr)
        understanding["assistant"] = cross_validate()[0]
        usual = usual_scores(questions, compute=arguments.usual)
        understanding["Rasa habituel"] = usual.understanding
        columns["Rasa habituel"] = _scores(*usual.answers) if usual.answers else None
        if usual.stale:
            notes.append("Rasa habituel : mesuré sur une version antérieure des exemples (make evaluate-usual).")
        elif not usual.answers or not usual.understanding:
            notes.append("Rasa habituel : pas mesuré sur ces questions (make evaluate-usual, plus d'une heure).")
    columns["plein texte"] = _scores(*_ask_fulltext(questions))
    _print_table(columns, understanding)
    print("\n" + report(journeys))
    ours = understanding.get("assistant")
    if ours:
        print("\nConfusions les plus fréquentes : " + ", ".join(f"{a} → {b} ({n})" for a, b, n in ours.confusions))
    for note in notes:
        print(note)
    _print_failures(verdicts, arguments.details)
    return 0


if __name__ == "__main__":
    sys.exit(main())
