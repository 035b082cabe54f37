"""From Rasa's items to the answers that people and programs receive."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import Error as DatabaseFailure

from bot.web import forgetting
from bot.web.models import Button, new_button_id
from bot.web.problems import Problem

_SOURCE_FIELDS = ("title", "publisher", "section", "published_on", "checked_on", "url")
_CONTACT_FIELDS = ("name", "channel", "address")
_EXTRACT_FIELDS = ("words", "section", "document")
_CALL_FIELDS = ("id", "title", "situation")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Choice:
    """A button as people see it."""

    id: str
    label: str


@dataclass(frozen=True)
class Form:
    """A question of several, with its control (`radio`, `select`, `number`, `date`, `text`) and where it stands."""

    control: str
    label: str
    done: int
    total: int
    options: list[Choice] = field(default_factory=list)
    """What is chosen among; each is answered as a button is."""


@dataclass(frozen=True)
class Answer:
    """One message of the assistant; `text` stands alone, only citations are beside it."""

    text: str
    sources: list[dict[str, str | None]] = field(default_factory=list)
    call: dict[str, str | None] | None = None
    topic: str | None = None
    state: str | None = None
    buttons: list[Choice] = field(default_factory=list)
    downloads: list[dict[str, str]] = field(default_factory=list)
    form: Form | None = None
    contacts: list[dict[str, str | None]] = field(default_factory=list)
    extracts: list[dict[str, str | None]] = field(default_factory=list)
    decision: str | None = None
    lead: str = ""
    verdict: str | None = None
    points: list[str] = field(default_factory=list)
    more: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the API sends it."""
        return asdict(self)


async def from_items(items: list[dict[str, Any]], conversation: str) -> list[Answer]:
    """Return Rasa's items as answers; the payloads of their buttons are kept on the server.

    Raises:
        Problem: no item says anything, or the database does not answer.
    """
    answers: list[Answer] = []
    kept: list[Button] = []
    for item in items:
        custom = item.get("custom")
        content = custom if isinstance(custom, dict) else item
        text = content.get("text")
        if not isinstance(text, str) or not text.strip():
            continue
        offered = _buttons(content.get("buttons"), conversation)
        asked: dict[str, Any] = next(iter(_dicts([content.get("form")])), {})
        options = _buttons(asked.get("options"), conversation)
        kept += [*offered, *options]
        call = content.get("call")
        answers.append(
            Answer(
                text=text.strip(),
                sources=[_only(_SOURCE_FIELDS, source) for source in _dicts(content.get("sources"))],
                call=_only(_CALL_FIELDS, call) if isinstance(call, dict) else None,
                topic=_text_or_none(content.get("topic")),
                state=_text_or_none(content.get("state")),
                buttons=_choices(offered),
                downloads=_dicts(content.get("downloads")),
                form=_form(asked, options),
                contacts=[_only(_CONTACT_FIELDS, contact) for contact in _dicts(content.get("contacts"))],
                extracts=[_only(_EXTRACT_FIELDS, extract) for extract in _dicts(content.get("extracts"))],
                decision=_text_or_none(content.get("decision")),
                lead=_text_or_none(content.get("lead")) or "",
                verdict=_text_or_none(content.get("verdict")),
                points=[point for point in content.get("points") or () if isinstance(point, str)],
                more=more if isinstance(more := content.get("more"), int) else 0,
            )
        )
    if not answers:
        raise Problem("assistant-unavailable", {"Retry-After": "30"})
    if kept:
        with _database():
            await Button.objects.abulk_create(kept)
    return answers


async def payload_of(button_id: object, conversation: str) -> str:
    """Return what a button offered in this conversation means to Rasa.

    Raises:
        Problem: it was not offered there, or the database does not answer.
    """
    if isinstance(button_id, str):
        with _database():
            button = await Button.objects.filter(id=button_id.replace("\0", ""), conversation=conversation).afirst()
        if button:
            return button.payload
    raise Problem("unknown-button")


async def forget_old() -> None:
    """Erase what no token still valid can use.

    Raises:
        Problem: the database does not answer.
    """
    with _database():
        await forgetting.forget_old()


@contextmanager
def _database() -> Iterator[None]:
    """Turn a database that does not answer into a problem that says to come back later."""
    try:
        yield
    except DatabaseFailure as error:
        log.error("The web database failed: %s", type(error).__name__)
        raise Problem("assistant-unavailable", {"Retry-After": "30"}) from None


def _form(asked: dict[str, Any], options: list[Button]) -> Form | None:
    control, label, done, total = (asked.get(name) for name in ("control", "label", "done", "total"))
    if not (isinstance(control, str) and isinstance(label, str) and isinstance(done, int) and isinstance(total, int)):
        return None
    return Form(control, label, done, total, _choices(options))


def _buttons(entries: object, conversation: str) -> list[Button]:
    return [button for entry in _dicts(entries) if (button := _button(entry, conversation))]


def _choices(buttons: list[Button]) -> list[Choice]:
    return [Choice(button.id, button.label) for button in buttons]


def _button(entry: dict[str, Any], conversation: str) -> Button | None:
    # Our actions say "label", Rasa's own responses say "title".
    label, payload = entry.get("label") or entry.get("title"), entry.get("payload")
    if not isinstance(label, str) or not isinstance(payload, str) or not payload:
        return None
    return Button(id=new_button_id(), conversation=conversation, label=label[:200], payload=payload)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _only(names: tuple[str, ...], content: dict[str, Any]) -> dict[str, str | None]:
    return {name: _text_or_none(content.get(name)) for name in names}


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
