"""What looks like talk beside the calls: a set phrase, unless the call in hand has the answer."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.memory import answer_with, context_of
from actions.understanding import clauses_of
from knowledge.answering.assistant import Assistant


class ActionOffTopic(SafeAction):
    """Declines what is not about the calls; on the page of a call, its document may speak of it all the same."""

    def name(self) -> str:
        return "action_off_topic"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        clause = clauses_of(tracker, assistant)[0]
        question = replace(clause.question(""), text=tracker.latest_message.get("text") or "")
        reply = assistant.on_the_call_in_hand(question, context, clock().now())
        if reply is None:
            dispatcher.utter_message(response="utter_off_topic")
            return []
        return answer_with(reply, dispatcher, tracker)
