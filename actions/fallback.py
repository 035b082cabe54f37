"""The ladder of misunderstanding: nearest topics, then nearest entries, then a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.handover import hand_over, keep
from actions.memory import answer_with, context_of
from actions.understanding import Clause, clauses_of
from actions.wire import message_of, said, topic_of
from knowledge.answering.assistant import Assistant
from knowledge.base.topics import load_topics
from knowledge.french.phrases import phrase
from knowledge.understanding.choice import Context
from knowledge.understanding.question import Question
from knowledge.wording.values import Button

_PROPOSED = 3


class ActionFallback(SafeAction):
    """Answers from the nearest entry when one is clearly meant; otherwise climbs the ladder."""

    def name(self) -> str:
        return "action_fallback"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        clauses = clauses_of(tracker, assistant)
        clause = clauses[0]
        text = tracker.latest_message.get("text") or ""
        question = replace(clause.question(""), text=text)
        found = assistant.clear_reply(question, context, clock().now())
        if found is not None:
            return answer_with(found, dispatcher, tracker)
        step = int(tracker.get_slot("misunderstood") or 0)
        if step == 0:
            self._propose_topics(dispatcher, tracker, clause, context)
        elif step == 1:
            dispatcher.utter_message(json_message=message_of(assistant.nearest(question, context, clock().now())))
        else:
            hand_over(assistant, dispatcher, tracker, context, text, "handed_over")
            return [SlotSet("misunderstood", 0.0)]
        keep(tracker, text, context, "not_understood")
        return [SlotSet("misunderstood", float(step + 1))]

    def _propose_topics(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, clause: Clause, context: Context
    ) -> None:
        topics = load_topics()
        ranking: list[dict[str, Any]] = tracker.latest_message.get("intent_ranking") or []
        near = [topic_of(item["name"]) for item in ranking]
        buttons = [
            Button(topics[topic].title, topic, (clause.mentions.records or (context.record_id,))[0])
            for topic in near
            if topic in topics
        ][:_PROPOSED]
        names = ", ".join(phrase("quoted", text=button.label) for button in buttons)
        answer = said("nearest_topics", buttons, topics=names) if buttons else said("rephrase")
        dispatcher.utter_message(json_message=answer)


class ActionTalkToPerson(SafeAction):
    """Says whom to contact, from the call in hand when there is one, and keeps the request."""

    def name(self) -> str:
        return "action_talk_to_person"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        for clause in clauses_of(tracker, assistant):
            if clause.mentions.records or clause.mentions.regions:
                reply = assistant.reply(Question.on("contact", clause.mentions), context, clock().now())
                return answer_with(reply, dispatcher, tracker)
        hand_over(assistant, dispatcher, tracker, context, tracker.latest_message.get("text") or "")
        return [SlotSet("misunderstood", 0.0)]
