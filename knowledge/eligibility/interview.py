"""The check as a conversation: what was answered, what to ask next, and what to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from knowledge.base.records import Record, State
from knowledge.base.situation import situation
from knowledge.conditions.model import Question, QuestionType
from knowledge.conditions.rules import OneOf, Verdict, conditions
from knowledge.conditions.state import Interview
from knowledge.eligibility.assessment import Assessment, Judge, Judged
from knowledge.eligibility.hearing import Heard, Intention, hear
from knowledge.eligibility.wording import answer_text, overall_text, reason, would_change
from knowledge.french.dates import french_list
from knowledge.french.phrases import phrase
from knowledge.understanding.lexicon import Mentions
from knowledge.wording.sources import citations
from knowledge.wording.values import Answer, Button, Control, Form

MOST_RADIOS = 5


def take(interview: Interview, heard: Heard) -> Interview:
    """Return the interview once a message was heard; the question asked waits on when nothing answers it."""
    if heard.intention is Intention.RESTART:
        return Interview(interview.record_id)
    answers = {**interview.answers, **heard.answers}
    passed = tuple(name for name in interview.passed if name not in heard.answers)
    if heard.intention in {Intention.UNKNOWN, Intention.LATER, Intention.SKIP} and interview.asked:
        left = heard.about or interview.asked
        passed = (*(name for name in passed if name != left), left)
        answers.pop(left, None)
    return replace(interview, answers=answers, passed=passed)


def corrected(checked: Interview, judge: Judge, mentions: Mentions) -> Interview | None:
    """Return a check that is over, with what a message that corrects it names; None when nothing of it changes.

    Args:
        judge: that of the call checked.
        mentions: what the whole message names.
    """
    after = take(checked, hear("", None, judge.questions, mentions))
    return after if after.answers != checked.answers else None


def proceed(interview: Interview, judge: Judge) -> tuple[Interview, Question | None]:
    """Return the interview with its next question, and that question; None when there is none left."""
    question = judge.next_question(interview.answers, passed=interview.passed)
    return replace(interview, asked=question.id if question else None), question


def question_answer(interview: Interview, judge: Judge, question: Question, told: str | None = None) -> Answer:
    """Return the question as a message, with its progress and its control.

    Args:
        interview: where the check stands.
        judge: that of the call.
        question: the one to ask.
        told: what was noted just before, said first.
    """
    done = len(set(interview.answers) & set(judge.questions)) + len(interview.passed)
    left = judge.remaining(interview.answers, passed=interview.passed)
    progress = phrase("eligibility.progress", number=done + 1, total=done + len(left))
    lines = [told] if told else []
    lines += [phrase("eligibility.question", progress=progress, question=question.label)]
    if question.help:
        lines.append(question.help)
    if question.type is QuestionType.CHOICE and len(question.choices) <= MOST_RADIOS:
        lines += [phrase("bullet", text=choice.label) for choice in question.choices]
    control, options = _control(question, judge)
    form = Form(control, question.label, done, done + len(left), options)
    buttons = [_option("unknown", "unknown")] if control is not Control.RADIO else []
    buttons.append(_option("stop", "stop"))
    return Answer("\n".join(lines), State.STATED, buttons=tuple(buttons), record=judge.record, form=form)


def _control(question: Question, judge: Judge) -> tuple[Control, tuple[Button, ...]]:
    """Return how a question is answered, and the answers to choose among; vague ones are left to be said."""
    if question.type is QuestionType.NUMBER:
        return Control.NUMBER, ()
    if question.type is QuestionType.DATE:
        return Control.DATE, ()
    unknown = _option("unknown", "unknown")
    if question.type is QuestionType.YES_NO:
        return Control.RADIO, (_option("yes", "yes"), _option("no", "no"), unknown)
    if len(question.choices) <= MOST_RADIOS:
        return Control.RADIO, (*(Button(item.label, "context", choice=item.id) for item in question.choices), unknown)
    # The answers that the call is about come first: among a hundred départements, those of its region.
    named = _named(judge, question)
    precise = sorted((item for item in question.choices if not item.covers), key=lambda item: item.id not in named)
    return Control.SELECT, tuple(Button(item.label, "context", choice=item.id) for item in precise)


def _named(judge: Judge, question: Question) -> set[str]:
    """Return the ids of the choices that the call's criteria name."""
    rules = (rule for criterion in judge.eligibility.criteria for rule in criterion.readings)
    parts = (part for rule in rules for part in conditions(rule))
    return {
        value for part in parts if isinstance(part, OneOf) and part.question == question.id for value in part.values
    }


