"""Saying the last answer again, from the same facts."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.memory import context_of
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant
from knowledge.base.topics import load_topics
from knowledge.understanding.lexicon import Mentions
from knowledge.understanding.question import Question


class ActionRepeat(SafeAction):
    """Repeats the answer on the call and topic in hand, or asks what to repeat."""

    def name(self) -> str:
        return "action_repeat"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        if context.topic not in load_topics():
            dispatcher.utter_message(json_message=said("nothing_to_repeat"))
            return []
        reply = assistant.reply(Question.on(context.topic, Mentions()), context, clock().now())
        for answer in reply.answers:
            dispatcher.utter_message(json_message=message_of(answer))
        return []
