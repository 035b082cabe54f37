"""What a person typed, made safe for Rasa without changing its meaning."""

from __future__ import annotations

import unicodedata

from bot.web.problems import Problem

MAX_LENGTH = 1000  # characters
# Letters for Unicode, but drawn as nothing: alone they are no question.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_NEWLINES = {"\r\n": "\n", "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
# Cc control, Cf zero-width and direction marks, Cs halves of characters that no encoding accepts.
_REMOVED = {"Cc", "Cf", "Cs"}


def clean(text: object) -> str:
    """Return the text in normal form C, without control nor invisible characters, without outer spaces.

    Raises:
        Problem: not a string, empty once cleaned, or over MAX_LENGTH characters.
    """
    if not isinstance(text, str):
        raise Problem("text-not-a-string")
    for mark, plain in _NEWLINES.items():
        text = text.replace(mark, plain)
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in _REMOVED)
    cleaned = unicodedata.normalize("NFC", kept).strip()
    if not cleaned.strip(_BLANK).strip():
        raise Problem("empty-text")
    if len(cleaned) > MAX_LENGTH:
        raise Problem("text-too-long")
    return cleaned


def as_plain_text(text: str) -> str:
    """Return `text` so that Rasa reads it as text even when it begins with "/".

    Rasa takes as a command, with forced intent and entities, any message whose first character after
    str.strip() is "/" (YAMLStoryReader.unpack_regex_message, called by RegexMessageHandler, which no
    configuration removes). A visible dash is put before it: a space would be stripped, and an invisible
    mark could be removed by a later step of the pipeline. Compatibility forms ("／") count as "/" because
    such a step may also normalise them.
    """
    looks_like = unicodedata.normalize("NFKC", text).lstrip(_BLANK).lstrip()
    return f"- {text}" if looks_like.startswith("/") else text
