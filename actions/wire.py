"""From answers to what Rasa carries: the structured message of the public contract, buttons as payloads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from knowledge.base.records import State
from knowledge.french.phrases import phrase
from knowledge.wording.values import Answer, Button, Form

_INTENTS = {
    "list": "list_calls",
    "compare": "compare_calls",
    "context": "specify_context",
    "check": "check_eligibility",
    "checklist": "follow_checklist",
    "dossier": "manage_dossier",
    "forms": "make_documents",
}


def intent_of(topic: str) -> str:
    """Return the intent that asks about `topic`."""
    return _INTENTS.get(topic, f"ask_{topic}")


def topic_of(intent: str) -> str:
    """Return the topic that an intent asks about (the inverse of `intent_of`)."""
    for topic, name in _INTENTS.items():
        if name == intent:
            return topic
    return intent.removeprefix("ask_")


def payload_of(button: Button) -> str:
    """Return the message that a button stands for; only the server may send it."""
    entities = {
        "call": button.record_id,
        "department": button.department,
        "term": button.term,
        "choice": button.choice,
    }
    given = {name: value for name, value in entities.items() if value}
    intent = "specify_context" if button.department else intent_of(button.topic or "overview")
    return f"/{intent}" + (json.dumps(given, ensure_ascii=False) if given else "")


def message_of(answer: Answer, confidence: float | None = None) -> dict[str, Any]:
    """Return an answer as the dictionary that the channels receive.

    Args:
        confidence: calibrated probability, 0 to 1, that the question is about the answer's topic; None when nobody asked.
    """
    call = None
    if answer.record is not None and answer.situation is not None:
        call = {
            "id": answer.record.id,
            "title": answer.record.short_title,
            "situation": answer.situation.status.value,
        }
    return {
        "text": answer.text,
        "sources": [vars(source) for source in answer.sources],
        "call": call,
        "topic": answer.topic,
        "state": answer.state.value,
        "buttons": _pressed(answer.buttons),
        "contacts": [vars(contact) for contact in answer.contacts],
        "extracts": [vars(extract) for extract in answer.extracts],
        "confidence": confidence,
        "form": _form_of(answer.form) if answer.form else None,
        "decision": answer.decision.value if answer.decision else None,
        "lead": answer.lead,
        "verdict": answer.verdict,
        "points": list(answer.points),
        "more": answer.more,
    }


def _form_of(form: Form) -> dict[str, Any]:
    return {
        "control": form.control.value,
        "label": form.label,
        "done": form.done,
        "total": form.total,
        "options": _pressed(form.options),
    }


def _pressed(buttons: Sequence[Button]) -> list[dict[str, str]]:
    return [{"label": button.label, "payload": payload_of(button)} for button in buttons]


def said(name: str, buttons: Sequence[Button] = (), **values: object) -> dict[str, Any]:
    """Return a phrase of the dialogue in the same structured form as an answer."""
    return message_of(Answer(phrase(name, **values), State.UNKNOWN, buttons=tuple(buttons)))
