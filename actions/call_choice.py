"""Which call an applicant prepares: one, or a question back; never a guess."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.base import clock
from actions.understanding import Clause
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant
from knowledge.base.records import Kind
from knowledge.understanding.choice import Context, Outcome
from knowledge.understanding.question import Question
from knowledge.wording.values import Button

_WHICH = {
    "check": "eligibility.which",
    "checklist": "checklist.which",
    "dossier": "dossier.which",
    "forms": "forms.which",
}
_MOST_BUTTONS = 5


def call_to_prepare(
    assistant: Assistant, dispatcher: CollectingDispatcher, clauses: list[Clause], context: Context, purpose: str
) -> str | None:
    """Return the id of the call meant, or None once the person was told why there is none.

    `purpose` (check, checklist, dossier, forms) is what the buttons start when several calls are possible.
    """
    mentions = next((item.mentions for item in clauses if item.mentions.records or item.mentions.places), None)
    mentions = mentions or clauses[0].mentions
    choice = assistant.chosen(mentions, context, "eligibility")
    summaries = assistant.base.summaries
    calls = [item for item in choice.records if summaries[item].kind is Kind.CALL]
    if choice.outcome is Outcome.ONE and not calls:
        title = summaries[choice.records[0]].short_title
        dispatcher.utter_message(json_message=said("eligibility.not_a_call", title=title))
    elif choice.outcome not in {Outcome.ONE, Outcome.SEVERAL}:
        reply = assistant.reply(Question.on("eligibility", mentions), context, clock().now())
        for answer in reply.answers:
            dispatcher.utter_message(json_message=message_of(answer))
    elif len(calls) > 1:
        buttons = [Button(summaries[item].short_title, purpose, item) for item in calls[:_MOST_BUTTONS]]
        dispatcher.utter_message(json_message=said(_WHICH[purpose], buttons))
    else:
        return calls[0]
    return None
