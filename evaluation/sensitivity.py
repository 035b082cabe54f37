"""`make sensitivity`: what each number of knowledge/thresholds.py is worth, moved by a quarter up and down.

Printed for each: right answers, answers right from the first sentence, sure answers among what the documents do not say, and wrong facts,
as differences from the number in place. One that moves nothing on any set may be deleted.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.direct import Direct, first_sentence
from evaluation.questions import Question, judge, read_questions
from knowledge import thresholds
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.clock import clock_from_env
from knowledge.understanding.weighing import weigh

ROOT = Path(__file__).parent.parent
_SETS = (ROOT / "tests" / "questions", ROOT / "tests" / "questions_apart")
_QUARTER = 0.25


@dataclass(frozen=True)
class Counts:
    """Counts over a set: right, right in the first sentence, sure of what is not said, wrong facts."""

    right: int = 0
    first: int = 0
    sure_of_nothing: int = 0
    wrong: int = 0

    def __sub__(self, other: Counts) -> Counts:
        return Counts(*(mine - theirs for mine, theirs in zip(vars(self).values(), vars(other).values())))


def numbers() -> dict[str, float]:
    """Return the numbers in place, by name."""
    return {name: value for name, value in vars(thresholds).items() if name.isupper() and isinstance(value, float)}


@contextmanager
def moved(name: str, value: float) -> Iterator[None]:
    """Put another number in place for a while."""
    before = getattr(thresholds, name)
    setattr(thresholds, name, value)
    weigh.cache_clear()
    try:
        yield
    finally:
        setattr(thresholds, name, before)
        weigh.cache_clear()


def measure(assistant: Direct, questions: Sequence[Question]) -> Counts:
    """Ask questions; return the counts."""
    right = first = sure = wrong = 0
    for question in questions:
        messages = assistant.ask([*question.context, question.text])
        verdict = judge(question, "\n\n".join(str(item.get("text") or "") for item in messages))
        lead = first_sentence(messages)
        right += question.answerable and verdict.right
        first += question.answerable and all(re.search(item, lead, re.IGNORECASE) for item in question.expects)
        sure += not question.answerable and any(item.get("decision") == "sure" for item in messages[:1])
        wrong += bool(verdict.forbidden)
    return Counts(right, first, sure, wrong)


def main(argv: list[str] | None = None) -> int:
    """Move each number, print; return 0."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.sensitivity", description=__doc__)
    parser.add_argument("names", nargs="*", help="quelques seuils seulement (défaut : tous, une heure environ)")
    parser.add_argument("--every", type=int, default=3, help="une question sur N de chaque jeu (défaut : 3)")
    arguments = parser.parse_args(argv)
    unknown = set(arguments.names) - set(numbers())
    if unknown:
        parser.error(f"seuil inconnu : {', '.join(sorted(unknown))} (voir knowledge/thresholds.py)")
    with tempfile.TemporaryDirectory(prefix="sensitivity-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/knowledge.sqlite3"
        os.environ.setdefault("ASSISTANT_NOW", "2026-11-30T12:00")
        store = Store()
        store.migrate()
        load(store, FOLDER, clock_from_env().now(), "evaluation")
        assistant = Direct()
        sets = {path.name: read_questions(path)[:: arguments.every] for path in _SETS}
        bases = {name: measure(assistant, questions) for name, questions in sets.items()}
        for name, base in bases.items():
            print(f"{name} : {len(sets[name])} questions, {base}", flush=True)
        for name, value in numbers().items():
            if arguments.names and name not in arguments.names:
                continue
            for share in (-_QUARTER, _QUARTER):
                with moved(name, value * (1 + share)):
                    found = {label: measure(assistant, questions) - bases[label] for label, questions in sets.items()}
                changes = " ; ".join(
                    f"{item.right:+d} {item.first:+d} {item.sure_of_nothing:+d} {item.wrong:+d}"
                    for item in found.values()
                )
                print(f"  {name:22} {value:5.2f} {share:+.0%} : {changes}", flush=True)
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
