"""What a person typed, given to Rasa as text and nothing else."""

from __future__ import annotations

import unicodedata

# Letters for Unicode, but drawn as nothing: alone they are no question.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def as_plain_text(text: str) -> str:
    """Return `text` so that Rasa reads it as text even when it begins with "/".

    Rasa takes as a command, with forced intent and entities, any message whose first character after
    str.strip() is "/" (YAMLStoryReader.unpack_regex_message, called by RegexMessageHandler, which no
    configuration removes). A visible dash is put before it: a space would be stripped, and an invisible
    mark could be removed by a later step of the pipeline. Compatibility forms ("／") count as "/" because
    such a step may also normalise them.
    """
    looks_like = unicodedata.normalize("NFKC", text).lstrip(BLANK).lstrip()
    return f"- {text}" if looks_like.startswith("/") else text
