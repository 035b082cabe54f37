"""Keeping, for the agents, the questions that got no answer; masked before they are stored."""

from __future__ import annotations

from actions.base import assistant, clock
from knowledge.choice import Context
from knowledge.masking import mask
from knowledge.store import UnansweredQuestion

_LONGEST = 1000


def keep(text: str, context: Context, reason: str) -> None:
    """Keep a question; `reason` is not_understood, handed_over or asked_for_person."""
    question = UnansweredQuestion(clock().now(), mask(text)[:_LONGEST], context.record_id, context.topic, reason)
    assistant().catalogue.store.keep_question(question)
