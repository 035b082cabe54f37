"""What an answer to « Acceptez-vous ? » or « Effacer définitivement ? » means (assent.yml).

Consent is unambiguous or it is none (RGPD, article 4, 11°), and an erasure cannot be undone: a yes is a whole message made
of a plain yes. A refusal in any words ends the matter; whatever else is said keeps and erases nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("assent.yml")
_MOST_WORDS = 16  # of a plain yes


class Matter(str, Enum):
    """What is asked: to keep a dossier, or to erase it."""

    CONSENT = "consent"
    ERASE = "erase"


class Assent(str, Enum):
    """What an answer means."""

    YES = "yes"
    NO = "no"
    ASKS = "asks"
    HESITATES = "hesitates"


@dataclass(frozen=True)
class _Yes:
    """Words of a plain yes: one of `plain`, or the whole of one of `whole`, among `around`."""

    plain: frozenset[str]
    whole: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True)
class _Words:
    fillers: frozenset[str]
    assenting: frozenset[str]
    assenting_with: frozenset[str]
    reassuring: re.Pattern[str]
    yes: dict[Matter, _Yes]
    asks: re.Pattern[str]
    hesitates: re.Pattern[str]
    refuses: dict[Matter, re.Pattern[str]]
    about: dict[Matter, dict[str, re.Pattern[str]]]


def assent_of(text: str, matter: Matter) -> Assent:
    """Return what an answer means; nothing but YES keeps or erases anything."""
    words = _words()
    folded = " ".join(words.reassuring.sub(" ", fold(text)).split())
    asks = "?" in text or bool(words.asks.search(folded))
    if not asks and _is_yes(folded.split(), matter):
        return Assent.YES
    if asks:
        # « Non, pourquoi ? » refuses; « qu'est-ce que je risque à dire non ? » does not.
        return Assent.NO if folded.startswith(("non ", "nan ", "je refuse ")) else Assent.ASKS
    if words.hesitates.search(folded) and not folded.startswith(("non", "nan", "je refuse")):
        return Assent.HESITATES
    return Assent.NO if words.refuses[matter].search(folded) else Assent.HESITATES


def asked_about(text: str, matter: Matter) -> str | None:
    """Return the phrase (dossier.about.…) that answers a question on what is asked; None when none is known."""
    folded = fold(text)
    return next((name for name, pattern in _words().about[matter].items() if pattern.search(folded)), None)


def _is_yes(said: list[str], matter: Matter) -> bool:
    words = _words()
    yes, spoken = words.yes[matter], set(said)
    if spoken & words.assenting and spoken <= words.assenting_with:
        return True
    around = words.fillers | words.assenting
    first = next((place for place, word in enumerate(said) if word not in around), len(said))
    last = next((place for place in range(len(said), first, -1) if said[place - 1] not in around), first)
    # « bien sûr » and « vous pouvez le garder » begin with a filler.
    if any(" ".join(said[start:end]) in yes.whole for start in range(first + 1) for end in range(last, len(said) + 1)):
        return True
    known = yes.plain | yes.around | words.fillers | words.assenting
    return len(said) <= _MOST_WORDS and bool(spoken & yes.plain) and spoken <= known


@lru_cache(maxsize=1)
def _words() -> _Words:
    written = yaml.safe_load(_FILE.read_text("utf-8"))
    refuses = written["refuses"]
    about = {matter: written["about"][matter.value].items() for matter in Matter}
    return _Words(
        fillers=frozenset(written["fillers"].split()),
        assenting=frozenset(written["assenting"].split()),
        assenting_with=frozenset(written["assenting_with"].split()),
        reassuring=compile_pattern(rf"\b(?:{written['reassuring']})\b"),
        yes={matter: _yes(written[matter.value]) for matter in Matter},
        asks=_any(written["asks"]),
        hesitates=_any(written["hesitates"]),
        refuses={Matter.CONSENT: _any(refuses), Matter.ERASE: _any([*refuses, *written["refuses_erasing"]])},
        about={matter: {name: compile_pattern(words) for name, words in items} for matter, items in about.items()},
    )


def _yes(written: Mapping[str, Any]) -> _Yes:
    return _Yes(frozenset(written["plain"].split()), frozenset(written["whole"]), frozenset(written["objects"].split()))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return compile_pattern("|".join(f"(?:{pattern})" for pattern in patterns))
