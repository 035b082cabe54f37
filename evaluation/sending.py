"""`make calibrate-mail`: how often an answer that could leave by itself is right, by the confidence that is asked of it.

Each question is put as a mail would be; only those that the inbox could send are counted: one answer, a stated fact.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.mail.asking import Asker
from bot.mail.draft import confidence, doubts
from bot.mail.message import Budget
from bot.mail.questions import Asked
from evaluation.questions import FOLDER, judge, read_questions
from evaluation.stack import free_ports, running_assistant
from knowledge.base.catalogue import open_catalogue

THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_TIMEOUT = 60.0  # seconds for a question


@dataclass(frozen=True)
class Sendable:
    """An answer that could be sent, and what it is worth."""

    confidence: float
    right: bool
    wrong_fact: bool


def measure(asker: Asker, folder: Path) -> tuple[list[Sendable], int]:
    """Return the answers that could be sent, and how many questions there were; those that follow another are left out."""
    found: list[Sendable] = []
    questions = [question for question in read_questions(folder) if not question.context]
    for question in questions:
        answered = asker.ask(f"mail-calibration-{question.id}", (), (Asked(question.text),), Budget(60))
        if doubts(answered[0]):
            continue
        verdict = judge(question, "\n".join(item["text"] for item in answered[0].items))
        found.append(Sendable(confidence(answered), verdict.right, bool(verdict.forbidden)))
    return found, len(questions)


def report(found: list[Sendable], asked: int) -> str:
    """Return the table."""
    lines = [f"{asked} questions posées comme des courriels ; {len(found)} réponses affirmées", ""]
    lines.append(f"{'confiance au moins':>18}{'parties seules':>18}{'justes':>10}{'fait faux':>12}")
    for threshold in THRESHOLDS:
        sent = [item for item in found if item.confidence >= threshold]
        right = sum(item.right for item in sent) / len(sent) if sent else 0.0
        wrong = sum(item.wrong_fact for item in sent)
        lines.append(f"{threshold:>18.2f}{len(sent) / max(1, asked):>17.1%} {right:>9.1%}{wrong:>12}")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Measure with an assistant started for the occasion."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.sending", description=__doc__)
    parser.add_argument("--questions", type=Path, default=FOLDER.parent / "questions_apart")
    arguments = parser.parse_args(argv)
    (port,) = free_ports(1)
    with TemporaryDirectory(prefix="sending-") as folder:
        database = f"sqlite:///{folder}/knowledge.sqlite3"
        with running_assistant(environment={"RASA_PORT": str(port), "DATABASE_URL": database}, fresh=True):
            asker = Asker(f"http://127.0.0.1:{port}", open_catalogue(database), _TIMEOUT)
            print(report(*measure(asker, arguments.questions)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
