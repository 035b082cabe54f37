"""An assessment in French, and as plain dictionaries for the public API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from knowledge.base.records import Fact, Record, State
from knowledge.base.situation import situation
from knowledge.conditions.model import Question, QuestionType
from knowledge.conditions.reading import DEPARTMENT, KIND, common_content
from knowledge.conditions.rules import Between, Dated, Value, Verdict, conditions
from knowledge.eligibility.assessment import Assessment, Change, Judge, Judged
from knowledge.eligibility.profile import Kinds
from knowledge.french.dates import french_day, french_list
from knowledge.french.phrases import phrase
from knowledge.places.codes import departments, regions
from knowledge.wording.sources import citations

MOST_CHOICES = 6


def overall_text(verdict: Verdict) -> str:
    """Return the sentence for the whole verdict."""
    return phrase(f"eligibility.overall.{verdict.value}")


def answer_text(question: Question, value: Value) -> str:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return phrase("eligibility.answer_yes" if value else "eligibility.answer_no")
    if question.type is QuestionType.DATE:
        return french_day(str(value))
    return next((choice.label for choice in question.choices if choice.id == value), str(value))


def reason(judged: Judged, assessment: Assessment) -> str:
    """Return why a criterion has its verdict: what was answered or is missing, and the clause."""
    questions, answers = assessment.judge.questions, assessment.answers
    asked = _asked(judged)
    parts = []
    known = [
        phrase("eligibility.answer", short=questions[name].short, answer=answer_text(questions[name], answers[name]))
        for name in asked
        if name in answers
    ]
    if known:
        parts.append(phrase("eligibility.answered", answers=" ; ".join(known)))
    if judged.missing:
        shorts = french_list([questions[name].short for name in judged.missing])
        parts.append(phrase("eligibility.missing", questions=shorts))
    facts = _facts(assessment.judge.record, judged)
    if len(set(judged.by_reading)) > 1:
        parts.append(phrase("eligibility.readings", count=len(judged.by_reading)))
        parts[-1] += " " + " ; ".join(_readings(facts, judged)) + "."
        parts.append(phrase("eligibility.ask_agency"))
    else:
        clauses = [fact.text for fact in facts if fact.text and fact.state is not State.CONFLICT]
        parts.append(phrase("eligibility.clause", clause=" ; ".join(clauses)))
    return " ".join(parts)


def would_change(judged: Judged, assessment: Assessment) -> str | None:
    """Return the smallest change for a criterion to be met; None when it is."""
    if judged.verdict is Verdict.MET:
        return None
    changes = assessment.changes(judged)
    if not changes:
        return phrase("eligibility.no_change")
    needed = french_list([_change(item, judged, assessment.judge.kinds) for item in changes])
    return phrase("eligibility.change", changes=needed)


def assessment_as_dict(assessment: Assessment, now: datetime) -> dict[str, Any]:
    """Return the verdict for the public API."""
    record = assessment.judge.record
    state = situation(record, now)
    return {
        "call": {"id": record.id, "title": record.short_title, "situation": state.status.value},
        "verdict": assessment.verdict.value,
        "summary": overall_text(assessment.verdict),
        "notice": phrase("eligibility.indicative"),
        "indicative": True,
        "criteria": [_criterion(item, assessment) for item in assessment.criteria],
        "missing": list(assessment.missing),
    }


def questions_as_dict(judge: Judge, now: datetime) -> dict[str, Any]:
    """Return the questions of a call for the public API."""
    record = judge.record
    return {
        "call": {"id": record.id, "title": record.short_title, "situation": situation(record, now).status.value},
        "questions": [
            {
                "id": question.id,
                "label": question.label,
                "help": question.help,
                "type": question.type.value,
                "choices": [{"id": choice.id, "label": choice.label} for choice in question.choices],
            }
            for question in judge.questions.values()
        ],
        "notice": phrase("eligibility.indicative"),
    }


def _criterion(judged: Judged, assessment: Assessment) -> dict[str, Any]:
    facts = _facts(assessment.judge.record, judged)
    return {
        "id": judged.criterion.id,
        "label": judged.criterion.label,
        "verdict": judged.verdict.value,
        "reason": reason(judged, assessment),
        "source": vars(citations(assessment.judge.record, facts)[0]),
        "would_change": would_change(judged, assessment),
        "missing": list(judged.missing),
        "readings": [
            {"text": text, "verdict": verdict.value}
            for text, verdict in zip(_reading_texts(facts), judged.by_reading)
            if len(judged.by_reading) > 1
        ],
    }


def _asked(judged: Judged) -> Iterable[str]:
    return dict.fromkeys(item.question for rule in judged.criterion.readings for item in conditions(rule))


def _facts(record: Record, judged: Judged) -> list[Fact]:
    wanted = judged.criterion.facts
    return sorted((fact for fact in record.facts if fact.id in wanted), key=lambda fact: wanted.index(fact.id))


def _reading_texts(facts: Sequence[Fact]) -> list[str]:
    return [reading.text or "" for fact in facts if fact.state is State.CONFLICT for reading in fact.readings]


def _readings(facts: Sequence[Fact], judged: Judged) -> list[str]:
    return [
        phrase("eligibility.reading", text=text, verdict=phrase(f"eligibility.verdict.{verdict.value}"))
        for text, verdict in zip(_reading_texts(facts), judged.by_reading)
    ]


def _change(change: Change, judged: Judged, kinds: Kinds) -> str:
    question = change.question
    if question.type is QuestionType.YES_NO:
        wanted = question.change if change.values[0] is True else question.change_no
        return (wanted or question.change).format(choices="")
    if question.type in {QuestionType.NUMBER, QuestionType.DATE}:
        return question.change.format(choices=_limits(question, judged))
    return question.change.format(choices=_choices(question, [str(value) for value in change.values], kinds))


def _limits(question: Question, judged: Judged) -> str:
    limits = [item for rule in judged.criterion.readings for item in conditions(rule) if item.question == question.id]
    numbers = [item for item in limits if isinstance(item, Between)]
    words = [phrase("eligibility.at_least", number=item.least) for item in numbers if item.least is not None]
    words += [phrase("eligibility.at_most", number=item.most) for item in numbers if item.most is not None]
    days = [item for item in limits if isinstance(item, Dated)]
    words += [phrase("eligibility.not_before", date=french_day(item.first)) for item in days if item.first]
    words += [phrase("eligibility.not_after", date=french_day(item.last)) for item in days if item.last]
    return french_list(list(dict.fromkeys(words)))


def _choices(question: Question, values: Sequence[str], kinds: Kinds) -> str:
    """Return the right answers in words: a region, a sector, or the choices themselves."""
    if question.id == DEPARTMENT:
        for region in regions():
            if set(values) == {item.code for item in departments() if item.region_code == region.code}:
                return phrase("eligibility.region", region=region.name)
    labels: Mapping[str, str] = {choice.id: choice.label for choice in question.choices}
    named = [labels[value] for value in values]
    if question.id == KIND:
        named = _sectors(values, kinds) or named
    if len(named) > MOST_CHOICES:
        rest = len(named) - MOST_CHOICES
        return phrase("eligibility.others", choices=", ".join(named[:MOST_CHOICES]), count=rest)
    return phrase("eligibility.or").join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]


def _sectors(values: Sequence[str], kinds: Kinds) -> list[str]:
    """Return the names of the sectors that `values` fill exactly, or nothing."""
    names: Mapping[str, str] = common_content()["sectors"]
    of = {key: kind.sector for key, kind in kinds.known.items() if not kind.covers}
    found = {of[value] for value in values if value in of}
    whole = {key for key, sector in of.items() if sector in found}
    return [names[sector] for sector in names if sector in found] if whole == set(values) else []
