"""The pre-qualification dossier in conversation: consent, filling, seeing, correcting, resuming, erasing.

What only the web part may do (show a code, read a code or an e-mail address, erase the conversation itself) is asked of
it under the key `dossier` of a message; bot/web/dossiers.py answers.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SafeAction
from actions.call_choice import call_to_prepare
from actions.dossier_filling import FILL, FillingTurn
from actions.memory import context_of, remember
from actions.preparation import content_said
from actions.understanding import clauses_of
from actions.wire import message_of, said
from knowledge.answering.assistant import Assistant
from knowledge.base.records import State
from knowledge.dossiers.assent import Assent, Matter, asked_about, assent_of
from knowledge.dossiers.content import merged
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.hearing import Wish, is_question, wish_of
from knowledge.dossiers.wording import (
    consent_answer,
    created_answer,
    dossier_button,
    next_steps,
    summary_answer,
    talk_about_consent,
    talk_about_erasing,
)
from knowledge.eligibility.hearing import Intention, intention_of
from knowledge.errors import AlreadyKept
from knowledge.french.dates import local_day
from knowledge.privacy.codes import find_reference
from knowledge.wording.values import Answer, Button


def erasing_buttons() -> tuple[Button, ...]:
    """Return the two answers to « Effacer définitivement ? »."""
    return dossier_button("button_erase_now", "erase_now"), dossier_button("button_keep", "keep")


_CODE, _AGREE, _ERASE = "code", "consent", "erase"  # what is waited for, beside the fields


class ActionDossier(SafeAction):
    """Keeps, shows, corrects, reopens and erases a dossier, one question at a time."""

    def name(self) -> str:
        return "action_dossier"

    def answer(self, assistant: Assistant, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        return _DossierTurn(assistant, dispatcher, tracker).events()


class _DossierTurn(FillingTurn):
    """A message about a dossier."""

    def events(self) -> list[EventType]:
        """Answer the message; return what changes in the conversation."""
        step = self.waiting.get("step")
        if self.choice is not None:
            return self._chosen(self.choice)
        if step == _AGREE:
            return self._answered_consent()
        if step == _ERASE:
            return self._answered_erasure()
        if step == FILL:
            return self._filled()
        wish = wish_of(self.text)
        if step == _CODE and (wish is None or wish is Wish.RESUME):
            return self._resume()
        return self.do(wish or (Wish.SHOW if self.in_hand() else Wish.SAVE))

    def _chosen(self, choice: str) -> list[EventType]:
        if choice.startswith("accept:"):
            # The text accepted is the one that was shown, or nothing is.
            return self._agreed() if choice == f"accept:{self.consent.version}" else self.do(Wish.SAVE)
        if choice.startswith("value:"):
            return self.chosen_value(choice.removeprefix("value:"))
        outcomes = {"wrong": "dossier.wrong_code", "locked": "dossier.locked"}
        if choice in outcomes:
            self.say(outcomes[choice], next_steps("button_save") if choice == "wrong" else ())
            return self.wait({"step": _CODE})
        simple = {
            "refuse": self._refused,
            "resumed": self._reopened,
            "erase_now": self._erase,
            "keep": self._kept,
            "skip": self._skipped,
            "stop": self._stopped,
            "email": self._email_given,
        }
        return simple[choice]() if choice in simple else self.do(Wish(choice))

    def do(self, wish: Wish) -> list[EventType]:
        if wish is Wish.SAVE:
            return self._save()
        if wish is Wish.RESUME:
            return self._resume()
        found = self.in_hand()
        if found is None:
            self.say("dossier.nothing_in_hand", next_steps("button_save"))
            return self.done()
        if wish is Wish.ERASE:
            self.say("dossier.confirm_erase", erasing_buttons(), reference=found.reference)
            return self.wait({"step": _ERASE})
        if wish is Wish.NEW_CODE:
            self.deliver(said("dossier.new_code", next_steps("button_show")), deliver="code")
            return self.done()
        if found.record_id not in self.assistant.base.summaries:
            self.say("dossier.withdrawn", next_steps("button_erase"))
            return self.done()
        if wish is Wish.EXPORT:
            return self._export(found)
        return self._show(found) if wish is Wish.SHOW else self.correct(found)

    # Keeping -------------------------------------------------------------------------------------------------

    def _save(self) -> list[EventType]:
        context = context_of(self.tracker)
        clauses = clauses_of(self.tracker, self.assistant)
        record_id = call_to_prepare(self.assistant, self.dispatcher, clauses, context, "dossier")
        if record_id is None:
            return []
        found = self.in_hand()
        if found is None or found.record_id != record_id:
            judge = self.assistant.judge(record_id)
            self.tell(consent_answer(judge.record, self.consent))
            events = remember(self.tracker, context.on(record_id, context.topic))
            return [*events, *self.wait({"step": _AGREE, "call": record_id})]
        judge = self.assistant.judge(record_id)
        said_so_far = content_said(self.assistant, judge, self.tracker)
        found = self.dossiers.change(self.key, lambda content: merged(content, said_so_far, judge), self.now)
        buttons = next_steps("button_fill", "button_show")
        self.say("dossier.saved", buttons, reference=found.reference, date=local_day(found.expires_at))
        return self.done()

    def _answered_consent(self) -> list[EventType]:
        """Hear the answer to « Acceptez-vous ? »: nothing but a plain yes keeps anything."""
        answer = assent_of(self.text, Matter.CONSENT)
        if answer is Assent.YES:
            return self._agreed()
        if answer is Assent.NO:
            return self._refused()
        about = self._talked_of(answer, Matter.CONSENT)
        record = self.assistant.judge(self.waiting["call"]).record
        buttons = consent_answer(record, self.consent).buttons
        self.dispatcher.utter_message(
            json_message=message_of(
                Answer(talk_about_consent(about, self.consent), State.STATED, "dossier", buttons=buttons)
            )
        )
        return self.wait(self.waiting)

    def _answered_erasure(self) -> list[EventType]:
        """Hear the answer to « Effacer définitivement ? »: nothing but a plain yes erases anything."""
        answer = assent_of(self.text, Matter.ERASE)
        if answer is Assent.YES:
            return self._erase()
        found = self.in_hand()
        if answer is Assent.NO or found is None:
            return self._kept()
        about = self._talked_of(answer, Matter.ERASE)
        self.dispatcher.utter_message(
            json_message=message_of(
                Answer(talk_about_erasing(about, found.reference), State.STATED, "dossier", buttons=erasing_buttons())
            )
        )
        return self.wait(self.waiting)

    def _talked_of(self, answer: Assent, matter: Matter) -> str | None:
        """Return what a question is about when it is about the matter; answer one that is about a call."""
        if answer is not Assent.ASKS:
            return None
        about = asked_about(self.text, matter)
        if about is None:
            self.answer_questions()
        return about

    def _agreed(self) -> list[EventType]:
        found = self.in_hand()
        record_id = self.waiting.get("call") or (found.record_id if found else None)
        if record_id is None:
            return self._save()
        judge = self.assistant.judge(record_id)
        content = merged({}, content_said(self.assistant, judge, self.tracker), judge)
        try:
            made, _ = self.dossiers.create(record_id, content, self.consent.version, self.now, self.tracker.sender_id)
        except AlreadyKept:
            self.say("dossier.already_kept", next_steps("button_show", "button_new_code"))
            return self.done()
        # Its code is renewed where it is shown: it must not be written in the conversation that Rasa keeps.
        self.deliver(message_of(created_answer(made, judge.record, self.now)), deliver="code")
        return self.done()

    def _refused(self) -> list[EventType]:
        self.say("dossier.refused")
        return self.done()

    # Reopening -----------------------------------------------------------------------------------------------

    def _resume(self) -> list[EventType]:
        reference = find_reference(self.text)
        if reference:
            self.deliver(said("dossier.ask_code_of", reference=reference), wait="code", reference=reference)
        elif self.waiting.get("step") == _CODE and intention_of(self.text) is Intention.STOP:
            self.say("dossier.left_alone")
            return self.done()
        elif self.waiting.get("step") == _CODE and is_question(self.text):
            self.answer_questions()
            self.say("dossier.ask_code")
        else:
            self.say("dossier.ask_code")
        return self.wait({"step": _CODE})

    def _reopened(self) -> list[EventType]:
        found = self.in_hand()
        if found is None or found.record_id not in self.assistant.base.summaries:
            self.say("dossier.withdrawn" if found else "dossier.nothing_in_hand")
            return self.done()
        self.say("dossier.reopened")
        content, call = found.content, found.record_id
        context = context_of(self.tracker).on(call, "dossier")
        check = {"call": call, "answers": content.get("answers", {}), "passed": [], "asked": None}
        return [
            *self._show(found),
            *remember(self.tracker, context),
            SlotSet("check", check),
            SlotSet("checklist", {"call": call, "items": content.get("checklist", {})}),
        ]

    # Seeing and erasing --------------------------------------------------------------------------------------

    def _show(self, found: Dossier) -> list[EventType]:
        judge = self.assistant.judge(found.record_id)
        said_since = content_said(self.assistant, judge, self.tracker)
        shown = merged(found.content, said_since, judge)
        if shown != found.content:
            found = self.dossiers.change(self.key, lambda content: merged(content, said_since, judge), self.now)
        self.tell(summary_answer(found, judge, self.now))
        return self.done()

    def _export(self, found: Dossier) -> list[EventType]:
        parcel = {"call": found.record_id, "content": dict(found.content), "reference": found.reference}
        message = said("dossier.exported", next_steps("button_show", "button_erase"), reference=found.reference)
        self.dispatcher.utter_message(json_message={**message, "documents": {**parcel, "items": [["dossier", "json"]]}})
        return self.done()

    def _erase(self) -> list[EventType]:
        if self.in_hand() is None:
            self.say("dossier.nothing_in_hand")
            return self.done()
        # The web part erases: it also has to erase this conversation, once it is written.
        self.deliver(said("dossier.erased", date=local_day(self.now)), deliver="erasure")
        return self.done()

    def _kept(self) -> list[EventType]:
        self.say("dossier.kept", next_steps("button_show"))
        return self.done()
