"""What is kept of a draft to compare it, later, with what the agent sent: no text, only salted traces.

The draft itself cannot serve: mail programs delete it when it is sent. So each run of three words leaves four bytes of
a keyed hash, whose key is this mail's own: enough to measure what was kept of the draft, not enough to read it, nor to
tell whether two drafts say the same thing.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from difflib import SequenceMatcher
from email.message import EmailMessage

from mailparser_reply import EmailReplyParser

from bot.mail import agent_block
from bot.mail.message import WHOLE_MAIL
from knowledge.patterns import compile_pattern

_RUN = 3  # words
_BYTES = 4
_WORD = compile_pattern(r"\w+", reads=WHOLE_MAIL)
_TAG = compile_pattern(r"<[^<>]*>", reads=WHOLE_MAIL)


@dataclass(frozen=True)
class Traces:
    """Traces of a text; `words` counts its words."""

    text: str
    words: int


def body_of(message: EmailMessage) -> str:
    """Return the plain text of a message (its HTML, without tags, when there is no other), empty without one."""
    part = message.get_body(("plain", "html"))
    payload = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(payload, bytes):
        return ""
    try:
        text = payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = payload.decode("utf-8", "replace")
    return _TAG.sub(" ", text) if part.get_content_subtype() == "html" else text


def own_words(text: str) -> list[str]:
    """Return the words of an answer: without the agent's block, without what it quotes."""
    bare = agent_block.without(text).replace("\r\n", "\n").strip()
    kept = EmailReplyParser(languages=["fr", "en"]).read(bare).latest_reply or ""
    unquoted = "\n".join(line for line in kept.splitlines() if not line.lstrip().startswith(">"))
    return _WORD.findall(unquoted.casefold())


def traces_of(text: str, key: str) -> Traces:
    """Return the traces of an answer.

    Args:
        key: of this mail alone.
    """
    words = own_words(text)
    runs = [" ".join(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1))] if words else []
    hashed = (hmac.new(key.encode(), run.encode(), hashlib.sha256).hexdigest()[: 2 * _BYTES] for run in runs)
    return Traces("".join(hashed), len(words))


def similarity(draft: str, sent: str) -> float:
    """Return how alike two texts are by their traces, from 0 to 1 (difflib's ratio)."""
    return SequenceMatcher(None, _split(draft), _split(sent), autojunk=False).ratio()


def _split(traces: str) -> list[str]:
    return [traces[start : start + 2 * _BYTES] for start in range(0, len(traces), 2 * _BYTES)]
