"""The block of a draft that is for the agent alone, and must never reach the person who wrote."""

from __future__ import annotations

import html
import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import yaml

from bot.mail.message import WHOLE_MAIL
from knowledge.patterns import compile_pattern

_TAG = compile_pattern(r"<[^<>]*>", reads=WHOLE_MAIL)
_MARKS = yaml.safe_load(Path(__file__).with_name("agent_block.yml").read_text("utf-8"))
BEGIN: str = _MARKS["begin"]
END: str = _MARKS["end"]


def is_in(message: EmailMessage) -> bool:
    """Tell whether a text or HTML part of a message bears either mark, however it is written or encoded."""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            text = payload.decode(part.get_content_charset("utf-8"), "replace") if isinstance(payload, bytes) else ""
            plain = _TAG.sub("", html.unescape(text))
            if any(_bare(mark) in _bare(candidate) for mark in (BEGIN, END) for candidate in (text, plain)):
                return True
    return False


def without(text: str) -> str:
    """Return a text without the block: all of it when both marks are there, what follows a lone end otherwise."""
    begin, end = _line_with(_begin, text), _line_with(_end, text)
    if begin and end and begin[0] < end[0]:
        return text[: begin[0]] + text[end[1] :]
    return text[end[1] :] if end else text


def _bare(text: str) -> str:
    """Return the letters and `=` alone, without accents: mail programs change spaces, quotes and line ends."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum() or letter == "=")


def _loose(mark: str) -> re.Pattern[str]:
    words = (re.escape(word).replace("'", "['’]") for word in mark.split())
    return compile_pattern(r"\s{1,9}".join(words), reads=WHOLE_MAIL)


_begin, _end = _loose(BEGIN), _loose(END)


def _line_with(mark: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """Return where the lines of a mark start and end."""
    found = mark.search(text)
    if not found:
        return None
    start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    return start, end if end >= 0 else len(text)
