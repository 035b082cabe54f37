"""What is known of an applicant: answers read from outside, checked against the questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge.base.glossary import EstablishmentKind
from knowledge.conditions.days import is_day
from knowledge.conditions.model import Choice, Eligibility, Question, QuestionType
from knowledge.conditions.reading import KIND, SECTOR, common_questions
from knowledge.conditions.rules import All, Answers, AtLeast, Not, OneOf, Rule, Value, conditions
from knowledge.errors import InvalidAnswers
from knowledge.french.phrases import phrase
from knowledge.french.text import fold

UNKNOWN = "unknown"
"""The answer of someone who does not know; the same as no answer."""
_YES = {"yes", "oui", "true"}
_NO = {"no", "non", "false"}
LARGEST = 1_000_000


@dataclass(frozen=True)
class Kinds:
    """The kinds of establishment of the base, and what each stands for.

    An answer or a rule may be vague (« établissement médico-social »): it stands for every kind of its sectors, and for
    those of the sector that the base does not list, which the mark `sector:…` represents.
    """

    known: Mapping[str, EstablishmentKind]

    def expand(self, name: str) -> frozenset[str]:
        """Return the kinds that `name` (an id, or the mark of a sector) stands for.

        Raises:
            KeyError: no such kind.
        """
        sectors = {name.removeprefix(SECTOR)} if name.startswith(SECTOR) else set(self.known[name].covers)
        if not sectors:
            return frozenset([name])
        inside = {key for key, kind in self.known.items() if kind.sector in sectors and not kind.covers}
        return frozenset(inside | {f"{SECTOR}{sector}" for sector in sectors})

    def concern(self, own: Collection[str], asked: Collection[str]) -> bool:
        """Return whether what holds for the kinds `own` (none: for all) concerns one of the kinds `asked` (none: all)."""
        if not own or not asked:
            return True
        first, second = (
            {kind for name in group if name in self.known for kind in self.expand(name)} for group in (own, asked)
        )
        return not first or not second or not first.isdisjoint(second)

    def resolve(self, rule: Rule) -> Rule:
        """Return `rule` with what its kinds of establishment stand for."""
        if isinstance(rule, (All, AtLeast)):
            return replace(rule, parts=tuple(map(self.resolve, rule.parts)))
        if isinstance(rule, Not):
            return Not(self.resolve(rule.part))
        if isinstance(rule, OneOf) and rule.question == KIND:
            return OneOf(KIND, frozenset(kind for name in rule.values for kind in self.expand(name)))
        return rule

    def choices(self) -> tuple[Choice, ...]:
        """Return the kinds as possible answers."""
        return tuple(
            Choice(key, _label(kind), self.expand(key) if kind.covers else frozenset())
            for key, kind in self.known.items()
        )


def _label(kind: EstablishmentKind) -> str:
    if kind.long is None or fold(kind.name) in fold(kind.long):
        return kind.long or kind.name
    return phrase("eligibility.kind", short=kind.name, long=kind.long)


def questions_of(eligibility: Eligibility, kinds: Kinds) -> dict[str, Question]:
    """Return the questions on which the criteria depend, by id, in the order of the criteria."""
    own = {question.id: question for question in eligibility.questions}
    known = {**common_questions(), **own}
    asked = dict.fromkeys(
        condition.question
        for criterion in eligibility.criteria
        for rule in criterion.readings
        for condition in conditions(rule)
    )
    found = {name: known[name] for name in asked}
    if KIND in found:
        found[KIND] = replace(found[KIND], choices=kinds.choices())
    return found


def answers_from(given: Mapping[str, Any], questions: Mapping[str, Question], kinds: Kinds) -> dict[str, Value]:
    """Return the answers that `given` holds, by question id; unknown ones left out.

    The questions common to all calls are accepted even when this call does not ask them.

    Raises:
        InvalidAnswers: a question that does not exist, or an answer that it does not accept.
    """
    common = common_questions()
    common_kinds = {KIND: replace(common[KIND], choices=kinds.choices())}
    known = {**common, **common_kinds, **questions}
    problems: dict[str, str] = {}
    answers: dict[str, Value] = {}
    for name, answer in given.items():
        if name not in known:
            problems[name] = "question"
        elif answer is not None and answer != UNKNOWN:
            value = _read(known[name], answer)
            if value is None:
                problems[name] = "answer"
            else:
                answers[name] = value
    if problems:
        raise InvalidAnswers(problems)
    return answers


def meaning_of(answers: Answers, kinds: Kinds) -> dict[str, Value]:
    """Return the answers as rules compare them: a vague kind of establishment stands for several."""
    kind = answers.get(KIND)
    return {**answers, KIND: kinds.expand(kind)} if isinstance(kind, str) else dict(answers)


def _read(question: Question, answer: Any) -> Value | None:
    if question.type is QuestionType.YES_NO:
        if isinstance(answer, bool):
            return answer
        word = str(answer).strip().casefold()
        return True if word in _YES else False if word in _NO else None
    if question.type is QuestionType.NUMBER:
        if isinstance(answer, bool) or not str(answer).strip().isascii() or not str(answer).strip().isdigit():
            return None
        number = int(str(answer).strip()) if len(str(answer)) < 10 else LARGEST + 1
        return number if number <= LARGEST else None
    if question.type is QuestionType.DATE:
        return answer.strip() if isinstance(answer, str) and is_day(answer.strip()) else None
    if not isinstance(answer, (str, int)) or isinstance(answer, bool):
        return None
    return _choice(question.choices, str(answer).strip())


def _choice(choices: Iterable[Choice], text: str) -> str | None:
    # « 2a » and « EHPAD » are as good as « 2A » and « ehpad »; « 1 » is not « 01 », which a reader may not have meant.
    return next((choice.id for choice in choices if choice.id.casefold() == text.casefold()), None)
