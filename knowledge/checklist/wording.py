"""A checklist in French, and as plain dictionaries for the public API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from knowledge.base.records import State
from knowledge.base.situation import Situation, situation
from knowledge.checklist.items import Checklist, Item
from knowledge.french.dates import french_date
from knowledge.french.phrases import phrase
from knowledge.wording.sources import citations
from knowledge.wording.values import Answer, Button


def checklist_as_dict(checklist: Checklist, now: datetime) -> dict[str, Any]:
    """Return a checklist for the public API."""
    record = checklist.record
    state = situation(record, now)
    return {
        "call": {"id": record.id, "title": record.short_title, "situation": state.status.value},
        "notice": _notice(state),
        "preparation_only": state.over,
        "groups": [
            {"id": group.id, "title": group.title, "items": [_item(checklist, item) for item in items]}
            for group, items in _by_group(checklist.items)
        ],
        "not_stated": [{"text": fact.text, "topic": fact.topic} for fact in checklist.silences],
        "planning": [
            {"days_before": step.days_before, "date": step.day.isoformat(), "text": step.text, "suggested": True}
            for step in checklist.planning
        ],
    }


def checklist_answer(checklist: Checklist, now: datetime, *, open_only: bool = False) -> Answer:
    """Return a checklist as a message; `open_only`: only what remains to be done."""
    record = checklist.record
    state = situation(record, now)
    name = phrase(f"situation.{state.status.value}")
    lines = [
        phrase("checklist.header", title=record.short_title, situation=name),
        _count(checklist),
    ]
    shown = [item for item in checklist.items if not open_only or not item.progress.is_settled]
    for group, items in _by_group(shown):
        lines.append(phrase("checklist.group", title=group.title))
        lines += [_line(item) for item in items]
    if not shown and checklist.items:
        lines.append(phrase("checklist.nothing_left"))
    if not checklist.items or not open_only:
        lines += [phrase("checklist.silence", text=fact.text) for fact in checklist.silences]
    if checklist.planning and not state.over and not open_only:
        lines.append(phrase("checklist.planning"))
        lines += [
            phrase("checklist.step", date=french_date(step.day), days=step.days_before, text=step.text)
            for step in checklist.planning
        ]
    lines.append(_notice(state))
    buttons = (
        Button(phrase("checklist.button_deadline"), "deadline", record.id),
        Button(phrase("eligibility.button_check"), "check", record.id),
    )
    facts = [item.fact for item in checklist.items] or list(checklist.silences)
    return Answer("\n".join(lines), State.STATED, "checklist", record, state, citations(record, facts), buttons)


def noted_answer(checklist: Checklist, told: Sequence[tuple[Item, str]]) -> Answer:
    """Return what was noted of items, and how many remain, with a button to see them."""
    lines = [phrase("checklist.noted", text=item.fact.text, said=said) for item, said in told]
    lines.append(_count(checklist))
    buttons = (Button(phrase("checklist.button_list"), "checklist", checklist.record.id),)
    return Answer("\n".join(lines), State.STATED, "checklist", checklist.record, buttons=buttons)


def _count(checklist: Checklist) -> str:
    done = sum(item.progress.is_settled for item in checklist.items)
    return phrase("checklist.count", done=done, total=len(checklist.items))


def _by_group(items: Sequence[Item]) -> list[tuple[Any, list[Item]]]:
    return [(group, list(found)) for group, found in groupby(items, key=lambda item: item.group)]


def _notice(state: Situation) -> str:
    return phrase("checklist.preparation_only" if state.over else "checklist.own_words")


def _line(item: Item) -> str:
    text = phrase("checklist.item", progress=phrase(f"checklist.progress.{item.progress.value}"), text=item.fact.text)
    if item.optional:
        text = phrase("checklist.optional", text=text)
    extra = [phrase("checklist.who", who=item.who)] if item.who else []
    extra += [item.note] if item.note else []
    return phrase("checklist.with_note", text=text, note=" ; ".join(extra)) if extra else text


def _item(checklist: Checklist, item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": item.fact.text,
        "state": item.progress.value,
        "optional": item.optional,
        "who": item.who,
        "note": item.note,
        "why": item.group.why,
        "source": vars(citations(checklist.record, [item.fact])[0]),
    }
