"""The answer to a mail, as an agent will find it among the drafts, or as it leaves by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.mail import agent_block
from bot.mail.asking import Answered
from bot.mail.message import Mail
from bot.mail.policy import POLICY
from bot.mail.questions import MOST
from knowledge.base.topics import load_topics
from knowledge.french.dates import french_date, french_list
from knowledge.patterns import compile_pattern
from knowledge.privacy.masking import mask

_HERE = Path(__file__).parent
_PREFIX = compile_pattern(r"^\s*(?:(?:re|rép|rep|tr|fw|fwd|aw|wg)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_LINK = compile_pattern(r"\S*(?://|www\.|@)\S*")
_LIST = compile_pattern(r"^\s*[•–]\s*")
_RESTATED = 8  # words
_OVER = {"closed", "ended_by_programme"}


@dataclass(frozen=True)
class Facts:
    """What the draft must say of a mail beside the answers; see the notes of draft.yml.

    Attributes:
        address: of the mailbox, the answer's sender.
        signature: None: left for the agent to write.
    """

    mail: Mail
    address: str
    signature: str | None = None
    forwarded: bool = False
    masked: bool = False


def reply(facts: Facts, answered: Sequence[Answered], *, for_agent: bool) -> EmailMessage:
    """Return the answer to a mail.

    Args:
        answered: the questions in order.
        for_agent: with the block that an agent reads and removes; without it, the answer says that nobody read it.
    """
    words = _words()
    parts = [_part(number, item) for number, item in enumerate(answered, 1)]
    calls = {item["call"]["title"]: item["call"]["situation"] for item in _items(answered) if item.get("call")}
    closed = [words["closed"][state].format(title=title) for title, state in calls.items() if state in _OVER]
    message = _addressed(facts)
    context = {
        "subject": message["Subject"],
        "for_agent": for_agent,
        "notes": list(_notes(facts, answered, bool(closed))),
        "opening": _dated("opening", facts.mail.sent_at),
        "closed": closed,
        "parts": parts,
        "missing": any(_which_call(item) for item in answered),
    }
    return _filled(message, _rendered("draft.txt", facts, context), _rendered("draft.html", facts, context))


def emergency(facts: Facts) -> EmailMessage:
    """Return the draft that holds the emergency numbers alone."""
    message = _addressed(facts)
    return _filled(message, _rendered("distress.txt", facts, {}))


def receipt(facts: Facts) -> EmailMessage:
    """Return the acknowledgement of a request that a person will treat (CRPA, articles L112-3 and R112-5)."""
    message = _addressed(facts)
    context = {"received": _dated("received", facts.mail.sent_at), "address": facts.address}
    return _filled(message, _rendered("receipt.txt", facts, context))


def _addressed(facts: Facts) -> EmailMessage:
    mail, words = facts.mail, _words()
    message = EmailMessage(POLICY)
    message["From"] = facts.address
    writer = mail.reply_to or mail.sender
    if writer:
        user, _, domain = writer.email.rpartition("@")
        # A name is decoration, and may hold anything: the address alone is answered.
        message["To"] = HeaderAddress(username=user, domain=domain)
    subject = " ".join(_PREFIX.sub("", mail.subject).split())[:200] or words["no_subject"]
    message["Subject"] = words["subject"].format(subject=subject)
    message["In-Reply-To"] = mail.message_id
    message["References"] = " ".join(dict.fromkeys([*mail.references[-20:], mail.message_id]))
    return message


def _filled(message: EmailMessage, text: str, html: str | None = None) -> EmailMessage:
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    # Last: the content takes the headers of its own kind along.
    message["Content-Language"] = "fr"
    return message


def _part(number: int, answered: Answered) -> dict[str, Any]:
    words, topics = _words(), load_topics()
    others = words["other_topics"]
    titles = [_lowered(topics[topic].title) if topic in topics else others[topic] for topic in answered.topics]
    if titles:
        heading = words["heading"].format(number=number, topic=french_list(titles))
    else:
        restated = " ".join(_LINK.sub("", mask(answered.asked.text)).split()[:_RESTATED]).rstrip(" ?.,;:")
        heading = words["heading_unknown"].format(number=number, words=restated)
    texts = [item["text"] for item in answered.items]
    return {"heading": heading, "texts": texts, "blocks": list(_blocks(texts)), "sources": _sources(answered)}


def _blocks(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield paragraphs and lists, for HTML."""
    items: list[str] = []
    for line in "\n".join(texts).split("\n"):
        if _LIST.match(line):
            items.append(_LIST.sub("", line))
            continue
        if items:
            yield {"listed": items, "text": ""}
            items = []
        if line.strip():
            yield {"listed": [], "text": line}
    if items:
        yield {"listed": items, "text": ""}


