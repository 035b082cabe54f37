"""Understanding what people answer to a question of the check, in their own words (hearing.yml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from knowledge.conditions.days import day_in
from knowledge.conditions.model import Question, QuestionType
from knowledge.conditions.reading import DEPARTMENT, KIND
from knowledge.conditions.rules import Value
from knowledge.french.text import content_words, fold, stem
from knowledge.patterns import compile_pattern
from knowledge.understanding.lexicon import Mentions

_FILE = Path(__file__).with_name("hearing.yml")
_NUMBER = compile_pattern(r"\b\d{1,6}\b")
_IN_WORDS = ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
# A choice is recognised from this part of its words on, or this likeness of its letters.
_SHARED_WORDS = 0.5
_ALIKE = 88


class Intention(str, Enum):
    """What a message does, beside answering."""

    STOP = "stop"
    RESTART = "restart"
    UNKNOWN = "unknown"  # does not know
    LATER = "later"  # not yet: still to confirm
    SKIP = "skip"


@dataclass(frozen=True)
class Heard:
    """What was understood of a message: answers by question id, and what it wants of the check."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    intention: Intention | None = None
    about: str | None = None
    """The question left open by `intention` (« pas encore vu avec le CSE »)."""

    @property
    def nothing(self) -> bool:
        """Whether nothing of it was understood."""
        return not self.answers and self.intention is None


def hear(text: str, asked: Question | None, questions: Mapping[str, Question], mentions: Mentions) -> Heard:
    """Return what `text` answers.

    Args:
        text: the message, without the questions that it asks back.
        asked: the question put to the person, if any.
        questions: those of the call, by id: a place, a kind of establishment or a year is heard at any moment.
        mentions: what `text` names.
    """
    answers = _named(questions, mentions)
    folded = fold(text)
    meant = _meant(folded, asked, questions)
    if meant is not None and meant.id not in answers:
        value = _answer(folded, meant)
        if value is not None:
            return Heard({**answers, meant.id: value})
    if answers:
        return Heard(answers)
    return Heard(answers, _intention(folded), meant.id if meant else None)


def intention_of(text: str) -> Intention | None:
    """Return what a message wants of a questionnaire (stop, skip, does not know…), None when its words do not tell."""
    return _intention(fold(text))


def corrects(text: str) -> bool:
    """Return whether a message takes back what was said before of the establishment."""
    folded = fold(text)
    return "?" not in text and _says("corrects", folded) and not _says("other_subject", folded)


def _meant(folded: str, asked: Question | None, questions: Mapping[str, Question]) -> Question | None:
    """Return the question that a message is about: the one asked, unless it names the subject of one other only."""
    said = {stem(word) for word in content_words(folded)}

    def named(question: Question) -> bool:
        return bool(said & {stem(word) for word in content_words(question.short)})

    if asked is None or named(asked):
        return asked
    others = [item for item in questions.values() if item.type is QuestionType.YES_NO and named(item)]
    return others[0] if len(others) == 1 else asked


def _named(questions: Mapping[str, Question], mentions: Mentions) -> dict[str, Value]:
    """Return the answers that names alone give: the département, the kind of establishment, a year to choose."""
    answers: dict[str, Value] = {}
    if DEPARTMENT in questions and len(mentions.departments) == 1:
        answers[DEPARTMENT] = mentions.departments[0]
    if KIND in questions and mentions.establishments:
        # A precise kind says more than a generic one (« un EHPAD, donc un ESMS »).
        precise = {choice.id for choice in questions[KIND].choices if not choice.covers}
        named = [kind for kind in mentions.establishments if kind in precise] or list(mentions.establishments)
        answers[KIND] = named[0]
    for name, question in questions.items():
        years = [str(year) for year in mentions.years if str(year) in {choice.id for choice in question.choices}]
        if name != DEPARTMENT and len(years) == 1:
            answers[name] = years[0]
    return answers


def _answer(folded: str, asked: Question) -> Value | None:
    if asked.type is QuestionType.YES_NO:
        for kind in ("stop", "restart", "unknown", "later", "skip"):
            if _says(kind, folded):
                return None
        return False if _says("refuses", folded) else True if _says("accepts", folded) else None
    if asked.type is QuestionType.NUMBER:
        found = _NUMBER.search(folded)
        if found:
            return int(found.group())
        return next((_IN_WORDS.index(word) for word in folded.split() if word in _IN_WORDS[2:]), None)
    if asked.type is QuestionType.DATE:
        return day_in(folded)
    if asked.type is QuestionType.DEPARTMENT:
        # Places are recognised by name beforehand; only a bare code is left to read.
        return next((choice.id for choice in asked.choices if fold(choice.id) == folded), None)
    if any(_says(kind, folded) for kind in ("stop", "restart", "unknown", "skip")):
        return None
    return _choice(folded, asked)


def _choice(folded: str, asked: Question) -> str | None:
    for choice_id, patterns in _content()["choices"].get(asked.id, {}).items():
        if patterns.search(folded):
            return str(choice_id)
    said = set(content_words(folded))
    best: tuple[float, str] | None = None
    for choice in asked.choices:
        words = set(content_words(choice.label))
        shared = len(said & words) / len(words) if words else 0.0
        alike = fuzz.ratio(folded, fold(choice.label)) >= _ALIKE or folded == fold(choice.id)
        score = 1.0 if alike else shared
        if score >= _SHARED_WORDS and (best is None or score > best[0]):
            best = score, choice.id
    return best[1] if best else None


def _intention(folded: str) -> Intention | None:
    return next((item for item in Intention if _says(item.value, folded)), None)


def _says(kind: str, folded: str) -> bool:
    return bool(_content()[kind].search(folded))


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    written = yaml.safe_load(_FILE.read_text("utf-8"))
    lists = {kind: _one_of(patterns) for kind, patterns in written.items() if kind != "choices"}
    choices = {
        question: {choice: _one_of(patterns) for choice, patterns in by_choice.items()}
        for question, by_choice in written["choices"].items()
    }
    return {**lists, "choices": choices}


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    return compile_pattern("|".join(f"(?:{pattern})" for pattern in patterns))