def _option(name: str, choice: str) -> Button:
    return Button(phrase(f"eligibility.button_{name}"), "context", choice=choice)


def check_button(record: Record, *, again: bool = False) -> Button:
    """Return the button that starts the check of a call; `again`, from its beginning."""
    return Button(phrase("eligibility.button_again" if again else "eligibility.button_check"), "check", record.id)


def noted(heard: Heard, judge: Judge) -> str | None:
    """Return « Noté : … » for what was heard, so that a misunderstanding shows at once."""
    known = [
        phrase(
            "eligibility.answer", short=judge.questions[name].short, answer=answer_text(judge.questions[name], value)
        )
        for name, value in heard.answers.items()
        if name in judge.questions
    ]
    if heard.about in judge.questions and heard.intention in {Intention.UNKNOWN, Intention.LATER}:
        known.append(phrase("eligibility.left_open", short=judge.questions[heard.about].short))
    return phrase("eligibility.noted", answers=" ; ".join(known)) if known else None


def verdict_answer(assessment: Assessment, now: datetime) -> Answer:
    """Return the verdict as a message: the whole, then each criterion that is not met, to confirm, met."""
    record = assessment.judge.record
    state = situation(record, now)
    name = phrase(f"situation.{state.status.value}")
    lines = [
        phrase("eligibility.header", title=record.short_title, situation=name),
        overall_text(assessment.verdict),
    ]
    told = [
        item
        for item in assessment.criteria
        if item.verdict is Verdict.NOT_MET or _disputed(item) or _answered_vaguely(item)
    ]
    lines += [_line(item, assessment) for item in told]
    unanswered = [name for item in assessment.criteria if item.verdict is Verdict.TO_CONFIRM for name in item.missing]
    if unanswered:
        shorts = [assessment.judge.questions[name].short for name in dict.fromkeys(unanswered)]
        lines.append(phrase("eligibility.to_confirm_line", questions=french_list(shorts)))
    met = [item.criterion.label for item in assessment.criteria if item.verdict is Verdict.MET]
    if met:
        lines.append(phrase("eligibility.met_line", criteria=french_list(met)))
    if state.over:
        lines.append(phrase("eligibility.over"))
    lines.append(phrase("eligibility.indicative"))
    facts = [fact for item in assessment.criteria for fact in record.facts if fact.id in item.criterion.facts]
    buttons = (
        check_button(record, again=not assessment.missing),
        Button(phrase("eligibility.button_checklist"), "checklist", record.id),
        Button(phrase("eligibility.button_contact"), "contact", record.id),
    )
    text = "\n".join(lines)
    return Answer(text, State.STATED, "eligibility", record, state, citations(record, facts), buttons)


def _disputed(item: Judged) -> bool:
    return item.verdict is Verdict.TO_CONFIRM and len(set(item.by_reading)) > 1


def _answered_vaguely(item: Judged) -> bool:
    """Return whether all was answered, but too vaguely to tell (« en 2016 », « un établissement médico-social »)."""
    return item.verdict is Verdict.TO_CONFIRM and not item.missing


def _line(item: Judged, assessment: Assessment) -> str:
    """Return a criterion that is not met or not settled by its answers, with its reason."""
    text = reason(item, assessment)
    change = would_change(item, assessment)
    if change and not _disputed(item):
        text = f"{text} {change}"
    verdict = phrase(f"eligibility.verdict.{item.verdict.value}")
    return phrase("eligibility.criterion", label=item.criterion.label, verdict=verdict, reason=text)
