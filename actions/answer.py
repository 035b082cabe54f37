"""The one action that answers, whatever the topic and the number of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction, clock
from actions.handover import hand_over, keep
from actions.memory import context_of, remember
from actions.understanding import Clause, clauses_of
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant, Reply
from knowledge.base.topics import load_topics
from knowledge.eligibility.hearing import corrects
from knowledge.eligibility.interview import corrected, verdict_answer
from knowledge.understanding.choice import Context
from knowledge.understanding.question import Question
from knowledge.wording.values import Answer

MOST_ANSWERS = 6
# Beside questions, the wish to talk to somebody is granted after the answers.
_PERSON = "talk_to_person"


class ActionAnswer(SafeAction):
    """Answers each question of the message, in order; names those it could not answer."""

    def name(self) -> str:
        return "action_answer"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        verdict = _corrected(assistant, tracker, context)
        if verdict is not None:
            context, answer = verdict
            dispatcher.utter_message(json_message=message_of(answer))
            return remember(tracker, context)
        clauses = clauses_of(tracker, assistant)
        wants_person = len(clauses) > 1 and any(clause.intent == _PERSON for clause in clauses)
        asking = [clause for clause in clauses if clause.asks and clause.intent != _PERSON] or clauses[:1]
        context = answer_each(assistant, asking, context, dispatcher, tracker)
        if wants_person:
            hand_over(assistant, dispatcher, tracker, context, tracker.latest_message.get("text") or "")
        return remember(tracker, context)


def _corrected(assistant: Assistant, tracker: Tracker, context: Context) -> tuple[Context, Answer] | None:
    """Return the context and the verdict once a message corrects the check of the call in hand; None otherwise."""
    checked, text = context.checked, tracker.latest_message.get("text") or ""
    if checked is None or checked.record_id != context.record_id or not corrects(text):
        return None
    judge = assistant.judge(checked.record_id)
    after = corrected(checked, judge, assistant.mentions(text))
    if after is None:
        return None
    context = replace(context, checked=after).on(checked.record_id, "eligibility")
    return context, verdict_answer(judge.assess(after.answers), clock().now())


def answer_each(
    assistant: Assistant,
    clauses: Sequence[Clause],
    context: Context,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
) -> Context:
    """Answer questions in order, naming those that nothing answers; return the context after them."""
    told: set[str] = set()
    for clause in clauses[:MOST_ANSWERS]:
        reply = _reply(assistant, clause, context, alone=len(clauses) == 1)
        if reply is None:
            dispatcher.utter_message(json_message=said("clause_not_understood", text=clause.text))
            keep(tracker, clause.text, context, "not_understood")
            continue
        for answer in reply.answers:
            if answer.text not in told:
                confidence = clause.probabilities.get(answer.topic or "", 0.0)
                dispatcher.utter_message(json_message=message_of(answer, round(confidence, 3)))
                told.add(answer.text)
        context = reply.context
    return context


def _reply(assistant: Assistant, clause: Clause, context: Context, *, alone: bool) -> Reply | None:
    """Return the reply to a clause, or None when nothing of it was understood."""
    topic = clause.topic or ("context" if alone else None)
    if topic is None:
        return assistant.clear_reply(clause.question(""), context, clock().now())
    if topic == "more_detail":
        known = context.topic if context.topic in load_topics() else "overview"
        question = Question.on(known, clause.mentions)
        return assistant.reply(question, context, clock().now(), whole=True)
    return assistant.reply(clause.question(topic), context, clock().now())
