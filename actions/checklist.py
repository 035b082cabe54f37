"""The application checklist: shown, and kept up to date with what the person says."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.call_choice import call_to_prepare
from actions.dossier_turn import Turn
from actions.memory import context_of, remember
from actions.understanding import Clause, clauses_of
from actions.wire import message_of
from knowledge.answering.assistant import Assistant
from knowledge.checklist.hearing import Mark, hear_marks, marked
from knowledge.checklist.items import checklist_of
from knowledge.checklist.wording import checklist_answer, noted_answer
from knowledge.french.dates import french_list
from knowledge.french.phrases import phrase
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

# « Il reste quoi ? » asks for what is left; on folded text.
_LEFT = compile_pattern(r"\b(reste|restent|manque|encore)\b|ou (j|on|nous) en")


class ActionChecklist(SafeAction):
    """Shows what is to prepare, or what is left of it, after noting what the message says was done."""

    def name(self) -> str:
        return "action_checklist"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        clauses = clauses_of(tracker, assistant)
        record_id = call_to_prepare(assistant, dispatcher, clauses, context, "checklist")
        if record_id is None:
            return []
        kept: dict[str, Any] = tracker.get_slot("checklist") or {}
        marks: dict[str, dict[str, str]] = kept.get("items", {}) if kept.get("call") == record_id else {}
        record = assistant.base.get(record_id)
        heard = _marks(assistant, record_id, clauses)
        for mark in heard:
            marks = marked(marks, mark)
        checklist = checklist_of(record, marks)
        if heard:
            Turn(assistant, dispatcher, tracker).keep(assistant.judge(record_id), {"checklist": marks})
            dispatcher.utter_message(
                json_message=message_of(noted_answer(checklist, [(m.item, _said(m)) for m in heard]))
            )
        else:
            left = bool(_LEFT.search(fold(tracker.latest_message.get("text") or "")))
            dispatcher.utter_message(
                json_message=message_of(checklist_answer(checklist, clock().now(), open_only=left))
            )
        return [
            *remember(tracker, context.on(record_id, "documents")),
            SlotSet("checklist", {"call": record_id, "items": marks}),
        ]


def _marks(assistant: Assistant, record_id: str, clauses: list[Clause]) -> list[Mark]:
    items = checklist_of(assistant.base.get(record_id)).items
    index = assistant.index(record_id)
    told = (clause.text for clause in clauses if clause.text and "?" not in clause.text)
    return [mark for text in told for mark in hear_marks(text, items, index)]


def _said(mark: Mark) -> str:
    parts = [phrase(f"checklist.progress.{mark.progress.value}")] if mark.progress else []
    parts += [phrase("checklist.who", who=mark.who)] if mark.who else []
    return french_list(parts)
