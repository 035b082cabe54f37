"""The conversation's memory: slots read into a context, a context written back as slots."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.wire import message_of
from knowledge.answering.assistant import Reply
from knowledge.conditions.state import Interview
from knowledge.understanding.choice import Context

_LISTS = ("regions", "establishments", "listed")


def context_of(tracker: Tracker) -> Context:
    """Return what the conversation has in hand."""
    lists: dict[str, Any] = {name: tuple(tracker.get_slot(name) or ()) for name in _LISTS}
    known = {
        "record_id": tracker.get_slot("call"),
        "topic": tracker.get_slot("topic"),
        "said": tracker.get_slot("said"),
    }
    check = tracker.get_slot("check")
    return Context(**known, **lists, checked=Interview.from_dict(check) if check else None)


def answer_with(reply: Reply, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Say a reply, and return the events that write the context after it."""
    for answer in reply.answers:
        dispatcher.utter_message(json_message=message_of(answer))
    return remember(tracker, reply.context)


def remember(tracker: Tracker, context: Context) -> list[EventType]:
    """Return the events that write `context`: only what changed, and a cleared count of misunderstandings."""
    values: dict[str, Any] = {"call": context.record_id, "topic": context.topic, "said": context.said}
    values["misunderstood"] = 0.0
    values["check"] = context.checked.as_dict() if context.checked else None
    values.update({name: list(getattr(context, name)) or None for name in _LISTS})
    return [
        SlotSet(name, value) for name, value in values.items() if (tracker.get_slot(name) or None) != (value or None)
    ]
