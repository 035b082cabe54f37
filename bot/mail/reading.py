"""Reading a mail as it came: whatever its bytes, in bounded time and memory.

The parser's old header policy is used on purpose: the new one parses each header's grammar, in quadratic time and
with errors of its own on hostile values. What is needed of headers is decoded here.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timezone
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from bot.mail.decoding import header_text, squeezed
from bot.mail.message import Address, Mail
from bot.mail.parts import Content, read_parts
from knowledge.patterns import compile_pattern

_MAX_SIZE = 40_000_000  # bytes; past it, mail servers refuse
_MAX_HEADER = 50_000  # characters of one header
_MAX_HEADERS = 5_000  # of a mail and its parts
_MAX_SHOWN = 300  # headers kept
_MAX_PARTS = 1_000
_MAX_BOUNDARIES = 200
_MAX_LINES = 1_000_000
_MAX_COMPARISONS = 20_000_000  # of a line with a boundary
_MAX_ADDRESSES = 1_000
_MAX_REFERENCES = 100
_TOP = 200_000  # bytes read when the whole cannot be
_MAX_SUBJECT = 1_000  # characters
_ID = compile_pattern(r"<([^<>\s]{1,900})>")
_BARE_ID = compile_pattern(r"([^<>\s@]{1,450}@[^<>\s@]{1,450})", reads=_MAX_HEADER)
_BOUNDARY = compile_pattern(rb"boundary\s*=|message/rfc822", re.IGNORECASE)
_ADDRESS = compile_pattern(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+")


class _TooMuch(Exception):
    """The mail has more headers or parts than any honest mail."""


class _Bounded(Compat32):
    """Counts what the parser makes, and cuts long headers."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        object.__setattr__(self, "made", {"headers": 0, "parts": 0})
        object.__setattr__(self, "message_factory", self._make_part)

    def _count(self, kind: str, limit: int) -> None:
        made: dict[str, int] = self.__dict__["made"]
        made[kind] += 1
        if made[kind] > limit:
            raise _TooMuch(kind)

    def _make_part(self, policy: _Bounded) -> Message:
        self._count("parts", _MAX_PARTS)
        return Message(policy)

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        self._count("headers", _MAX_HEADERS)
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_MAX_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


def read(raw: bytes) -> Mail:
    """Return the mail that `raw` holds; what cannot be read is named in its `problems`. Never raises."""
    problems: dict[str, None] = {}
    message = _parsed(raw, problems)
    content = Content() if problems else read_parts(message)
    problems |= content.problems
    headers = _headers(message)

    def first(name: str) -> str:
        return headers.get(name, ("",))[0]

    body = squeezed("\n\n".join(content.texts))
    to, cc, reply_to = (_addresses(message, name) for name in ("To", "Cc", "Reply-To"))
    sender = next(iter(_addresses(message, "From")), None)
    return Mail(
        message_id=_message_id(first("message-id")) or _made_id(first("from"), first("date"), first("subject"), body),
        references=_references(first("references"), first("in-reply-to")),
        sender=sender,
        reply_to=next(iter(reply_to), sender),
        to=to,
        cc=cc,
        subject=first("subject")[:_MAX_SUBJECT],
        sent_at=_date(first("date")),
        headers=headers,
        body=body,
        html_only=content.html_only,
        attachments=tuple(content.attachments),
        links=tuple(content.links),
        problems=tuple(problems),
    )


def _parsed(raw: bytes, problems: dict[str, None]) -> Message:
    lines = raw.count(b"\n")
    boundaries = len(_BOUNDARY.findall(raw))
    if len(raw) > _MAX_SIZE or lines > _MAX_LINES:
        problems["too_large"] = None
    # The parser calls itself at each level, and compares each line with every boundary it is in.
    elif boundaries > _MAX_BOUNDARIES or boundaries * lines > _MAX_COMPARISONS:
        problems["nesting"] = None
    else:
        try:
            return BytesParser(policy=_Bounded()).parsebytes(raw)
        except (_TooMuch, RecursionError):
            problems["too_large"] = None
    try:
        return BytesParser(policy=_Bounded()).parsebytes(raw[:_TOP], headersonly=True)
    except _TooMuch:  # a header takes more than two bytes
        return BytesParser(policy=_Bounded()).parsebytes(raw[: _MAX_HEADERS * 2], headersonly=True)


def _headers(message: Message) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in message.items()[:_MAX_SHOWN]:
        found.setdefault(header_text(name).lower(), []).append(header_text(value))
    return {name: tuple(values) for name, values in found.items()}


def _addresses(message: Message, header: str) -> tuple[Address, ...]:
    """Return the addresses of a header; names are decoded after, for what they hold must not make addresses."""
    values = [" ".join(value.split()) for value in message.get_all(header, [])[:10]]
    try:
        found = getaddresses(values)[:_MAX_ADDRESSES]
    except (IndexError, ValueError, RecursionError):  # the library's own faults on hostile values
        return ()
    return tuple(
        Address(email.lower(), header_text(name)[:200])
        for name, email in found
        if email.isascii() and _ADDRESS.fullmatch(email)
    )


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


def _message_id(value: str) -> str:
    found = _ID.search(value) or _BARE_ID.fullmatch(value.strip())
    return f"<{found[1]}>" if found else ""


def _made_id(*parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"<{digest[:32]}@no-message-id>"


def _references(references: str, in_reply_to: str) -> tuple[str, ...]:
    """Return the thread's identifiers; of a long thread, the first and the last ones."""
    found = dict.fromkeys(f"<{name}>" for name in _ID.findall(references))
    found |= dict.fromkeys(f"<{name}>" for name in _ID.findall(in_reply_to)[:1])
    known = tuple(found)
    return known if len(known) <= _MAX_REFERENCES else (known[0], *known[1 - _MAX_REFERENCES :])
