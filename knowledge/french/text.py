"""Comparing French words as people type them: without case, accents or punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from knowledge.patterns import compile_pattern

_WORD = compile_pattern(r"[a-z0-9]+")
LONGEST_FOLD = 4
"""Letters that one sign may stand for (« ㏂ », « ¼ »); one that unfolds into more stands for a space."""
# Words that say nothing of what is asked.
STOP_WORDS = frozenset(
    [
        "a",
        "ai",
        "as",
        "au",
        "aux",
        "avec",
        "avez",
        "avoir",
        "avons",
        "c",
        "ca",
        "ce",
        "ceci",
        "cela",
        "celle",
        "celui",
        "ces",
        "cet",
        "cette",
        "chez",
        "comme",
        "comment",
        "d",
        "dans",
        "de",
        "des",
        "dois",
        "doit",
        "donc",
        "dont",
        "du",
        "elle",
        "elles",
        "en",
        "es",
        "est",
        "et",
        "etc",
        "etes",
        "etre",
        "eu",
        "eux",
        "fait",
        "faire",
        "faut",
        "font",
        "ici",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "ou",
        "par",
        "pas",
        "peut",
        "peux",
        "plus",
        "pour",
        "pourquoi",
        "pouvez",
        "pr",
        "pu",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "sans",
        "se",
        "ses",
        "si",
        "soit",
        "son",
        "sont",
        "sous",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tous",
        "tout",
        "toute",
        "toutes",
        "tu",
        "un",
        "une",
        "va",
        "vais",
        "veut",
        "veux",
        "vos",
        "votre",
        "vous",
        "y",
        "bonjour",
        "bonsoir",
        "merci",
        "svp",
        "stp",
        "savoir",
        "dire",
        "dites",
        "dis",
        "rappeler",
        "rappelez",
        "confirmer",
        "confirmez",
        "preciser",
        "precisez",
        "indiquer",
        "indiquez",
        "voudrais",
        "souhaite",
        "souhaiterais",
        "aimerais",
        "quelque",
        "chose",
        "y",
        "a",
        "t",
        "il",
        "est",
        "ce",
    ]
)


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return the plain lower-case letters of one character (« É » → « e », « œ » → « oe »)."""
    if character in "œŒ":
        return "oe"
    if character in "æÆ":
        return "ae"
    folded = unicodedata.normalize("NFKD", character.casefold())
    plain = "".join(part for part in folded if not unicodedata.combining(part))
    # « ﷺ » unfolds into eighteen letters, and a message of them into as many times its length.
    return plain if len(plain) <= LONGEST_FOLD else " "


def plain_letters(text: str) -> str:
    """Return `text` in lower case without accents, its signs and spaces kept (fixed spaces become plain)."""
    return "".join(map(fold_character, text)).replace("’", "'")


def fold(text: str) -> str:
    """Return the words of `text`, lower case, without accents, separated by single spaces."""
    return " ".join(_WORD.findall("".join(map(fold_character, text))))


def content_words(text: str) -> list[str]:
    """Return the folded words of `text` that carry meaning."""
    return [word for word in fold(text).split() if word not in STOP_WORDS and len(word) > 1]


def stem(word: str) -> str:
    """Return a rough stem, enough to match « session » with « sessions » or « financé » with « financement »."""
    return word[:6] if len(word) > 6 else word.rstrip("sx")
