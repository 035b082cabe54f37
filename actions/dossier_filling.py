"""Filling a dossier: one field after the other, each kept at once, with corrections and questions in between."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType

from actions.check import ActionCheck
from actions.checklist import ActionChecklist
from actions.documents import ActionDocuments
from actions.dossier_turn import Turn
from actions.fallback import ActionTalkToPerson
from actions.preparation import answer_to, intent_of_message, named_in
from actions.start_over import ActionStartOver
from actions.wire import message_of
from knowledge.conditions.reading import DEPARTMENT
from knowledge.dossiers.content import merged
from knowledge.dossiers.dossier import Dossier
from knowledge.dossiers.filling import (
    FINESS_KIND,
    Field,
    FieldKind,
    Filling,
    field_named,
    field_of,
    field_of_number,
    fields_of,
    has_number,
    read,
    stated,
    warning_of,
    with_value,
)
from knowledge.dossiers.hearing import Wish, is_question, speaks_of_oneself, wish_of
from knowledge.dossiers.wording import end_answer, following, noted, question_answer
from knowledge.eligibility.hearing import Intention, intention_of
from knowledge.errors import DossierChanged
from knowledge.finess.directory import clear_winner
from knowledge.finess.loader import Establishment
from knowledge.finess.numbers import FinessKind
from knowledge.french.phrases import phrase

INTENT = "manage_dossier"
TOWN = "establishment.town"
MOST_PROPOSED = 3
FILL = "fill"
# Said in passing, these keep their own answer; what fills a letter may look like any of them.
_PHRASES = {
    "insult": "utter_insult",
    "injection": "utter_injection",
    "ask_privacy": "utter_privacy",
    "ask_identity": "utter_identity",
}
_ACTIONS = {
    "talk_to_person": ActionTalkToPerson,
    "check_eligibility": ActionCheck,
    "follow_checklist": ActionChecklist,
    "make_documents": ActionDocuments,
    "start_over": ActionStartOver,
}
# These take the conversation elsewhere; after the others, what was asked is asked again.
_LEAVING = {"check_eligibility", "start_over"}
_SURE, _LIKELY = 0.8, 0.5
_SHORT = 8  # words; « je ne sais pas, passez » is shorter, an answer to a criterion is longer


class FillingTurn(Turn, ABC):
    """A message while the fields of a dossier are asked."""

    @abstractmethod
    def do(self, wish: Wish) -> list[EventType]:
        """Do what a message wants of the dossier."""

    def correct(self, found: Dossier) -> list[EventType]:
        """Ask the field that the message names, take its new value when it is there too, or ask what is empty."""
        fields = fields_of(self.assistant.judge(found.record_id).record)
        field = self._corrected(fields) if self.text and self.choice is None else None
        return self._correct(found, field) if field else self._ask(found, Filling())

    def _corrected(self, fields: Sequence[Field]) -> Field | None:
        """Return the field that a correction is about: « en fait c'est à Caen » names none, but a town."""
        found = field_named(self.text, fields)
        return found or (field_of(fields, TOWN) if self.assistant.mentions(self.text).places else None)

    def _correct(self, found: Dossier, field: Field) -> list[EventType]:
        value = stated(self.text)
        return self._take(found, Filling(field.id), field, value) if value else self._ask_field(found, Filling(), field)

    def _filled(self) -> list[EventType]:
        found = self.in_hand()
        if found is None or found.record_id not in self.assistant.base.summaries:
            self.say("dossier.nothing_in_hand")
            return self.done()
        filling = Filling.from_dict(self.waiting)
        fields = fields_of(self.assistant.judge(found.record_id).record)
        asked = field_of(fields, filling.asked)
        letter = asked is not None and asked.kind is FieldKind.LETTER
        short = len(self.text.split()) <= _SHORT
        elsewhere = self._elsewhere(found, filling, letter)
        if elsewhere is not None:
            return elsewhere
        is_wish = intent_of_message(self.tracker) == INTENT and (short or not letter)
        wish = wish_of(self.text) if is_wish else None
        if wish not in {None, Wish.SAVE, Wish.CORRECT}:
            return self.do(wish)
        if short and not (asked and has_number(asked, self.text)):
            intention = intention_of(self.text)
            if intention is Intention.STOP:
                return self._stopped()
            if intention in {Intention.SKIP, Intention.UNKNOWN, Intention.LATER}:
                return self._skipped()
        named = self._corrected(fields) if wish_of(self.text) is Wish.CORRECT else None
        if named is not None and named is not asked and not letter:
            return self._correct(found, named)
        if is_question(self.text) and not (letter and not short):
            self.answer_questions()
            return self._ask_again(found, filling)
        if asked is None or is_wish and wish is not None:
            # « Compléter mon dossier », said while it is being filled, is no answer.
            return self._ask_again(found, filling)
        if not letter and not has_number(asked, self.text):
            asked = self._number_given(fields) or asked
        return self._take(found, filling, asked, self.text)

    def _number_given(self, fields: Sequence[Field]) -> Field | None:
        """Return the field whose number a message gives before it is asked: alone, or by its name."""
        named = field_named(self.text, fields)
        return named if named and has_number(named, self.text) else field_of_number(fields, self.text)

    def _take(self, found: Dossier, filling: Filling, field: Field, text: str) -> list[EventType]:
        judge = self.assistant.judge(found.record_id)
        if field.kind is FieldKind.ANSWER:
            value = answer_to(self.assistant, judge, field.id.partition(".")[2], text)
        else:
            value = read(field, text)
        if value is None:
            self.say(f"dossier.not_read.{field.kind.value}")
            return self._ask_field(found, filling, field)
        names = {} if field.kind is FieldKind.LETTER else named_in(self.assistant, judge, value)

        kind = self.directory.kind_of(value) if field.kind is FieldKind.FINESS else None

        def change(content: Mapping[str, Any]) -> Mapping[str, Any]:
            # A town that is corrected changes its département; a name says nothing against what was answered.
            known = {} if field.id == TOWN else content.get("answers", {})
            new = {name: answer for name, answer in names.items() if name not in known}
            changed = with_value(content, field, value)
            if field.kind is FieldKind.FINESS:
                # Another number, another nature: the directory tells it, or it is asked.
                nature = field_of(fields_of(judge.record), FINESS_KIND)
                changed = with_value(changed, nature, kind.value if kind else None) if nature else changed
            return merged(changed, {"answers": new}, judge)

        try:
            found = self.dossiers.change(self.key, change, self.now)
        except DossierChanged:
            self.say("dossier.busy")
            return self._ask_field(found, filling, field)
        warning = "legal_number" if kind is FinessKind.LEGAL else warning_of(field, value)
        shown_as = judge.kinds.known[value].name if value in judge.kinds.known else value
        return self._ask(found, Filling(None, filling.passed), noted(field, shown_as, warning))

    def _email_given(self) -> list[EventType]:
        """Go on after an address that the web part has already put in the dossier: it is never told here."""
        found = self.in_hand()
        if found is None:
            return self.done()
        return self._ask(found, Filling.from_dict(self.waiting), phrase("dossier.email_noted"))

    def _skipped(self) -> list[EventType]:
        found = self.in_hand()
        filling = Filling.from_dict(self.waiting)
        if found is None:
            return self.done()
        return self._ask(found, Filling(None, (*filling.passed, *((filling.asked,) if filling.asked else ()))))

    def _stopped(self) -> list[EventType]:
        found = self.in_hand()
        if found is not None:
            record = self.assistant.judge(found.record_id).record
            self.tell(end_answer(found, record, phrase("dossier.stopped"), self.now))
        else:
            self.say("dossier.stopped")
        return self.done()

    def _ask(self, found: Dossier, filling: Filling, told: str | None = None) -> list[EventType]:
        record = self.assistant.judge(found.record_id).record
        field = following(found, record, filling)
        if field is None:
            self.tell(end_answer(found, record, told, self.now))
            return self.done()
        return self._ask_field(found, filling, field, told)

    def _ask_again(self, found: Dossier, filling: Filling) -> list[EventType]:
        field = field_of(fields_of(self.assistant.judge(found.record_id).record), filling.asked)
        return self._ask_field(found, filling, field) if field else self._ask(found, filling)

    def _ask_field(self, found: Dossier, filling: Filling, field: Field, told: str | None = None) -> list[EventType]:
        record = self.assistant.judge(found.record_id).record
        proposed = self._proposed(found) if field.kind is FieldKind.FINESS else []
        message = message_of(question_answer(found, record, field, filling, told, self.now, proposed))
        if field.kind is FieldKind.EMAIL:
            self.deliver(message, wait="email")
        else:
            self.dispatcher.utter_message(json_message=message)
        return self.wait({"step": FILL, **Filling(field.id, filling.passed).as_dict()})

    def _proposed(self, found: Dossier) -> list[Establishment]:
        """Return the establishments of the national directory that may be this one: the clear one, or a few."""
        known = found.content.get("establishment", {})
        name, town = known.get("name"), known.get("town")
        if not name or not town:
            return []
        department = found.content.get("answers", {}).get(DEPARTMENT)
        likely = self.directory.find(name, town=town, department=department, limit=MOST_PROPOSED)
        winner = clear_winner(likely)
        return [winner] if winner else [item.establishment for item in likely]

    def chosen_value(self, value: str) -> list[EventType]:
        """Take a value that was pressed rather than typed."""
        found, filling = self.in_hand(), Filling.from_dict(self.waiting)
        if found is None or not filling.asked:
            return self.done()
        field = field_of(fields_of(self.assistant.judge(found.record_id).record), filling.asked)
        return self._take(found, filling, field, value) if field else self._ask(found, filling)

    def _elsewhere(self, found: Dossier, filling: Filling, letter: bool) -> list[EventType] | None:
        """Let another action answer a message that is surely no answer to what was asked; None when it may be one.

        Called here rather than by Rasa: after an action that no rule foresees, its policies would guess the next.
        """
        intent = intent_of_message(self.tracker)
        if intent == "distress":
            # « Nos équipes sont épuisées » fills the letter; « je n'en peux plus » does not.
            if letter and not speaks_of_oneself(self.text):
                return None
            self.dispatcher.utter_message(response="utter_distress")
            return []
        sure = self.tracker.latest_message["intent"].get("confidence") or 0.0
        if letter or sure < (_LIKELY if intent in _ACTIONS else _SURE):
            return None
        if intent in _PHRASES:
            self.dispatcher.utter_message(response=_PHRASES[intent])
            return self._ask_again(found, filling)
        if intent not in _ACTIONS:
            return None
        events = _ACTIONS[intent]().answer(self.assistant, self.dispatcher, self.tracker)
        return events if intent in _LEAVING else [*events, *self._ask_again(found, filling)]
