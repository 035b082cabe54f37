"""The questions of a mail: each with what was said just before it, which may tell where or on which call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.mail.message import WHOLE_MAIL
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

MOST = 12
LONGEST = 700  # characters of a question, or of what precedes it
_ITEM = compile_pattern(r"^\s*(?:[-–—•*·o]\s+|\(?\d{1,2}[.)°/-]+\s*|\(?[a-hA-H][.)]\s+|\d{1,2}\s*[-–|]\s+)(?=\S)")
# A full stop after these, or after a lone capital, ends no sentence.
_ABBREVIATION = compile_pattern(
    r"\b(M|Mr|Mme|Mlle|Dr|Pr|art|cf|ex|etc|env|réf|tél|n|p|[A-Z])\.(?=\s)", reads=WHOLE_MAIL
)
_SENTENCE_END = compile_pattern(
    r"(?<=[.!])\s{1,9}(?=[^\s\d])|(?<=…)\s{1,9}(?=[A-ZÀ-Ý])|(?<=\?)\s{0,9}(?=[^\s?!.)»])", reads=WHOLE_MAIL
)
_KEPT_DOT = "\ue000"
_BEGINNING = 4  # words in which a line shows that it asks something of its own
_WRAPPED = 45  # characters: a longer line, without an end, goes on at the next


@dataclass(frozen=True)
class Asked:
    """A question as written, on one line, and the statements between it and the question before."""

    text: str
    context: str = ""


@dataclass(frozen=True)
class _Phrases:
    greeting: re.Pattern[str]
    asks: re.Pattern[str]
    courtesy: re.Pattern[str]
    announces: re.Pattern[str]
    of_oneself: re.Pattern[str]
    ranks: tuple[re.Pattern[str], ...]


def find_questions(subject: str, text: str) -> tuple[Asked, ...]:
    """Return what a mail asks, in order, at most `MOST`; nothing when it asks nothing.

    Args:
        subject: of the mail; it is the question when the text asks nothing itself.
        text: what the person wrote (bot.mail.quoted).
    """
    found: list[Asked] = []
    said: list[str] = []
    for sentence, asks in _sentences(text):
        if not asks:
            said.append(sentence)
            continue
        found.append(Asked(sentence[:LONGEST], " ".join(said)[-LONGEST:]))
        said = []
    if not found and _asks(subject):
        found = [Asked(subject.strip()[:LONGEST], " ".join(said)[-LONGEST:])]
    return tuple(found[:MOST])


def pointed_at(question: str, earlier: str) -> Asked | None:
    """Return the question of earlier messages that a follow-up names by its rank (« et pour le deuxième point ? »).

    Args:
        question: the follow-up.
        earlier: the messages below it, quotation marks included.
    """
    folded = fold(question)
    rank = next((place for place, pattern in enumerate(_phrases().ranks) if pattern.search(folded)), None)
    if rank is None:
        return None
    asked = find_questions("", "\n".join(line.lstrip("> \t\u00a0") for line in earlier.split("\n")))
    return asked[rank] if rank < len(asked) else None


def is_of_oneself(question: str) -> bool:
    """Return whether a question is about whoever asks: what they said of themselves then counts."""
    return bool(_phrases().of_oneself.search(fold(question)))


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a text on one line."""
    return _cut(text)


def all_sentences(text: str) -> list[str]:
    """Return every sentence of a text, in order."""
    return [sentence for sentence, _ in _sentences(text)]


def statements(text: str) -> str:
    """Return what a text says without asking anything."""
    return " ".join(sentence for sentence, asks in _sentences(text) if not asks)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each sentence, and whether it asks something; an item of an announced list of questions does."""
    announced = False
    blocks = list(_blocks(text))
    following = [is_item for _, is_item in blocks[1:]]
    for (block, is_item), before_item in zip(blocks, [*following, False]):
        pieces = [piece for piece in _cut(block) if fold(piece)]
        asking = [_asks(piece) for piece in pieces]
        if is_item and announced and not any(asking) and not _phrases().courtesy.search(fold(block)):
            yield block, True
            continue
        if not is_item:
            announced = before_item and block.endswith(":") and bool(_phrases().announces.search(fold(block)))
            if announced and "?" not in pieces[-1]:
                # « Merci de nous préciser : » asks nothing beside what follows.
                asking[-1] = False
        yield from zip(pieces, asking)


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Yield paragraphs and list items, each on one line, and whether it is an item."""
    for paragraph in _paragraphs(text):
        current, last, is_item = "", "", False
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            marker = _ITEM.match(line)
            goes_on = current and not marker and _goes_on(last, line)
            if not goes_on and current:
                yield current, is_item
                current = ""
            if current:
                current = f"{current} {line}"
            else:
                current, is_item = (line[marker.end() :] if marker else line), marker is not None
            last = line
        if current:
            yield current, is_item


def _paragraphs(text: str) -> list[str]:
    """Return what blank lines separate."""
    lines = (line if line.strip() else "" for line in text.split("\n"))
    return "\n".join(lines).split("\n\n")


def _goes_on(before: str, line: str) -> bool:
    """Return whether a line continues the one before, cut by a mail program rather than by the person."""
    phrases = _phrases()
    if before.endswith((".", "?", "!", ":", ";", "…")) or not phrases.greeting.sub("", f"{fold(before)} "):
        return False
    beginning = " ".join(phrases.greeting.sub("", fold(line)).split()[:_BEGINNING])
    new = phrases.asks.search(beginning)
    return len(before) >= _WRAPPED or before.endswith((",", "(")) or (line[:1].islower() and not new)


def _cut(block: str) -> list[str]:
    kept = _ABBREVIATION.sub(rf"\1{_KEPT_DOT}", block)
    return [piece.replace(_KEPT_DOT, ".").strip() for piece in _SENTENCE_END.split(kept) if piece.strip()]


def _asks(sentence: str) -> bool:
    phrases = _phrases()
    folded = phrases.greeting.sub("", fold(sentence))
    if not folded or phrases.courtesy.search(folded):
        return False
    return "?" in sentence or bool(phrases.asks.search(folded))


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    written = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
    asks, courtesy = (compile_pattern("|".join(written[name])) for name in ("asks", "courtesy"))
    single = (compile_pattern(written[name]) for name in ("greeting", "announces", "of_oneself"))
    greeting, announces, of_oneself = single
    ranks = tuple(compile_pattern(rank) for rank in written["ranks"])
    return _Phrases(greeting, asks, courtesy, announces, of_oneself, ranks)
