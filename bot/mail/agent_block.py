"""The block of a draft that is for the agent alone, and must never reach the person who wrote."""

from __future__ import annotations

import html
import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import yaml

_MARKS = yaml.safe_load(Path(__file__).with_name("agent_block.yml").read_text("utf-8"))
BEGIN: str = _MARKS["begin"]
END: str = _MARKS["end"]


def is_in(message: EmailMessage) -> bool:
    """Tell whether a text or HTML part of a message bears either mark, however it is written or encoded."""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            text = payload.decode(part.get_content_charset("utf-8"), "replace") if isinstance(payload, bytes) else ""
            plain = re.sub(r"<[^>]*>", "", html.unescape(text))
            if any(_bare(mark) in _bare(candidate) for mark in (BEGIN, END) for candidate in (text, plain)):
                return True
    return False


def without(text: str) -> str:
    """Return a text without the block: all of it when both marks are there, what follows a lone end otherwise."""
    end = re.search(rf"^.*{_loose(END)}.*$", text, re.MULTILINE)
    begin = re.search(rf"^.*{_loose(BEGIN)}.*$", text, re.MULTILINE)
    if begin and end and begin.start() < end.start():
        return text[: begin.start()] + text[end.end() :]
    return text[end.end() :] if end else text


def _bare(text: str) -> str:
    """Return the letters and `=` alone, without accents: mail programs change spaces, quotes and line ends."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum() or letter == "=")


def _loose(mark: str) -> str:
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in mark.split())
