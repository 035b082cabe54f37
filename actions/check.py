"""The eligibility check: one question at a time, corrected, interrupted and left as the person likes."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import answer_each
from actions.base import SafeAction, clock
from actions.call_choice import call_to_prepare
from actions.dossier_turn import Turn
from actions.memory import context_of, remember
from actions.preparation import choice_of_button, intent_of_message, named_in, said_before
from actions.understanding import Clause, clauses_of
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant
from knowledge.answering.listing import ambiguous_place
from knowledge.base.topics import load_topics
from knowledge.conditions.state import Interview
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.hearing import Heard, Intention, hear
from knowledge.eligibility.interview import noted, proceed, question_answer, take, verdict_answer
from knowledge.places.finding import Place
from knowledge.understanding.choice import Context

START = "check_eligibility"
_SURE_QUESTION = 0.6
_OTHER_QUESTIONS = {"definition", "list", "compare"}
_JUST_ASK_AGAIN = {"repeat", "greet", "thank"}


class ActionCheck(SafeAction):
    """Starts the check of a call, then hears each message until the verdict."""

    def name(self) -> str:
        return "action_check"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        context = context_of(tracker)
        if intent_of_message(tracker) == START or context.checked is None or not tracker.get_slot("checking"):
            return self._start(assistant, dispatcher, tracker, context)
        return self._go_on(assistant, dispatcher, tracker, context, context.checked)

    def _start(
        self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker, context: Context
    ) -> list[EventType]:
        turn = Turn(assistant, dispatcher, tracker)
        clauses = clauses_of(tracker, assistant)
        record_id = call_to_prepare(assistant, dispatcher, clauses, context, "check")
        if record_id is None:
            return []
        judge = assistant.judge(record_id)
        before = context.checked if context.checked and context.checked.record_id == record_id else None
        if before and not judge.remaining(before.answers):
            # Whoever checks again, with nothing left to ask, has something to correct: from the beginning.
            interview = Interview(record_id)
            heard = Heard(named_in(assistant, judge, " ".join(clause.text for clause in clauses)))
        else:
            interview = Interview(record_id, before.answers if before else {})
            heard = Heard(dict(said_before(assistant, judge, tracker)))
        dispatcher.utter_message(json_message=said("eligibility.start", title=judge.record.short_title))
        context = context.on(record_id, "eligibility")
        return [*remember(tracker, context), *self._next(turn, judge, take(interview, heard), heard)]

    def _go_on(
        self,
        assistant: Assistant,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        context: Context,
        interview: Interview,
    ) -> list[EventType]:
        turn = Turn(assistant, dispatcher, tracker)
        judge = assistant.judge(interview.record_id)
        clauses = clauses_of(tracker, assistant)
        heard, questions = _read(tracker, assistant, judge, interview, clauses)
        if questions:
            context = answer_each(assistant, questions, context, dispatcher, tracker)
            # What was asked in passing (« et à La Réunion ? ») does not change the call that is checked.
            context = context.on(interview.record_id, context.topic)
        events = remember(tracker, context)
        interview = take(interview, heard)
        if heard.intention is Intention.STOP:
            dispatcher.utter_message(json_message=said("eligibility.stopped"))
            return [*events, *self._end(turn, judge, interview)]
        if heard.intention is Intention.RESTART:
            dispatcher.utter_message(json_message=said("eligibility.restarted"))
        elif heard.nothing and intent_of_message(tracker) == "insult":
            # « Arrête », said alone, looks like one: it is heard first.
            dispatcher.utter_message(response="utter_insult")
        elif heard.nothing and (unclear := _namesakes(assistant, tracker)) is not None:
            dispatcher.utter_message(json_message=message_of(ambiguous_place(unclear, None)))
            return events
        elif heard.nothing and not questions and intent_of_message(tracker) not in _JUST_ASK_AGAIN:
            dispatcher.utter_message(json_message=said("eligibility.not_understood"))
        return [*events, *self._next(turn, judge, interview, heard)]

    def _next(self, turn: Turn, judge: Judge, interview: Interview, heard: Heard) -> list[EventType]:
        told = noted(heard, judge)
        # Kept at once when a dossier is open: what is left open on purpose empties what was answered before.
        turn.keep(judge, {"answers": {**dict.fromkeys(interview.passed), **interview.answers}})
        interview, question = proceed(interview, judge)
        if question is None:
            if told:
                turn.dispatcher.utter_message(json_message=said("plain", text=told))
            return self._end(turn, judge, interview)
        turn.dispatcher.utter_message(json_message=message_of(question_answer(interview, judge, question, told)))
        return [SlotSet("check", interview.as_dict()), SlotSet("checking", True), SlotSet("filling", None)]

    def _end(self, turn: Turn, judge: Judge, interview: Interview) -> list[EventType]:
        assessment = judge.assess(interview.answers)
        turn.dispatcher.utter_message(json_message=message_of(verdict_answer(assessment, clock().now())))
        return [SlotSet("check", interview.as_dict()), SlotSet("checking", None)]


def _read(
    tracker: Tracker, assistant: Assistant, judge: Judge, interview: Interview, clauses: list[Clause]
) -> tuple[Heard, list[Clause]]:
    """Return what a message answers, and the questions that it asks in passing."""
    asked = judge.questions.get(interview.asked or "")
    chosen = choice_of_button(tracker)
    if chosen is not None:
        return _from_button(chosen, interview, judge), []
    if (tracker.latest_message.get("text") or "").startswith("/"):
        heard = hear("", asked, judge.questions, clauses[0].mentions)
        return (heard, []) if heard.answers else (Heard(), clauses)
    questions = [clause for clause in clauses if _is_question(clause)]
    rest = [clause.text for clause in clauses if clause not in questions]
    text = " ".join(rest)
    heard = hear(text, asked, judge.questions, assistant.mentions(text)) if rest else Heard()
    if heard.nothing and not questions:
        likely = [item for item in clauses if item.topic in load_topics() or item.topic in _OTHER_QUESTIONS]
        questions = [item for item in likely if item.probabilities.get(item.topic or "", 0.0) >= _SURE_QUESTION]
    return heard, questions


def _namesakes(assistant: Assistant, tracker: Tracker) -> Place | None:
    """Return a town that several départements share: the call in hand must not decide which is meant."""
    places = assistant.mentions(tracker.latest_message.get("text") or "").places
    return next((place for place in places if place.ambiguous), None)


def _is_question(clause: Clause) -> bool:
    return "?" in clause.text and clause.topic is not None


def _from_button(choice: str, interview: Interview, judge: Judge) -> Heard:
    if choice in {item.value for item in Intention}:
        return Heard(intention=Intention(choice))
    asked = judge.questions.get(interview.asked or "")
    if asked is None:
        return Heard()
    if choice in {"yes", "no"}:
        return Heard({asked.id: choice == "yes"})
    return Heard({asked.id: choice}) if choice in {item.id for item in asked.choices} else Heard()
