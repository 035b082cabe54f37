"""An answer and its parts, as values: what channels carry, whatever wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.base.records import Record, State
from knowledge.base.situation import Situation
from knowledge.wording.cards import Contact, Extract


class Decision(str, Enum):
    """How sure an answer is; part of the public API."""

    SURE = "sure"
    NEAR = "near"
    NOT_SAID = "not_said"
    SEVERAL = "several"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Citation:
    """A source as shown to users; dates are ISO, `published_on` and `url` may be unknown."""

    title: str
    publisher: str
    section: str | None
    published_on: str | None
    checked_on: str
    url: str | None


@dataclass(frozen=True)
class Button:
    """A next question: what it is about; the channel makes the label's id."""

    label: str
    topic: str | None = None
    record_id: str | None = None
    department: str | None = None
    term: str | None = None
    choice: str | None = None


class Control(str, Enum):
    """How a question of a form is answered; part of the public API."""

    RADIO = "radio"
    SELECT = "select"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Form:
    """A question of several that follow one another, with what channels need to show its proper control.

    Attributes:
        label: the question; the answer's text holds it too.
        options: the answers to choose among, for RADIO and SELECT; any channel may also take one that is typed.
        done, total: how many questions have their answer, of how many.
    """

    control: Control
    label: str
    done: int
    total: int
    options: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Answer:
    """An answer whose `text` stands alone.

    Attributes:
        decision: how sure it is; None for what is no answer to a question.
        lead: the sentence that answers, with the call's name; empty when the text has no such sentence.
        verdict: « yes », « no », « to_confirm » or « not_stated » for a closed question that a fact, a rule or a date decides.
        points: what supports the lead, a line each.
        more: how many facts wait behind « plus de détails ».
    """

    text: str
    state: State
    topic: str | None = None
    record: Record | None = None
    situation: Situation | None = None
    sources: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    form: Form | None = None
    contacts: tuple[Contact, ...] = ()
    extracts: tuple[Extract, ...] = ()
    decision: Decision | None = None
    lead: str = ""
    verdict: str | None = None
    points: tuple[str, ...] = ()
    more: int = 0
