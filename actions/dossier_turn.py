"""One message about a dossier: what is in hand, and the ways to say something back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import answer_each
from actions.base import catalogue, clock
from actions.memory import context_of
from actions.preparation import choice_of_button
from actions.understanding import clauses_of
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant
from knowledge.dossiers.consent import consent_from_env
from knowledge.dossiers.content import merged
from knowledge.dossiers.dossier import Dossier, Dossiers, InConversation
from knowledge.eligibility.assessment import Judge
from knowledge.errors import UnknownDossier
from knowledge.finess.directory import Directory
from knowledge.wording.values import Answer, Button

_SURE_QUESTION = 0.5


class Turn:
    """What the handling of one message shares."""

    def __init__(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.assistant, self.dispatcher, self.tracker = assistant, dispatcher, tracker
        self.now = clock().now()
        self.consent = consent_from_env()
        self.dossiers = Dossiers(catalogue().store, self.consent.kept_for)
        self.directory = Directory(catalogue().store)
        self.key = InConversation(tracker.sender_id)
        self.text: str = tracker.latest_message.get("text") or ""
        self.choice = choice_of_button(tracker)
        waiting: dict[str, Any] = tracker.get_slot("dossier") or {} if tracker.get_slot("filling") else {}
        self.waiting = waiting

    def answer_questions(self) -> None:
        """Answer what the message surely asks on the calls; what was asked of the person is asked again after."""
        clauses = clauses_of(self.tracker, self.assistant)
        sure = [item for item in clauses if item.probabilities.get(item.topic or "", 0.0) >= _SURE_QUESTION]
        if sure:
            answer_each(self.assistant, sure, context_of(self.tracker), self.dispatcher, self.tracker)

    def keep(self, judge: Judge, said_since: Mapping[str, Any]) -> None:
        """Put what was just said in the dossier in hand, if it is one of the same call."""
        found = self.in_hand()
        if found is not None and found.record_id == judge.record.id:
            self.dossiers.change(self.key, lambda content: merged(content, said_since, judge), self.now)

    def in_hand(self) -> Dossier | None:
        try:
            return self.dossiers.open(self.key, self.now)
        except UnknownDossier:
            return None

    def tell(self, answer: Answer) -> None:
        self.dispatcher.utter_message(json_message=message_of(answer))

    def say(self, name: str, buttons: Sequence[Button] = (), **values: object) -> None:
        self.dispatcher.utter_message(json_message=said(name, buttons, **values))

    def deliver(self, message: dict[str, Any], **asked: str) -> None:
        """Send a message with what the web part has to do with it: `deliver` (code, erasure) or `wait` (code, email)."""
        self.dispatcher.utter_message(json_message={**message, "dossier": asked})

    def wait(self, waiting: dict[str, Any]) -> list[EventType]:
        return [SlotSet("dossier", waiting), SlotSet("filling", True), SlotSet("checking", None)]

    def done(self) -> list[EventType]:
        return [SlotSet("dossier", None), SlotSet("filling", None)]
