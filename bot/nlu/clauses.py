"""Cutting a message into the questions it holds.

Sentences come from spaCy; within a sentence, places where a question may end (« et », « ainsi que », a
comma, a dash of a list) are candidates, kept only when the pieces are about different things: that is
for the intent model to say, so this module proposes and `IntentClassifier` disposes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from knowledge.patterns import compile_pattern

_JOINT = compile_pattern(
    r" ?[,;] ?(?:et|puis|ainsi que|mais|ou) | (?:et aussi|et|puis|ainsi que|et enfin|mais aussi) | ?[,;] | [-–•+] ",
    re.IGNORECASE,
)
_NUMBERED = compile_pattern(r"(?:^|[\s,;:])\(?\d{1,2}\)\s*")
_LIST_MARK = compile_pattern(r"^\s*(?:[-–•*]|\d{1,2}[).°])\s*")
_ONLY_MARK = compile_pattern(r"^\d{1,2}[).°]$")
_NOT_SENTENCE_END = compile_pattern(r"\b(?:M|Mme|Dr|art|n|cf|ex|etc|dpt|tél|min|max)\.$", re.IGNORECASE)
_INTERROGATIVE = compile_pattern(
    r"^(?:et\s+)?(?:à |a |de |d['’]|pour |sur |dans |par |avec |en |jusqu['’]à )?"
    r"(?:quel(?:le)?s?|comment|combien|quand|qui|quoi|où|pourquoi|est[- ]ce|lequel|laquelle|lesquel(?:le)?s|faut[- ]il"
    r"|peut[- ]on|doit[- ]on|y a[- ]t[- ]il|c['’ ]?est quoi|ce qu[e'’])\b",
    re.IGNORECASE,
)
_ENDS_ASKING = compile_pattern(
    r"\b(?:quand|combien|où|comment|pourquoi|à qui|par qui|lesquel(?:le)?s)\s*\?*$", re.IGNORECASE
)

# « trois éléments sur l'appel : les pièces, la date et l'adresse »: what follows is asked, item by item.
_ANNOUNCED = compile_pattern(
    r"\b(?:éléments?|points?|renseignements?|questions?|précisions?|informations?|infos?|choses?|volets?|réponses?)\b"
    r"[^:?]*:\s+(?=\S)",
    re.IGNORECASE,
)

_NEW_ITEM = compile_pattern(
    r"(?:l[ea]s?|l['’]|un|une|des|du|leurs?|sa|son|ses|nos|notre|vos|votre|quel\w*|qui|combien|si|s['’]|où|quand|comment|ce)"
    r"(?:\s|(?<=['’]))",
    re.IGNORECASE,
)
# A question that only asks for more on the one before: « … de performance ? laquelle ? ».
_BARE = compile_pattern(
    r"^(?:et\s+)?(?:lesquel(?:le)?s|laquelle|lequel|combien(?: de fois)?|pourquoi|comment|quand|où|(?:[àa]|par|avec) qui|qui"
    r"|quoi)\s*\?*$",
    re.IGNORECASE,
)
_INDIRECT = compile_pattern(r"^(?:et\s+)?(?:si\s|s['’]il\b)", re.IGNORECASE)
_WANTS_TO_KNOW = compile_pattern(
    r"\b(?:savoir|demand\w+|confirm\w+|dire|dites|préciser|précisez|indiquer|indiquez|vérifier|connaître)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a message; `listed`: it is an item of a list of several."""

    text: str
    listed: bool = False


def sentences(doc: Doc) -> list[Sentence]:
    """Return the sentences of a message, list marks removed, abbreviations kept whole."""
    found: list[Sentence] = []
    for span in doc.sents:
        text = span.text.strip()
        if not text:
            continue
        bare = found[-1].text.strip() if found else ""
        if found and (_NOT_SENTENCE_END.search(bare) or _ONLY_MARK.match(bare) or not any(map(str.isalnum, text))):
            text = f"{found.pop().text} {text}"
        found.append(Sentence(text))
    marked = [(_LIST_MARK.sub("", item.text), bool(_LIST_MARK.match(item.text))) for item in found]
    several = sum(listed for _, listed in marked) > 1
    kept = [Sentence(text, listed and several) for text, listed in marked if any(map(str.isalnum, text))]
    return kept or [Sentence(doc.text)]


def announced(sentence: str) -> tuple[str, list[str]]:
    """Return an announcement and its items (« deux points sur l'appel : la date et l'adresse »); none: no items."""
    found = _ANNOUNCED.search(sentence)
    items: list[str] = []
    for piece in pieces(sentence[found.end() :]) if found else ():
        if items and not _NEW_ITEM.match(piece):
            items[-1] = f"{items[-1]}, {piece}"  # « dossiers déposés et soutenus »: one item
        else:
            items.append(piece)
    return (sentence[: found.end()].strip(" :"), items) if found and len(items) > 1 else ("", [])


def pieces(sentence: str) -> list[str]:
    """Return the pieces between the joints of a sentence (one piece: nothing to cut)."""
    # Spaces are single first: a joint between runs of them would be tried at each.
    joined = " ".join(sentence.split())
    return [piece for piece in (part.strip() for part in _JOINT.split(joined)) if _long_enough(piece)]


def numbered(sentence: str) -> list[str]:
    """Return the items of a numbered list within a sentence (« 1) les pièces 2) la date »); none: no such list."""
    items = _NUMBERED.split(sentence)
    return [item.strip(" ,;:") for item in items if _long_enough(item)] if len(items) > 2 else []


def starts_an_indirect_question(piece: str, sentence: str) -> bool:
    """Return whether a piece goes on with what one wants to know (« savoir si…, s'il existe…, et si… »)."""
    return bool(_INDIRECT.match(piece) and _WANTS_TO_KNOW.search(sentence))


def is_bare(piece: str) -> bool:
    """Return whether a question says nothing without the one before it (« laquelle ? »)."""
    return bool(_BARE.match(piece.strip()))


def starts_a_question(piece: str) -> bool:
    """Return whether a piece is a question of its own: « et combien… », « … on est payé quand ? »."""
    return bool(_INTERROGATIVE.match(piece) or _ENDS_ASKING.search(piece))


def _long_enough(piece: str) -> bool:
    return any(map(str.isalpha, piece))
