"""The one action that answers, whatever the topic and the number of questions."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, assistant, clock
from actions.handover import keep
from actions.memory import context_of, remember
from actions.understanding import Clause, clauses_of
from actions.wire import message_of, said
from knowledge.choice import Context
from knowledge.topics import load_topics

MOST_ANSWERS = 6


class ActionAnswer(SafeAction):
    """Answers each question of the message, in order; names those it could not answer."""

    def name(self) -> str:
        return "action_answer"

    def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        clauses = clauses_of(tracker, assistant())
        asking = [clause for clause in clauses if clause.asks] or clauses[:1]
        told: set[str] = set()
        for clause in asking[:MOST_ANSWERS]:
            context = self._answer_one(clause, context, dispatcher, told, alone=len(asking) == 1)
        return remember(tracker, context)

    def _answer_one(
        self, clause: Clause, context: Context, dispatcher: CollectingDispatcher, told: set[str], *, alone: bool
    ) -> Context:
        topic = clause.topic or ("context" if alone else None)
        reply = None if topic else assistant().clear_reply(clause.question(""), context, clock().now())
        if topic is None and reply is None:
            dispatcher.utter_message(json_message=said("clause_not_understood", text=clause.text))
            keep(clause.text, context, "not_understood")
            return context
        whole = topic == "more_detail"
        if whole:
            topic = context.topic if context.topic in load_topics() else "overview"
            clause = replace(clause, text="")
        reply = reply or assistant().reply(clause.question(topic), context, clock().now(), whole=whole)
        for answer in reply.answers:
            if answer.text not in told:
                dispatcher.utter_message(json_message=message_of(answer))
                told.add(answer.text)
        return reply.context
