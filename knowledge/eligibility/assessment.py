"""Judging an applicant against a call: each criterion, what is missing, and the smallest change that would help."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, product

from knowledge.base.records import Kind, Record
from knowledge.conditions.model import Criterion, Eligibility, Question, QuestionType
from knowledge.conditions.reading import KIND, common_questions
from knowledge.conditions.rules import (
    Answers,
    Between,
    Dated,
    Rule,
    Value,
    Verdict,
    agreed,
    conditions,
    evaluate,
    overall,
)
from knowledge.eligibility.profile import Kinds, meaning_of, questions_of
from knowledge.errors import NotACall


@dataclass(frozen=True)
class Change:
    """An answer that would have to be other: the question, and every answer that would do."""

    question: Question
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Judged:
    """A criterion with its verdict.

    Attributes:
        by_reading: the verdict under each reading of the clause, in their order.
        missing: ids of its questions that have no answer.
    """

    criterion: Criterion
    verdict: Verdict
    by_reading: tuple[Verdict, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """The indicative verdict on one applicant for one call; `missing`: ids of the questions without an answer."""

    judge: Judge
    verdict: Verdict
    criteria: tuple[Judged, ...]
    missing: tuple[str, ...]
    answers: Answers

    def changes(self, judged: Judged) -> tuple[Change, ...]:
        """Return the fewest answers to change (or to give) for a criterion to be met; nothing when it is, or cannot be."""
        return () if judged.verdict is Verdict.MET else self.judge.changes(judged.criterion, self.answers)


@dataclass(frozen=True)
class Judge:
    """The criteria of one call, ready to judge."""

    record: Record
    eligibility: Eligibility
    kinds: Kinds

    @classmethod
    def of(cls, record: Record, kinds: Kinds) -> Judge:
        """Return the judge of a call.

        Raises:
            NotACall: `record` is a resource or an event.
        """
        if record.kind is not Kind.CALL or record.eligibility is None:
            raise NotACall(record.id)
        return cls(record, record.eligibility, kinds)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions that the criteria need, by id."""
        return questions_of(self.eligibility, self.kinds)

    @cached_property
    def common_questions(self) -> dict[str, Question]:
        """The questions common to all calls, by id, whether this one asks them or not."""
        known = dict(common_questions())
        return {**known, KIND: replace(known[KIND], choices=self.kinds.choices())}

    def assess(self, answers: Answers) -> Assessment:
        """Return the verdict for `answers`, as profile.answers_from reads them."""
        judged = tuple(self._judge(criterion, answers) for criterion in self.eligibility.criteria)
        missing = tuple(name for name in self.questions if name not in answers)
        return Assessment(self, overall([item.verdict for item in judged]), judged, missing, answers)

    def remaining(self, answers: Answers, passed: Collection[str] = ()) -> list[Question]:
        """Return the questions whose answer could still settle a criterion, but those `passed`."""
        names = {
            name
            for criterion in self.eligibility.criteria
            if self._judge(criterion, answers).verdict is Verdict.TO_CONFIRM
            for name in self._asked[criterion.id]
        }
        return [
            item
            for name, item in self.questions.items()
            if name in names and name not in answers and name not in passed
        ]

    def next_question(self, answers: Answers, passed: Collection[str] = ()) -> Question | None:
        """Return the remaining question whose answers would most often end the matter; None when none matters."""
        best, most = None, -1.0
        for question in self.remaining(answers, passed):
            name = question.id
            values = list(_candidates(question, [rule for rules in self._rules.values() for rule in rules]))
            ends = sum(self._verdict({**answers, name: value}) is Verdict.NOT_MET for value in values)
            if values and ends / len(values) > most:
                best, most = question, ends / len(values)
        return best

    def changes(self, criterion: Criterion, answers: Answers) -> tuple[Change, ...]:
        """Return the fewest changes that would have a criterion met under every reading."""
        rules = self._rules[criterion.id]

        def met(changed: Answers) -> bool:
            known = meaning_of({**answers, **changed}, self.kinds)
            return all(evaluate(rule, known) is Verdict.MET for rule in rules)

        # With the most open question last, all that would do of it is said at once (« Calvados, Manche ou Orne »).
        questions = [self.questions[name] for name in self._asked[criterion.id]]
        ordered = sorted(questions, key=lambda question: len(list(_candidates(question, rules))))
        for count in range(1, len(ordered) + 1):
            for chosen in combinations(ordered, count):
                *first, last = chosen
                for values in product(*(_candidates(question, rules) for question in first)):
                    fixed = {question.id: value for question, value in zip(first, values)}
                    good = [value for value in _candidates(last, rules) if met({**fixed, last.id: value})]
                    if good:
                        known = [Change(question, (value,)) for question, value in zip(first, values)]
                        return (*known, Change(last, tuple(good)))
        return ()

    @cached_property
    def _rules(self) -> dict[str, list[Rule]]:
        """The readings of each criterion, with what their kinds of establishment stand for."""
        return {item.id: [self.kinds.resolve(rule) for rule in item.readings] for item in self.eligibility.criteria}

    @cached_property
    def _asked(self) -> dict[str, tuple[str, ...]]:
        """The questions of each criterion."""
        return {
            name: tuple(dict.fromkeys(condition.question for rule in rules for condition in conditions(rule)))
            for name, rules in self._rules.items()
        }

    def _verdict(self, answers: Answers) -> Verdict:
        return overall([self._judge(criterion, answers).verdict for criterion in self.eligibility.criteria])

    def _judge(self, criterion: Criterion, answers: Answers) -> Judged:
        known = meaning_of(answers, self.kinds)
        by_reading = tuple(evaluate(rule, known) for rule in self._rules[criterion.id])
        missing = tuple(name for name in self._asked[criterion.id] if name not in answers)
        return Judged(criterion, agreed(by_reading), by_reading, missing)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _candidates(question: Question, rules: Sequence[Rule]) -> Iterator[Value]:
    """Yield the answers worth trying: every choice but the vague ones, yes and no, the limits of a number or of a date."""
    if question.type is QuestionType.YES_NO:
        yield from (True, False)
    elif question.type is QuestionType.NUMBER:
        limits = [item for rule in rules for item in conditions(rule) if item.question == question.id]
        for limit in limits:
            if isinstance(limit, Between):
                yield from (value for value in (limit.least, limit.most) if value is not None)
                yield from (value - 1 for value in (limit.least,) if value)
                yield from (value + 1 for value in (limit.most,) if value is not None)
    elif question.type is QuestionType.DATE:
        for limit in (item for rule in rules for item in conditions(rule) if item.question == question.id):
            if isinstance(limit, Dated):
                yield from (day for day in (limit.first, limit.last) if day)
                yield from (_later(day, step) for day, step in ((limit.first, -1), (limit.last, 1)) if day)
    else:
        yield from (choice.id for choice in question.choices if question.id != KIND or not choice.covers)