def _sources(answered: Answered) -> list[dict[str, str]]:
    """Return one line per document, with all its sections, and its address apart."""
    sections: dict[str, dict[str, None]] = {}
    documents: dict[str, dict[str, Any]] = {}
    for source in (source for item in answered.items for source in item.get("sources") or ()):
        documents.setdefault(source["title"], source)
        named = (source.get("section") or "").split(" ; ")
        sections.setdefault(source["title"], {}).update(dict.fromkeys(filter(None, named)))
    lines = {title: _source({**source, "section": " ; ".join(sections[title])}) for title, source in documents.items()}
    return [{"text": lines[title], "url": source.get("url") or ""} for title, source in documents.items()]


def _source(source: dict[str, Any]) -> str:
    form = _words()["source_line"]
    title, publisher = source["title"], source.get("publisher")
    parts = [form["document"].format(title=title, publisher=publisher) if publisher else title, source.get("section")]
    for name in ("published", "checked"):
        day = source.get(f"{name}_on")
        parts.append(form[name].format(date=french_date(datetime.fromisoformat(day).date())) if day else None)
    return " ; ".join(part for part in parts if part)


def _notes(facts: Facts, answered: Sequence[Answered], closed: bool) -> Iterator[str]:
    """Yield what the agent must know before she sends."""
    notes, topics, mail = _words()["notes"], load_topics(), facts.mail
    named = dict.fromkeys(topics[topic].title for item in answered for topic in item.topics if topic in topics)
    if named:
        yield notes["topics"].format(topics=french_list(list(named)))
        yield notes["confidence"].format(percent=round(100 * confidence(answered)))
        titles = dict.fromkeys(source["title"] for item in _items(answered) for source in item.get("sources") or ())
        yield notes["sources"].format(sources=" ; ".join(titles))
    for number, item in enumerate(answered, 1):
        for name in doubts(item):
            yield notes[name].format(number=number)
    if closed:
        yield notes["closed"]
    if mail.attachments:
        files = [notes["attachment"].format(name=file.name, size=-(-file.size // 1024)) for file in mail.attachments]
        yield notes["attachments"].format(files=french_list(files))
    if mail.reply_to and mail.sender and mail.reply_to.email != mail.sender.email:
        yield notes["other_recipient"].format(address=mail.reply_to.email)
    others = [address.email for address in (*mail.to, *mail.cc) if address.email != facts.address]
    if others:
        yield notes["copies"].format(addresses=", ".join(dict.fromkeys(others)))
    flags = {"forwarded": facts.forwarded, "masked": facts.masked, "unreadable": bool(mail.problems)}
    yield from (notes[name] for name, holds in flags.items() if holds)
    if len(answered) >= MOST:
        yield notes["many"].format(count=MOST)


def doubts(answered: Answered) -> tuple[str, ...]:
    """Return what a person should look at in an answer, as names of notes; nothing when it states a fact."""
    if not answered.items:
        return ("unanswered",)
    if _which_call(answered):
        return ("which_call",)
    states = {item.get("state") for item in answered.items}
    found = []
    if states & {"not_stated", "unknown", "not_applicable"}:
        found.append("not_stated")
    if "conflict" in states:
        found.append("conflict")
    if any(item.get("decision") == "near" for item in answered.items):
        found.append("near")
    return tuple(found)


def confidence(answered: Sequence[Answered]) -> float:
    """Return how sure the least sure of the answers is, 0 to 1."""
    return min((item.confidence for item in answered if item.items), default=0.0)


def _which_call(answered: Answered) -> bool:
    topics = load_topics()
    return any(item["topic"] in topics and not item.get("call") for item in answered.items)


def _items(answered: Sequence[Answered]) -> Iterator[dict[str, Any]]:
    return (item for one in answered for item in one.items)


def _dated(name: str, sent_at: datetime | None) -> str:
    words = _words()
    return words[name].format(date=french_date(sent_at.date())) if sent_at else words[f"{name}_undated"]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _rendered(name: str, facts: Facts, context: dict[str, Any]) -> str:
    words = _words()
    return (
        _templates()
        .get_template(name)
        .render(
            words=words,
            begin=agent_block.BEGIN,
            end=agent_block.END,
            signature=facts.signature or words["signature"],
            **context,
        )
    )


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=False,
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load((_HERE / "draft.yml").read_text("utf-8")))
