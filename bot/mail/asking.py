"""Putting a mail's questions to the assistant: the same as the widget's, in one conversation per thread."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from bot.mail.message import Budget, NotNow
from bot.mail.questions import Asked, is_of_oneself, sentences_in
from bot.plain_text import as_plain_text
from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.topics import load_topics
from knowledge.errors import KnowledgeError
from knowledge.places.codes import departments
from knowledge.privacy.masking import mask
from knowledge.understanding.choice import Context, Outcome
from knowledge.understanding.lexicon import Mentions

LONGEST = 1000  # characters that Rasa's channel takes
LONGEST_ABOUT = 4_000  # characters of a text that may name a call or a place
SHORT = 160  # characters of a sentence on oneself
SURE, DOUBTFUL = 0.8, 0.5
_TALK = {"definition", "list", "compare"}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """A question and what the assistant says to it, in the structure of `actions.wire.message_of`.

    Attributes:
        items: nothing when it did not understand, or wanted to talk rather than to answer.
    """

    asked: Asked
    items: tuple[dict[str, Any], ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """What the answers are about, each once."""
        return tuple(dict.fromkeys(item["topic"] for item in self.items))

    @property
    def checked_on(self) -> tuple[str, ...]:
        """When each document cited was last checked (ISO dates)."""
        return tuple(source["checked_on"] for item in self.items for source in item.get("sources") or ())

    @property
    def confidence(self) -> float:
        """How sure the least sure of the answers is, 0 to 1."""
        return min((item.get("confidence") or 0.0 for item in self.items), default=0.0)


class Asker:
    """Talks to Rasa.

    Args:
        rasa_url: address of Rasa.
        catalogue: the knowledge base, to know what a subject names.
        timeout: seconds for one question.
        transport: replaces the network in tests.
    """

    def __init__(
        self, rasa_url: str, catalogue: Catalogue, timeout: float, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._url = f"{rasa_url}/webhooks/rest/webhook"
        self._catalogue = catalogue
        # trust_env off: a proxy set for the machine must not see what people write.
        self._http = httpx.Client(timeout=timeout, trust_env=False, transport=transport)

    def ask(
        self, conversation: str, about: Sequence[str], questions: Sequence[Asked], budget: Budget
    ) -> tuple[Answered, ...]:
        """Return the answer to each question.

        Args:
            conversation: its name, the same for all mails of a thread.
            about: texts that may name the call or the place, the most telling first (the subject, what was said…).
            questions: in order.
            budget: looked at before each question.

        Raises:
            TooSlow: the budget is spent.
            NotNow: Rasa or the knowledge base does not answer.
        """
        try:
            assistant = Assistant(self._catalogue.snapshot())
        except KnowledgeError:
            raise NotNow from None
        context = _context(assistant, about)
        talk = _Talk(self, conversation, context)
        return tuple(self._one(assistant, talk, asked, budget) for asked in questions)

    def works(self) -> bool:
        """Return whether Rasa answers a message that does not come from a mail."""
        try:
            return bool(self.send(f"mail-works-{secrets.token_hex(8)}", "/ask_help"))
        except NotNow:
            return False

    def speaks_of_calls(self, texts: Sequence[str]) -> bool:
        """Return whether one of these texts names a call, a place, or a word of the glossary."""
        assistant = Assistant(self._catalogue.snapshot())
        found = [assistant.mentions(text[:LONGEST_ABOUT]) for text in texts]
        return any(mentions.records or mentions.places or mentions.terms for mentions in found)

    def _one(self, assistant: Assistant, talk: _Talk, asked: Asked, budget: Budget) -> Answered:
        budget.check()
        text = f"{_oneself(assistant, asked)} {asked.text}".strip()
        items = talk.say(as_plain_text(mask(text[:LONGEST])))
        if any(item.get("form") for item in items):
            # It would lead through the check, question by question: what the document says is told instead.
            call = next((item["call"]["id"] for item in items if item.get("call")), None)
            talk.start_again()
            items = talk.say("/ask_eligibility" + (json.dumps({"call": call}) if call else ""))
        answers = _sure(tuple(item for item in items if _answers(item)))
        if not answers:
            talk.start_again()
        return Answered(asked, answers)

    def send(self, conversation: str, message: str) -> list[dict[str, Any]]:
        """Return what Rasa says to one message; the dictionaries of our own actions and texts alone.

        Raises:
            NotNow: it does not answer, or says nothing (its action server is down).
        """
        try:
            response = self._http.post(self._url, json={"sender": conversation, "message": message})
            items = response.json() if response.status_code == 200 else []
        except (httpx.HTTPError, ValueError) as error:
            log.warning("Rasa does not answer: %s", type(error).__name__)
            raise NotNow from None
        if not items:
            log.warning("Rasa answered %s with nothing to say", response.status_code)
            raise NotNow
        return [item.get("custom") or item for item in items]


class _Talk:
    """A conversation; another is begun when it waits for something that a mail will not say."""

    def __init__(self, asker: Asker, name: str, context: str | None) -> None:
        self._asker, self._name, self._context = asker, name, context
        self._turn = 0
        if context:
            self.say(context)

    def say(self, message: str) -> list[dict[str, Any]]:
        name = f"{self._name}-{self._turn}" if self._turn else self._name
        return self._asker.send(name, message)

    def start_again(self) -> None:
        self._turn += 1
        if self._context:
            self.say(self._context)


def _context(assistant: Assistant, about: Sequence[str]) -> str | None:
    """Return the message that puts in hand what the first telling text names; None when none names anything."""
    for text in about:
        mentions = assistant.mentions(text[:LONGEST_ABOUT])
        if not (mentions.records or mentions.places):
            continue
        choice = assistant.chosen(mentions, Context(), "overview")
        if mentions.records and choice.outcome is Outcome.ONE:
            return "/specify_context" + json.dumps({"call": choice.records[0]})
        place = next(iter(mentions.departments), None) or _department_of(mentions)
        if place:
            return "/specify_context" + json.dumps({"department": place})
    return None


def _department_of(mentions: Mentions) -> str | None:
    """Return any département of the regions named: the region is what counts."""
    return next((item.code for item in departments() if item.region_code in set(mentions.regions)), None)


def _oneself(assistant: Assistant, asked: Asked) -> str:
    """Return the short sentence, said just before, that tells which establishment asks; all else would be answered too."""
    if not is_of_oneself(asked.text) or assistant.mentions(asked.text).establishments:
        return ""
    told = (sentence for sentence in sentences_in(asked.context) if len(sentence) <= SHORT)
    return next((sentence for sentence in told if assistant.mentions(sentence).establishments), "")


def _sure(items: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """Return the answers without those that were hardly asked for, beside one that surely was (« pour la réunion, combien… »)."""
    if max((item.get("confidence") or 0.0 for item in items), default=0.0) < SURE:
        return items
    return tuple(item for item in items if item.get("confidence") is None or item["confidence"] >= DOUBTFUL)


def _answers(item: dict[str, Any]) -> bool:
    """Tell whether an item says what the documents say, or that they do not."""
    topic = item.get("topic")
    return bool(item.get("text")) and (topic in load_topics() or topic in _TALK) and not item.get("form")
