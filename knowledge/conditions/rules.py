"""Conditions as data, judged with three values: what is not known never turns into yes or no.

A rule is a tree of conditions on the answers to questions. Unknown answers follow Kleene's strong logic:
« all » fails as soon as one part fails, holds when every part holds, and is to be confirmed otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.conditions.days import first_and_last

Value = str | bool | int | frozenset[str]
"""An answer: a choice's id, yes or no, a number, a day (ISO 8601, whole or not), or several ids of which one is right."""

Answers = Mapping[str, Value]
"""Answers by question id; a question that is absent has no known answer."""


class Verdict(str, Enum):
    """The three values; part of the public API."""

    MET = "met"
    NOT_MET = "not_met"
    TO_CONFIRM = "to_confirm"

    @property
    def opposite(self) -> Verdict:
        """The value of the negation."""
        return {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}.get(self, self)


@dataclass(frozen=True)
class OneOf:
    """The answer is one of these choices (ids)."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True)
class Between:
    """The answer is a number not under `least` and not over `most` (None: no limit)."""

    question: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Dated:
    """The answer is a day not before `first` and not after `last` (ISO 8601; None: no limit)."""

    question: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Is:
    """The answer is yes (or no)."""

    question: str
    wanted: bool


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class AtLeast:
    """So many parts hold; « any » is one."""

    count: int
    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Rule


Condition = OneOf | Between | Dated | Is
Rule = Condition | All | AtLeast | Not


def conditions(rule: Rule) -> Iterator[Condition]:
    """Yield the conditions of a rule, in its order."""
    if isinstance(rule, (All, AtLeast)):
        for part in rule.parts:
            yield from conditions(part)
    elif isinstance(rule, Not):
        yield from conditions(rule.part)
    else:
        yield rule


def evaluate(rule: Rule, answers: Answers) -> Verdict:
    """Return whether `rule` holds for what is known."""
    if isinstance(rule, Not):
        return evaluate(rule.part, answers).opposite
    if isinstance(rule, All):
        return _count([evaluate(part, answers) for part in rule.parts], len(rule.parts))
    if isinstance(rule, AtLeast):
        return _count([evaluate(part, answers) for part in rule.parts], rule.count)
    answer = answers.get(rule.question)
    return Verdict.TO_CONFIRM if answer is None else _of_condition(rule, answer)


def _of_condition(rule: Condition, answer: Value) -> Verdict:
    if isinstance(rule, OneOf):
        possible = answer if isinstance(answer, frozenset) else frozenset([str(answer)])
        inside = possible & rule.values
        if not inside:
            return Verdict.NOT_MET
        return Verdict.MET if inside == possible else Verdict.TO_CONFIRM
    if isinstance(rule, Is):
        return Verdict.MET if answer is rule.wanted else Verdict.NOT_MET
    if isinstance(rule, Dated):
        return _of_day(rule, str(answer))
    number = int(answer)  # type: ignore[arg-type]
    low = rule.least is not None and number < rule.least
    high = rule.most is not None and number > rule.most
    return Verdict.NOT_MET if low or high else Verdict.MET


def _of_day(rule: Dated, day: str) -> Verdict:
    # Days in ISO 8601 are in the order of their letters.
    earliest, latest = first_and_last(day)
    first, last = rule.first or earliest, rule.last or latest
    if latest < first or earliest > last:
        return Verdict.NOT_MET
    return Verdict.MET if first <= earliest and latest <= last else Verdict.TO_CONFIRM


def _count(verdicts: Sequence[Verdict], needed: int) -> Verdict:
    met = verdicts.count(Verdict.MET)
    if met >= needed:
        return Verdict.MET
    return Verdict.TO_CONFIRM if met + verdicts.count(Verdict.TO_CONFIRM) >= needed else Verdict.NOT_MET


def agreed(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on which the readings of a clause agree; to be confirmed when they do not."""
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.TO_CONFIRM


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on all the criteria together."""
    return _count(verdicts, len(verdicts)) if verdicts else Verdict.TO_CONFIRM
