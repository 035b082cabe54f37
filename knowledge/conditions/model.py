"""What a record says of who can apply, as values: questions, and criteria tied to facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.conditions.rules import Rule


class QuestionType(str, Enum):
    """How a question is answered; part of the public API."""

    DEPARTMENT = "department"  # INSEE code of a département
    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"  # a day, a month or a year, in ISO 8601


@dataclass(frozen=True)
class Choice:
    """A possible answer: its id, what people read, and what it stands for when it is vague (other choices' ids)."""

    id: str
    label: str
    covers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """Something to know about the applicant.

    Attributes:
        id: stable, part of the public API.
        label: the question as asked.
        help: where to find the answer, or why it is asked.
        type: how it is answered.
        choices: the answers possible, for those of type choice.
        short: its name in a list (« département »).
        change: what would have to be so, with {choices} where the right answers go; for a yes/no question, when yes is needed.
        change_no: the same when no is needed.
    """

    id: str
    label: str
    short: str
    type: QuestionType
    change: str
    help: str | None = None
    choices: tuple[Choice, ...] = ()
    change_no: str | None = None


@dataclass(frozen=True)
class Criterion:
    """A condition of a call, with the ids of the facts that state it.

    `readings` holds one rule, or several when the document contradicts itself: then as many as the readings of
    the fact of `facts` that is a conflict, in the same order.
    """

    id: str
    label: str
    facts: tuple[str, ...]
    readings: tuple[Rule, ...]


@dataclass(frozen=True)
class Eligibility:
    """The criteria of a call, and the questions that only this call asks."""

    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...] = ()
