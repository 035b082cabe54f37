"""What the understanding of a message hands over: clauses, buttons, and what each names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker

from actions.memory import context_of
from actions.wire import topic_of
from knowledge.answering.assistant import Assistant
from knowledge.places.finding import narrow, place_of_department
from knowledge.understanding.lexicon import Mentions
from knowledge.understanding.question import Question, is_follow_up

_ANSWERED = {"list_calls", "compare_calls", "more_detail"}
_TALK = {
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "specify_context",
    "ask_identity",
    "ask_help",
    "ask_privacy",
    "start_over",
    "repeat",
}


@dataclass(frozen=True)
class Clause:
    """A question to answer: its topic (None: not understood) and what it names."""

    text: str
    topic: str | None
    mentions: Mentions
    probabilities: Mapping[str, float]
    asks: bool = True
    intent: str = ""

    def question(self, topic: str) -> Question:
        """Return the question that the clause asks about `topic`; a button's topic is not reconsidered."""
        return Question(self.text, topic, self.mentions, self.probabilities, fixed=not self.text)


def clauses_of(tracker: Tracker, assistant: Assistant) -> list[Clause]:
    """Return the questions of the last message, in order, with the places and calls that each is about."""
    latest: dict[str, Any] = tracker.latest_message
    intent = (latest.get("intent") or {}).get("name") or "nlu_fallback"
    if (latest.get("text") or "").startswith("/"):
        return [Clause("", _topic(intent), _mentions_of_button(latest), {})]
    # Another pipeline than ours (the benchmark's) does not cut messages into clauses.
    whole = {
        "text": latest.get("text") or "",
        "intent": intent,
        "ranking": [[item["name"], item["confidence"]] for item in latest.get("intent_ranking") or ()],
    }
    described = latest.get("clauses") or [whole]
    return _share(_settled([_clause(item, assistant) for item in described], tracker, assistant))


def _settled(clauses: list[Clause], tracker: Tracker, assistant: Assistant) -> list[Clause]:
    """Let the rest of the message, then the conversation, tell which of several namesake towns is meant."""
    if not any(place.ambiguous for clause in clauses for place in clause.mentions.places):
        return clauses
    records = [item for clause in clauses for item in clause.mentions.records]
    regions = [code for clause in clauses for code in clause.mentions.regions] + assistant.regions_of(records)
    if not regions:
        context = context_of(tracker)
        regions = [*context.regions, *assistant.regions_of([context.record_id] if context.record_id else [])]
    return [
        replace(clause, mentions=replace(clause.mentions, places=tuple(narrow(clause.mentions.places, regions))))
        for clause in clauses
    ]


def _clause(item: dict[str, Any], assistant: Assistant) -> Clause:
    mentions = assistant.mentions(item["text"])
    intent = item["intent"]
    probabilities = {topic_of(name): value for name, value in item.get("ranking", ())}
    # A place with words of its own (« qui candidate à La Réunion ») asks; alone it moves the question before.
    moves = intent == "specify_context" and is_follow_up(item["text"], mentions)
    asks = bool(item.get("asks", True)) and (intent not in _TALK or intent == "specify_context" and not moves)
    return Clause(item["text"], _topic(intent), mentions, probabilities, asks, item["intent"])


def _topic(intent: str) -> str | None:
    if intent in _TALK:
        return "context" if intent == "specify_context" else None
    if intent in _ANSWERED or intent.startswith("ask_"):
        return topic_of(intent)
    return None


def _mentions_of_button(latest: dict[str, Any]) -> Mentions:
    mentions = Mentions()
    for entity in latest.get("entities") or ():
        if entity["entity"] == "call":
            mentions = replace(mentions, records=(entity["value"],))
        elif entity["entity"] == "term":
            mentions = replace(mentions, terms=(entity["value"],))
        elif entity["entity"] == "department":
            mentions = replace(mentions, places=(place_of_department(entity["value"]),))
    return mentions


def _located(mentions: Mentions) -> bool:
    return bool(mentions.records or mentions.places or mentions.years)


def _share(clauses: list[Clause]) -> list[Clause]:
    """Give a clause that names no call and no place those of its neighbours: before it first, then after it."""
    shared = []
    last: Mentions | None = None
    for index, clause in enumerate(clauses):
        mentions = clause.mentions
        if mentions.records or mentions.places:
            last = mentions
        elif mentions.years:
            if last is not None:  # « Je suis à Dieppe. C'est raté pour 2024 ? »
                mentions = replace(mentions, records=last.records, places=last.places)
            last = mentions
        else:
            other = last or next((item.mentions for item in clauses[index + 1 :] if _located(item.mentions)), None)
            if other is not None:
                mentions = replace(mentions, records=other.records, places=other.places, years=other.years)
        shared.append(replace(clause, mentions=mentions))
    return shared
