"""A dossier in French: what it holds, what it still asks; and as plain dictionaries for the public API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from knowledge.base.records import Record, State
from knowledge.base.situation import situation
from knowledge.checklist.items import checklist_of
from knowledge.conditions.reading import KIND
from knowledge.dossiers.consent import Consent
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.filling import (
    LETTER,
    Field,
    FieldKind,
    Filling,
    applies,
    fields_of,
    next_field,
    shown,
    value_of,
)
from knowledge.eligibility.assessment import Judge
from knowledge.finess.loader import Establishment
from knowledge.finess.numbers import FinessKind
from knowledge.french.dates import local_day
from knowledge.french.phrases import phrase
from knowledge.wording.values import Answer, Button, Control, Form


def dossier_button(label: str, choice: str, record: Record | None = None) -> Button:
    """Return a button on the dossier; `label` is a phrase's name, `choice` a wish or an answer."""
    return Button(phrase(f"dossier.{label}"), "dossier", record.id if record else None, choice=choice)


def next_steps(*labels: str, record: Record | None = None) -> tuple[Button, ...]:
    """Return the buttons that lead on, by the names of their phrases."""
    choices = {
        "button_save": "save",
        "button_fill": "correct",
        "button_show": "show",
        "button_erase": "erase",
        "button_new_code": "new_code",
    }
    return tuple(dossier_button(label, choices[label], record) for label in labels)


def consent_answer(record: Record, consent: Consent) -> Answer:
    """Return what a person must read before anything is kept, with the two buttons."""
    buttons = (
        dossier_button("button_accept", f"accept:{consent.version}", record),
        dossier_button("button_refuse", "refuse", record),
    )
    return Answer(phrase("dossier.consent", text=consent.text), State.STATED, "dossier", record, buttons=buttons)


def talk_about_consent(question: str | None, consent: Consent) -> str:
    """Return what is said to a question on the consent (assent.yml), and the consent asked again."""
    return _talk(
        "consent", question, phrase("dossier.consent_again"), holder=_upper(consent.holder), days=consent.kept_for.days
    )


def talk_about_erasing(question: str | None, reference: str) -> str:
    """Return what is said to a question on an erasure (assent.yml), and the confirmation asked again."""
    return _talk("erase", question, phrase("dossier.erase_again", reference=reference))


def _talk(matter: str, question: str | None, again: str, **values: object) -> str:
    told = phrase(f"dossier.about.{matter}.{question}", **values) if question else phrase("dossier.hesitates")
    return f"{told}\n{again}"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def created_answer(dossier: Dossier, record: Record, now: datetime) -> Answer:
    """Return what is said of a dossier just created; who delivers it fills the reference and the code in."""
    text = phrase("dossier.created", title=record.short_title, date=local_day(dossier.expires_at))
    return _on(record, text, now, next_steps("button_fill", "button_show", "button_erase"))


def summary_answer(dossier: Dossier, judge: Judge, now: datetime) -> Answer:
    """Return what a dossier holds, as a message."""
    record, content = judge.record, dossier.content
    name = phrase(f"situation.{situation(record, now).status.value}")
    lines = [
        phrase("dossier.summary", reference=dossier.reference, title=record.short_title, situation=name),
        *_field_lines(dossier, judge),
    ]
    if content.get("answers"):
        verdict = judge.assess(content["answers"]).verdict
        lines.append(phrase("dossier.summary_check", verdict=phrase(f"dossier.verdict.{verdict.value}")))
    items = checklist_of(record, content.get("checklist", {})).items
    if items:
        done = sum(item.progress.is_settled for item in items)
        lines.append(phrase("dossier.summary_checklist", done=done, total=len(items)))
    letter = [field for field in fields_of(record) if field.kind is FieldKind.LETTER]
    if letter:
        written = sum(bool(value_of(content, field)) for field in letter)
        lines.append(phrase("dossier.summary_letter", done=written, total=len(letter)))
    lines.append(phrase("dossier.summary_kept", date=local_day(dossier.expires_at)))
    return _on(record, "\n".join(lines), now, next_steps("button_fill", "button_erase", "button_new_code"))


