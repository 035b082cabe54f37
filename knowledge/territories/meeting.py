"""« Réunion »: the island or the meeting."""

from __future__ import annotations

import re

from knowledge.territories.cues import cues
from knowledge.territories.text import Message

_YEAR = re.compile(r"20\d\d\Z")
_ISLAND_CODES = frozenset({"974", "97400", "97490"})
REACH = 4
"""Words before « réunion », article included, in which a clue counts."""


def island_certainty(message: Message, index: int) -> float:
    """Return how sure it is that the word « réunion » at `index` is the island; 0 for a meeting."""
    meeting, words = cues().meeting, cues().words
    article = message.previous(index) == "la"
    head = index - 1 if article else index
    link = message.previous(head)
    far = [message.key(i) for i in range(max(0, head - REACH), head)]
    if link in ("ile", "iles") or link == "de" and message.key(head - 2) in ("ile", "iles"):
        return 1.0
    if message.next(index + 1) in _ISLAND_CODES or message.key(index + 1) in _ISLAND_CODES:
        return 1.0
    if link in ("ars", "aract", "carsat", "chu") or link == "de" and message.key(head - 2) in ("ars", "aract", "chu", "prefecture"):
        return 1.0
    if _meeting_follows(message, index) or not article and link in meeting["determiners"]:
        return 0.0
    if meeting["before"].intersection(far) and not _attached(message, head, link):
        return 0.0
    named = not message.shouting and message.tokens[index].capital
    if named and (article or link == "en" or not message.tokens[index].initial):
        return 0.95
    if link in ("a", "en") and article:
        return 0.85
    if set(message.keys[:head]) <= words["fillers"] and _tail_is_empty(message, index):
        return 0.7 if article or len(message.keys) > 1 else 0.6
    if _YEAR.match(message.next(index + 1)):
        return 0.8
    if link == "pour" and article:
        return 0.7
    if article and link in ("de", "sur", "dans", "") or not article and link not in ("la", "de", "d", "en"):
        return 0.75 if meeting["domain"].intersection(far[-3:]) else 0.0
    return 0.0


def _attached(message: Message, head: int, link: str) -> bool:
    """Tell whether a word that usually speaks of meetings bears on something else (« date limite … réunion »)."""
    before = cues().meeting["domain"]
    nearest = message.key(head - 2) if link in ("de", "a", "pour", "en", "sur") else link
    return nearest in before or link == "en" and message.key(head) == "la"


def _meeting_follows(message: Message, index: int) -> bool:
    """Tell whether what follows speaks of a meeting (« d'information », « du 10 février », « est prévue »)."""
    words, after = cues().words, cues().meeting["after"]
    following = [message.key(i) for i in range(index + 1, index + 4) if _same_phrase(message, index + 1, i)]
    if not following:
        return False
    first = following[0]
    if first in ("du", "de", "d", "des", "le", "au", "en", "est", "a", "ce", "cet", "pas") and len(following) > 1:
        second = following[1]
        return second in after or second.isdigit() and int(second) <= 31 or second in words["months"] or (
            first in ("de", "d", "des") and second not in ("france",))
    return first in after and first not in ("ou", "qui", "aura", "s", "avec", "avait", "etait", "sera", "entre", "nous") or (
        first in after and message.previous(index) == "la" and message.previous(index - 1) not in ("a", "de", "en", "pour"))


def _same_phrase(message: Message, start: int, index: int) -> bool:
    return all(message.glued(i) for i in range(start, index + 1))


def _tail_is_empty(message: Message, index: int) -> bool:
    """Tell whether only a year or small words end the message."""
    return all(key in cues().words["fillers"] or _YEAR.match(key) for key in message.keys[index + 1:])
