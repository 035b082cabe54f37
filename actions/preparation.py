"""What a conversation says of an application in preparation: answers to the check, items of the checklist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

from knowledge.answering.assistant import Assistant
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.hearing import hear

_HEARD_BEFORE = 20  # messages of the person, read again when a check or a dossier starts


def intent_of_message(tracker: Tracker) -> str:
    """Return the intent of the last message; empty when there is none."""
    return (tracker.latest_message.get("intent") or {}).get("name") or ""


def choice_of_button(tracker: Tracker) -> str | None:
    """Return the choice that the last message carries, when it is a button's."""
    entities = tracker.latest_message.get("entities") or ()
    return next((str(item["value"]) for item in entities if item["entity"] == "choice"), None)


def said_before(assistant: Assistant, judge: Judge, tracker: Tracker) -> Iterator[tuple[str, Any]]:
    """Yield what the person already said of the establishment, the latest last: it is not asked again."""
    for text in _texts(tracker):
        yield from named_in(assistant, judge, text).items()


def named_in(assistant: Assistant, judge: Judge, text: str) -> dict[str, Any]:
    """Return the answers that the names in `text` give: a place, a kind of establishment, a year."""
    return dict(hear("", None, judge.questions, assistant.mentions(text)).answers)


def answer_to(assistant: Assistant, judge: Judge, name: str, text: str) -> str | None:
    """Return what `text` answers to a question common to all calls, None when it does not."""
    questions = {**judge.common_questions, **judge.questions}
    value = hear(text, questions[name], {name: questions[name]}, assistant.mentions(text)).answers.get(name)
    return str(value) if value is not None else None


def content_said(assistant: Assistant, judge: Judge, tracker: Tracker) -> dict[str, Any]:
    """Return what the conversation holds for a dossier of the judge's call (knowledge/dossiers/content_schema.json)."""
    texts = list(_texts(tracker))
    answers = {name: value for text in texts for name, value in named_in(assistant, judge, text).items()}
    towns = [place.name for text in texts for place in assistant.mentions(text).places if place.kind == "town"]
    check: dict[str, Any] = tracker.get_slot("check") or {}
    if check.get("call") == judge.record.id:
        answers = {**answers, **check["answers"]}
    followed: dict[str, Any] = tracker.get_slot("checklist") or {}
    items = followed.get("items", {}) if followed.get("call") == judge.record.id else {}
    establishment = {"town": towns[-1]} if towns else {}
    return {"answers": answers, "checklist": items, "establishment": establishment}


def _texts(tracker: Tracker) -> Iterator[str]:
    texts = [event.get("text") or "" for event in tracker.events if event.get("event") == "user"]
    return (text for text in texts[-_HEARD_BEFORE:] if not text.startswith("/"))
