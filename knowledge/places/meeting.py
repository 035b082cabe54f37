"""« Réunion »: the island or the meeting."""

from __future__ import annotations

from knowledge.patterns import compile_pattern
from knowledge.places.cues import cues
from knowledge.places.gazetteer import gazetteer
from knowledge.places.text import Message

_YEAR = compile_pattern(r"20\d\d\Z")
_ISLAND_CODE = compile_pattern(r"974\d{0,2}\Z")
_OF = ("du", "de", "d", "des", "est", "a")
_WHEN = ("le", "au", "en", "ce", "cet")
ISLAND = "974"
REACH = 4
"""Words before « réunion », article included, in which a clue counts."""


def island_certainty(message: Message, index: int) -> float:
    """Return how sure it is that the word « réunion » at `index` is the island; 0 for a meeting."""
    meeting = cues().meeting
    article = message.previous(index) == "la"
    head = index - 1 if article else index
    link = message.previous(head)
    if _officially(message, index, head, link):
        return 1.0
    named = not message.shouting and message.tokens[index].capital
    if _meeting_follows(message, index, article and named) or not article and link in meeting["determiners"]:
        return 0.0
    if named and article:
        return 0.95
    far = _before(message, head)
    if meeting["before"].intersection(far) and not _attached(message, head, link):
        return 0.0
    if named and (link == "en" or not message.tokens[index].initial):
        return 0.95
    if link == "a" and article:
        return 0.85
    return _unmarked(message, index, head, link, far)


def _unmarked(message: Message, index: int, head: int, link: str, far: list[str]) -> float:
    """Judge « (la) reunion » typed without a capital, an island's sign or a meeting's."""
    meeting, words = cues().meeting, cues().words
    article = head < index
    following = message.next(index + 1)
    if link == "en" and not article:
        return 0.0
    if {key for key in message.keys[:head] + message.keys[index + 1 :] if not _YEAR.match(key)} <= words["fillers"]:
        return 0.7 if article or len(message.keys) > 1 else 0.6
    if _YEAR.match(following):
        return 0.8
    if link == "pour" and article:
        return 0.7
    if meeting["domain"].intersection(far[-3:]) and (
        link in ("de", "sur", "dans", "") if article else link not in ("la", "de", "d", "en")
    ):
        return 0.75
    contrast = message.key(head - 1) in meeting["contrasts"] or head > 0 and not link
    if contrast and any(key in gazetteer().names for key in message.keys[:head]):
        return 0.7
    # « je parlais de la reunion pas la normandie »
    if (
        article
        and following in ("pas", "non", "plutot")
        and any(k in gazetteer().names for k in message.keys[index + 2 :])
    ):
        return 0.7
    asks = following in words["asking"] and (head == 0 or bool(message.tokens[index].initial))
    opening = asks or head == 0 and (article or message.text[message.tokens[index].end :].lstrip()[:1] == ":")
    telegraphic = (
        bool(link) and link not in meeting["verbs"] and link not in words["fillers"] and (article or not following)
    )
    return 0.6 if (opening or telegraphic) and following not in meeting["verbs"] else 0.0


def _officially(message: Message, index: int, head: int, link: str) -> bool:
    """Tell whether « île de », an agency, a town of the island or its number is beside the word."""
    agencies = ("ars", "aract", "carsat", "chu", "prefecture", "ile", "iles", "departement")
    before = message.key(head - 2) if link in ("de", "a") else link
    if before in agencies or _ISLAND_CODE.match(message.key(index + 1)):
        return True
    end = head - 1 if link in ("de", "a") else head
    for size in (3, 2, 1):
        town = gazetteer().town(" ".join(message.keys[max(0, end - size) : end])) if end >= size else None
        if town and ISLAND in town.departments:
            return True
    return False


def _before(message: Message, head: int) -> list[str]:
    """Return the few words before `head` in the same sentence."""
    first = head
    while first > max(0, head - REACH) and not message.tokens[first].initial:
        first -= 1
    return message.keys[first:head]


def _attached(message: Message, head: int, link: str) -> bool:
    """Tell whether a word that usually speaks of meetings bears on something else (« date limite … réunion »)."""
    nearest = message.key(head - 2) if link in ("de", "a", "pour", "en", "sur") else link
    return nearest in cues().meeting["domain"]


def _meeting_follows(message: Message, index: int, named: bool) -> bool:
    """Tell whether what follows speaks of a meeting (« d'information », « du 10 février », « est prévue »)."""
    meeting = cues().meeting
    first = message.next(index + 1)
    second = message.next(index + 2) if first else ""
    if first in (_OF if named else _OF + _WHEN) and second:
        dated = second.isdigit() and len(second) < 3 or second in cues().words["months"]
        return (
            second in meeting["after"]
            or dated
            or not named
            and first in ("de", "d", "des", "en", "du")
            and not _YEAR.match(second)
        )
    if first not in meeting["after"] or named and first in meeting["weak"]:
        return False
    return (
        first not in meeting["weak"]
        or message.previous(index) == "la"
        and message.previous(index - 1) not in ("a", "de", "en", "pour")
    )
