"""The documents of an application: which ones, filled with what, handed to the web part that serves them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.call_choice import call_to_prepare
from actions.dossier_turn import Turn
from actions.memory import context_of, remember
from actions.preparation import content_said
from actions.understanding import clauses_of
from actions.wire import message_of
from knowledge.answering.assistant import Assistant
from knowledge.documents.choosing import wanted
from knowledge.documents.wording import documents_answer
from knowledge.dossiers.content import merged


class ActionDocuments(SafeAction):
    """Offers the documents that a message asks for, or all those of the call."""

    def name(self) -> str:
        return "action_documents"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        turn = Turn(assistant, dispatcher, tracker)
        context = context_of(tracker)
        found = turn.in_hand()
        clauses = clauses_of(tracker, assistant)
        named = any(clause.mentions.records or clause.mentions.places for clause in clauses)
        if found and found.record_id in assistant.base.summaries and not named:
            record_id: str | None = found.record_id
        else:
            record_id = call_to_prepare(assistant, dispatcher, clauses, context, "forms")
        if record_id is None:
            return []
        judge = assistant.judge(record_id)
        own = found if found and found.record_id == record_id else None
        content = merged(own.content if own else {}, content_said(assistant, judge, tracker), judge)
        offered = wanted(turn.text, judge.record)
        message = message_of(documents_answer(judge.record, offered, clock().now(), kept=own is not None))
        parcel = {
            "call": record_id,
            "content": content,
            "reference": own.reference if own else "",
            "items": [[kind.value, fmt.value] for kind, fmts in offered.items() for fmt in fmts],
        }
        dispatcher.utter_message(json_message={**message, "documents": parcel})
        return remember(tracker, context.on(record_id, context.topic))
