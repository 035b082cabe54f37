"""What a person wrote herself, apart from what she answers, forwards or signs with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from bot.mail.decoding import without_blank_runs
from bot.mail.markers import Marker, find_markers
from bot.mail.phrases import phrases, thanks_only
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

_FEW = 5  # words: fewer say nothing beside the message below
_SHORT_NOTE = 30  # words of a note that only points to the message below
_MAX_SIGNATURE = 8  # lines after « Cordialement »
_MAX_SIGNED = 15  # lines after « -- »
_SHORT = 90  # characters of a signature's line
_MAX_DEPTH = 4  # forwards of forwards, post-scriptums
_RULE = compile_pattern(r"\s*(?:_{5,}|-{5,}|={5,}|\*{5,})\s*")


@dataclass(frozen=True)
class Written:
    """A mail's text, cut in what it is made of.

    Attributes:
        text: what is to be answered: what the person wrote, and what she forwards when she only points to it.
        quoted: the earlier messages, as they stand.
        signature: what follows « Cordialement » or « -- »; it may say where the person works.
        forwarded: the part of `text` that is not the person's; empty when all of it is.
    """

    text: str
    quoted: str = ""
    signature: str = ""
    forwarded: str = ""


def written(mail_body: str) -> Written:
    """Return what the person wrote in `mail_body`, apart from the rest. Lines end with « \\n »."""
    return _written(mail_body, 0)


def _written(body: str, depth: int) -> Written:
    segments, below, kind = _split(body.split("\n"))
    texts: list[str] = []
    signatures: list[str] = []
    for segment in segments:
        kept, signed = _without_signature(_without_notices(segment))
        texts.append("\n".join(kept).strip())
        signatures += signed
    own = without_blank_runs("\n\n".join(text for text in texts if text))
    quoted = "\n".join(below).strip("\n")
    signature = "\n".join(line.strip() for line in signatures if line.strip())
    inline = sum(map(bool, texts)) > 1  # answers between the lines: the message below is read already
    if not quoted or inline or depth >= _MAX_DEPTH or not _points_below(own, kind):
        return Written(own, quoted, signature)
    inner = _written("\n".join(_unquoted(below)), depth + 1).text
    if not inner:
        return Written(own, quoted, signature)
    whole = f"{own}\n\n{inner}" if len(fold(own).split()) >= _FEW else inner
    return Written(whole, quoted, signature, inner)


def _split(lines: list[str]) -> tuple[list[list[str]], list[str], Marker | None]:
    """Return the runs of lines that the person wrote, the earlier messages, and what heads the first of these."""
    markers = find_markers(lines)
    segments: list[list[str]] = [[]]
    below: list[str] = []
    kind: Marker | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        if index in markers:
            marker, end = markers[index]
            kind = kind or marker
            if marker is not Marker.ATTRIBUTION or not _is_prefixed(lines, end):
                return segments, [*below, *lines[end:]], kind
            index = end
            segments.append([])
            continue
        if line.lstrip().startswith(">"):
            kind = kind or Marker.ATTRIBUTION
            below.append(line)
            if segments[-1]:
                segments.append([])
        elif not _RULE.fullmatch(line) and not phrases().device.fullmatch(fold(line[:300])):
            segments[-1].append(line)
        index += 1
    return segments, below, kind


def _is_prefixed(lines: list[str], index: int) -> bool:
    following = next((line for line in lines[index:] if line.strip()), ">")
    return following.lstrip().startswith(">")


def _unquoted(lines: list[str]) -> list[str]:
    """Return the earlier message without one level of « > », when all of it bears one."""
    if all(line.lstrip().startswith(">") for line in lines if line.strip()):
        return [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines]
    return lines


def _points_below(own: str, kind: Marker | None) -> bool:
    """Return whether the message below is what the person wants read, rather than what she answers."""
    folded = fold(own)
    count = len(folded.split())
    if count <= _SHORT_NOTE and phrases().pointing.search(folded):
        return True
    if thanks_only(own):
        return False
    return "?" not in own and (count < _FEW or kind is Marker.FORWARDED)


def _without_notices(lines: list[str]) -> list[str]:
    last_question = max((index for index, line in enumerate(lines) if "?" in line), default=-1)
    for index in range(last_question + 1, len(lines)):
        if phrases().notice.match(fold(lines[index][:300])):
            return lines[:index]
    return lines


def _without_signature(lines: list[str], depth: int = 0) -> tuple[list[str], list[str]]:
    last_question = max((index for index, line in enumerate(lines) if "?" in line), default=-1)
    # How many lines with words stand from each on.
    written_after = list(accumulate((bool(line.strip()) for line in reversed(lines)), initial=0))[::-1]
    for index, line in enumerate(lines):
        if line.rstrip() == "--" and index > last_question and written_after[index + 1] <= _MAX_SIGNED:
            return _without_closing(lines[:index]), lines[index + 1 :]
        length = _closing_length(lines, index)
        if length and depth < _MAX_DEPTH:
            end = _end_of_signature(lines, index + length)
            if end is not None:
                # A post-scriptum may follow.
                rest, signature = _without_signature(lines[end:], depth + 1)
                return [*lines[:index], *rest], [*lines[index + length : end], *signature]
    return lines, []


def _without_closing(lines: list[str]) -> list[str]:
    return next((lines[:index] for index in range(len(lines)) if _closing_length(lines, index)), lines)


def _closing_length(lines: list[str], index: int) -> int:
    """Return how many lines of `lines`, from this one, are a letter's closing: 0, 1 or 2."""
    if not lines[index].strip() or "?" in lines[index] or len(lines[index]) > 200:
        return 0
    head, _, tail = lines[index].partition(",")
    if phrases().closing.fullmatch(fold(head)) and len(tail.split()) <= 6:
        return 1
    for length in (1, 2):
        if phrases().closing.fullmatch(fold(" ".join(lines[index : index + length])[:300])):
            return length
    return 0


def _end_of_signature(lines: list[str], start: int) -> int | None:
    """Return the index after the short lines that follow a closing, None when they are too many to be a signature."""
    count = 0
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if "?" in line or len(line) > _SHORT or fold(line[:20]).startswith(("ps ", "p s ", "nb ")):
            return index if 0 < count <= _MAX_SIGNATURE else None
        count += bool(line)
        if count > _MAX_SIGNATURE:
            return None
    return len(lines) if count <= _MAX_SIGNATURE else None