def question_answer(
    dossier: Dossier,
    record: Record,
    field: Field,
    filling: Filling,
    told: str | None,
    now: datetime,
    proposed: Sequence[Establishment] = (),
) -> Answer:
    """Return the question that asks for a field, with its progress.

    Args:
        dossier, record: the dossier, and its call.
        field: the one asked.
        filling: where the filling stands.
        told: what was noted just before, said first.
        now: aware instant.
        proposed: establishments of the national directory that may be this one, to press rather than type.
    """
    fields = [item for item in fields_of(record) if applies(dossier.content, item)]
    done = sum(bool(value_of(dossier.content, item)) or item.id in filling.passed for item in fields)
    number = min(done + 1, len(fields))
    lines = [told] if told else []
    lines.append(phrase("dossier.progress", number=number, total=len(fields), question=field.question))
    if not told:
        lines.append(phrase("dossier.hint"))
    if proposed:
        lines.append(phrase("dossier.proposed"))
        lines += [phrase("dossier.proposed_line", **_place_in_directory(item)) for item in proposed]
    choices = [(item.number, item.number) for item in proposed]
    if field.kind is FieldKind.FINESS_KIND:
        choices = [(shown(field, kind.value), kind.value) for kind in FinessKind]
    options = tuple(Button(label, "dossier", record.id, choice=f"value:{value}") for label, value in choices)
    # A number proposed is pressed at once, or another typed: only what has no other answer is a choice of one.
    closed = field.kind is FieldKind.FINESS_KIND
    control = Control.RADIO if closed else Control.TEXT
    form = Form(control, field.question, min(done, len(fields)), len(fields), options if closed else ())
    buttons = (
        *(() if closed else options),
        dossier_button("button_skip", "skip", record),
        dossier_button("button_stop", "stop", record),
    )
    return replace(_on(record, "\n".join(lines), now, buttons), form=form)


def _place_in_directory(item: Establishment) -> dict[str, str]:
    return {"number": item.number, "label": item.name, "town": item.town}


def noted(field: Field, value: str | None, warning: str | None = None) -> str:
    """Return « Noté : … », so that a misunderstanding shows at once."""
    if value is None:
        text = phrase("dossier.emptied", short=field.short)
    elif field.kind is FieldKind.LETTER:
        text = phrase("dossier.letter_noted")
    else:
        text = phrase("dossier.noted", short=field.short, value=shown(field, value))
    return f"{text} {phrase(f'dossier.{warning}')}" if warning else text


def end_answer(dossier: Dossier, record: Record, told: str | None, now: datetime) -> Answer:
    """Return what is said when nothing is asked any more: filled, or what is left."""
    empty = [field for field in fields_of(record) if not value_of(dossier.content, field)]
    left = [field.short for field in empty if applies(dossier.content, field)]
    lines = [told] if told else []
    lines.append(phrase("dossier.left", fields=" ; ".join(left)) if left else phrase("dossier.filled"))
    return _on(record, "\n".join(lines), now, next_steps("button_show", "button_erase"))


def dossier_as_dict(dossier: Dossier) -> dict[str, Any]:
    """Return a dossier for its owner, through the public API."""
    return {
        "reference": dossier.reference,
        "call": dossier.record_id,
        "version": dossier.version,
        "content": dict(dossier.content),
        "consent": {"version": dossier.consent, "given_at": _iso(dossier.consented_at)},
        "created_at": _iso(dossier.created_at),
        "updated_at": _iso(dossier.updated_at),
        "expires_at": _iso(dossier.expires_at),
    }


def following(dossier: Dossier, record: Record, filling: Filling) -> Field | None:
    """Return the next field to ask."""
    return next_field(dossier.content, fields_of(record), filling.passed)


def _field_lines(dossier: Dossier, judge: Judge) -> list[str]:
    lines = []
    for field in fields_of(judge.record):
        value = value_of(dossier.content, field)
        if not value or field.id.startswith(LETTER):
            continue
        short = field.short[:1].upper() + field.short[1:]
        # The conversation is kept elsewhere, and read by more people than the dossier.
        hidden = field.kind is FieldKind.EMAIL
        if field.id == f"answers.{KIND}":
            value = judge.kinds.known[value].name if value in judge.kinds.known else value
        line = "dossier.summary_email" if hidden else "dossier.summary_field"
        lines.append(phrase(line) if hidden else phrase(line, short=short, value=shown(field, value)))
    return lines or [phrase("dossier.summary_empty")]


def _on(record: Record, text: str, now: datetime, buttons: tuple[Button, ...]) -> Answer:
    return Answer(text, State.STATED, "dossier", record, situation(record, now), (), buttons)


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
