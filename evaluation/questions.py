"""Question sets: what is asked, what a right answer must and must not contain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.french.phrases import phrase

FOLDER = Path(__file__).parent.parent / "tests" / "questions"


@dataclass(frozen=True)
class Question:
    """One question; regular expressions are searched without regard to case in the answers to its last turn."""

    id: str
    text: str
    context: tuple[str, ...]
    answerable: bool
    expects: tuple[str, ...]
    forbids: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Verdict:
    """What is missing from an answer, and what should not be in it."""

    question: Question
    answer: str
    missing: tuple[str, ...]
    forbidden: tuple[str, ...]

    @property
    def right(self) -> bool:
        """True when all that is expected and nothing forbidden was found."""
        return not self.missing and not self.forbidden


def read_questions(path: Path) -> list[Question]:
    """Read one file, or every YAML file of a folder.

    Raises:
        ValueError: a file is not of the expected form; names the file and the entry.
    """
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    found: list[Question] = []
    for file in files:
        for number, entry in enumerate(yaml.safe_load(file.read_text("utf-8")) or [], 1):
            found.append(_question(entry, f"{file.name}, entrée {number}", file.stem))
    return found


def _question(entry: Any, where: str, file: str) -> Question:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or "answerable" not in entry:
        raise ValueError(f"{where} : il faut id, text, answerable, expects")
    patterns = [*(entry.get("expects") or ()), *(entry.get("forbids") or ())]
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{where} : expression « {pattern} » illisible ({error})") from error
    return Question(
        str(entry.get("id", where)),
        entry["text"],
        tuple(entry.get("context") or ()),
        bool(entry["answerable"]),
        tuple(entry.get("expects") or ()),
        tuple(entry.get("forbids") or ()),
        file,
    )


def judge(question: Question, answer: str) -> Verdict:
    """Return what is missing and what is forbidden in an answer.

    Of what no document says, « je n'ai pas trouvé de réponse sûre » is honest, whatever words a question expects for a silence.
    """
    near = not question.answerable and phrase("nearest") in answer
    expected = () if near else question.expects
    return Verdict(
        question,
        answer,
        tuple(pattern for pattern in expected if not re.search(pattern, answer, re.IGNORECASE)),
        tuple(pattern for pattern in question.forbids if re.search(pattern, answer, re.IGNORECASE)),
    )
