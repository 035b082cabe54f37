"""Starting over: what the conversation had in hand is forgotten."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction
from actions.wire import said
from knowledge.answering.assistant import Assistant


class ActionStartOver(SafeAction):
    """Forgets the call, place and topic in hand."""

    def name(self) -> str:
        return "action_start_over"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        dispatcher.utter_message(json_message=said("restarted"))
        return [AllSlotsReset()]
