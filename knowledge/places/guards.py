"""Names of regions and départements that are also words: when are they places?"""

from __future__ import annotations

from knowledge.places.cues import Guard, cues
from knowledge.places.gazetteer import Name, gazetteer
from knowledge.places.meeting import island_certainty
from knowledge.places.text import Message

ARTICLES_AND_OF = frozenset({"le", "la", "l", "les", "du", "des"})
REACH = 4
"""Words before « de la » in which an establishment counts."""


def name_certainty(message: Message, start: int, end: int, name: Name) -> float:
    """Return how sure it is that the words from `start` to `end` mean the place called `name`; 0 for no."""
    if message.previous(start) in cues().words["civilities"] and message.named(start, end):
        return 0.0
    if message.previous(start) == "grande" and name.label == "Bretagne" or in_address(message, start):
        return 0.0
    if name.label == "Paris" and message.previous(start) == "de" and message.key(start - 2) in ("heure", "horaire"):
        return 0.0
    if not name.guard:
        return 0.95
    if name.guard == "reunion":
        return island_certainty(message, end - 1)
    return _guarded(message, start, end, cues().guards[name.guard])


def in_address(message: Message, start: int) -> bool:
    """Tell whether the name is that of a street (« rue de Paris »)."""
    before, second = message.previous(start), message.previous(start - 1)
    third = message.previous(start - 2) if second in cues().words["of"] else ""
    return bool({before, second, third} & cues().words["streets"]) and (
        before in ARTICLES_AND_OF | cues().words["of"] or before in cues().words["streets"]
    )


def _guarded(message: Message, start: int, end: int, guard: Guard) -> float:
    following, before = message.next(end), message.previous(start)
    head = start - 1 if before in ARTICLES_AND_OF else start
    context = message.previous(head) if head < start else before
    if guard.level in ("upper", "agency"):
        word = message.text[message.tokens[start].start : message.tokens[end - 1].end]
        if before in ("ars", "aract", "region") and not message.compound(start, end):
            return 0.9
        return (
            0.8
            if guard.level == "upper" and word.isupper() and (not message.shouting or len(message.keys) == 1)
            else 0.0
        )
    if following in guard.not_next or context in guard.not_previous or before in guard.not_previous:
        return 0.0
    if message.compound(start, end) or not guard.number and following.isdigit():
        return 0.0
    if _framed(message, head, start, guard):
        return 0.9
    if guard.level == "free":
        return 0.85
    named = message.named(start, end)
    article = head < start and message.previous(start) != "des"
    if named and (article or guard.bare or guard.level == "article"):
        return 0.85
    if guard.level == "article" and article:
        return 0.75
    rest = set(message.keys[:start] + message.keys[end:]) - cues().words["fillers"]
    alone = all(key in gazetteer().names for key in rest)
    return 0.6 if guard.alone and alone and (article or named or rest or end - start == len(message.keys)) else 0.0


def _framed(message: Message, head: int, start: int, guard: Guard) -> bool:
    """Tell whether « dans le », « département de », « EHPAD de la » or the like comes before the name."""
    words = cues().words
    before, article = message.previous(head), message.previous(start)
    if (
        message.key(start - 1) in words["department_words"]
        or article in ("ars", "aract")
        or guard.en
        and article == "en"
    ):
        return True
    if head < start and before == "dans":
        return True
    contracted = article in ("du", "des")
    at = head - 1 if not contracted and before in ("de", "d") else head
    if not contracted and at == head:
        return head < start and before in ("departement", "pour") and before != "pour"
    if message.previous(at) in words["department_words"]:
        return True
    near = {message.key(i) for i in range(max(0, at - REACH), at)}
    places = words["establishments"] | words["places_of_work"]
    return bool(near & words["establishments"]) or message.previous(at) in places
