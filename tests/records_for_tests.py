"""Small records and questions, for the tests of the knowledge base."""

from __future__ import annotations

import copy
from datetime import datetime, timezone
from typing import Any

from knowledge.answering.assistant import Assistant
from knowledge.base.loader import publication_of
from knowledge.base.store import Publication
from knowledge.understanding.choice import Context
from knowledge.understanding.lexicon import Mentions
from knowledge.understanding.question import Question

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
CONTENT: dict[str, Any] = {
    "kind": "call",
    "title": "Soutien aux équipes de nuit de Bretagne",
    "short_title": "Appel équipes de nuit Bretagne 2026",
    "aliases": ["équipes de nuit"],
    "procedures": ["AAC"],
    "edition": "2026",
    "years": [2026],
    "territory": {"regions": ["53"]},
    "documents": [
        {
            "id": "page",
            "title": "Soutien aux équipes de nuit",
            "publisher": "ARS Bretagne",
            "published_on": "2026-10-01",
            "checked_on": "2026-11-22",
            "url": None,
            "read": "whole",
        }
    ],
    "facts": {
        "deadline": [
            {
                "id": "deadline",
                "text": "Dossiers à déposer jusqu'au 15 janvier 2027 inclus",
                "value": {"type": "deadline", "date": "2027-01-15", "inclusive": True, "basis": "filing"},
            }
        ],
        "theme": [{"id": "main", "text": "Organisation du travail de nuit"}],
    },
}


def content(**changes: Any) -> dict[str, Any]:
    """Return the content of a valid record, with some fields changed."""
    return {**copy.deepcopy(CONTENT), **changes}


def publication(record_id: str = "bretagne-2026", **changes: Any) -> Publication:
    """Return what is to be published for a valid record."""
    return publication_of(record_id, content(**changes))


def ask(assistant: Assistant, record_id: str, topic: str, text: str, now: datetime = NOON) -> str:
    """Return all that the assistant answers to a question that names this record."""
    named = assistant.mentions(text)
    mentions = Mentions((record_id,), named.terms, named.establishments, named.years, (), named.places)
    reply = assistant.reply(Question(text, topic, mentions, {topic: 1.0}), Context(), now)
    return "\n".join(answer.text for answer in reply.answers)
