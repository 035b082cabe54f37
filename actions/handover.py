"""Giving way to people: keeping the questions that got no answer, saying whom to contact."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import catalogue, clock
from actions.wire import said
from knowledge.answering.assistant import Assistant
from knowledge.base.store import UnansweredQuestion
from knowledge.privacy.conversations import conversation_hash
from knowledge.privacy.masking import mask
from knowledge.understanding.choice import Context
from knowledge.wording.rendering import whom_to_ask

_LONGEST = 1000


def keep(tracker: Tracker, text: str, context: Context, reason: str) -> None:
    """Keep a question; `reason` is not_understood, handed_over or asked_for_person. It goes with its conversation."""
    conversation = conversation_hash(tracker.sender_id)
    question = UnansweredQuestion(
        clock().now(), mask(text)[:_LONGEST], context.record_id, context.topic, reason, conversation
    )
    catalogue().store.keep_question(question)


def hand_over(
    assistant: Assistant,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    context: Context,
    text: str,
    reason: str = "asked_for_person",
) -> None:
    """Keep `text` for the agents, say so, and say whom to contact when that is known."""
    keep(tracker, text, context, reason)
    ask = whom_to_ask(assistant.base.get(context.record_id)) if context.record_id else None
    if ask:
        dispatcher.utter_message(json_message=said("hand_over_contact", contact=ask))
    else:
        dispatcher.utter_message(json_message=said("hand_over"))
