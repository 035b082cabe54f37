"""Cutting a document (plain text or Markdown) into passages: paragraphs, list items and rows of tables, under their headings.

The reading of Word, PDF and HTML files gives the same passages (a later part); this one serves whoever has the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.patterns import compile_pattern

LONGEST = 300  # characters of a passage: it is shown as it stands
_LINE = 2_000  # characters of a line that are looked at
_HEADING = compile_pattern(r"(#{1,6})[ \t]{1,8}(\S.{0,300})", reads=_LINE)
# « 2.A Conditions », « III – Dépôt », « Article 3. »: in plain text a short numbered line without an end is a heading.
_NUMBERED = compile_pattern(
    r"(?:Article \d{1,3}|[IVX]{1,5}|[A-H]|\d{1,2}(?:\.(?:\d{1,2}|[A-Z]))*)[ .)–-]{1,3}\S", reads=_LINE
)
_ITEM = compile_pattern(r"[ \t]*(?:[-–—•*+▪·]|\(?\d{1,2}[.)]|[a-h]\))[ \t]{1,8}(\S)", reads=_LINE)
_RULE = compile_pattern(r"[ \t]*(?:[-=_*][ \t]?){3,200}", reads=_LINE)
_MARKS = compile_pattern(r"\*{1,3}|_{2,3}|`", reads=_LINE)
_LINK = compile_pattern(r"\[([^\[\]]{1,300})\]\(([^()\s]{1,500})\)", reads=_LINE)
_END = compile_pattern(r"(?<=[.!?;…])[ \u00a0]{1,3}(?=[A-ZÀ-Þ«0-9–-])", reads=100_000)
_TITLE = 0.6  # of the passages
_LONGEST_HEADING = 120  # characters, in plain text


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list item or a row of a table, in the document's own words.

    Attributes:
        text: the words, on one line.
        section: the headings above it, the nearest last, joined by « › »; None at the top.
        lead: the sentence that announces a list or a table, empty elsewhere: an item says nothing without it.
    """

    text: str
    section: str | None = None
    lead: str = ""


def read_document(text: str) -> tuple[Passage, ...]:
    """Return the passages of a document, in order. Nothing but marks and empty lines is left out."""
    headings: list[tuple[int, str]] = []
    found: list[tuple[tuple[str, ...], Passage]] = []
    for kind, words in _blocks(text):
        if kind.startswith("heading"):
            level = int(kind.removeprefix("heading"))
            headings = [item for item in headings if item[0] < level] + [(level, words)]
            continue
        above = tuple(name for _, name in headings)
        if kind == "paragraph":
            lead = ""
        else:
            lead = _announcement(found, above) if kind == "item" else kind.removeprefix("row:")
        found += [(above, Passage(piece, None, lead)) for piece in _pieces(words)]
    return _under_sections(found)


def _under_sections(found: list[tuple[tuple[str, ...], Passage]]) -> tuple[Passage, ...]:
    """Return the passages with their section; a heading that stands above most of them is the document's title."""
    spread = Counter(name for above, _ in found for name in above)
    holding = {name for above, _ in found for name in above[:-1]}
    titles = {name for name in holding if spread[name] > _TITLE * len(found)}
    return tuple(
        replace(passage, section=" › ".join([name for name in above if name not in titles][-2:]) or None)
        for above, passage in found
    )


def _announcement(found: list[tuple[tuple[str, ...], Passage]], above: tuple[str, ...]) -> str:
    """Return what announces the list that an item is in: the last sentence before it, when it ends on a colon."""
    for before, passage in reversed(found):
        if before != above:
            return ""
        if passage.lead:
            return passage.lead
        return passage.text if passage.text.endswith(":") else ""
    return ""


def _pieces(words: str) -> Iterator[str]:
    """Yield a paragraph in pieces short enough to be shown, cut between sentences."""
    piece = ""
    for sentence in _END.split(words):
        if piece and len(piece) + len(sentence) > LONGEST:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each block with its kind: « heading2 », « paragraph », « item », « row:HEADINGS »."""
    paragraph: list[str] = []
    kind = "paragraph"
    columns: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\x0c", "\n").split("\n")
    for place, raw in enumerate(lines):
        line = raw.strip()
        starts = _kind_of(line, lines, place, bool(paragraph))
        if starts == "text" and paragraph:
            paragraph.append(line)
            continue
        if paragraph:
            yield kind, _plain(" ".join(paragraph))
            paragraph = []
        if starts.startswith("heading"):
            yield starts, _plain(line.lstrip("# ").rstrip(":"))
        elif starts == "row":
            cells = [_plain(cell) for cell in line.strip("|").split("|")]
            if _is_rule(cells):
                continue
            if not columns and place + 1 < len(lines) and _is_rule(lines[place + 1].strip().strip("|").split("|")):
                columns = cells
                continue
            named = [f"{name} : {cell}" if name and cell else cell for name, cell in zip([*columns, *[""] * 40], cells)]
            yield f"row:{' – '.join(filter(None, columns))}", " – ".join(filter(None, named))
        elif starts == "item":
            found = _ITEM.match(line[:_LINE])
            kind, paragraph = "item", [line[found.start(1) :] if found else line]
        elif starts == "text":
            kind, paragraph = "paragraph", [line]
        if starts != "row":
            columns = []
    if paragraph:
        yield kind, _plain(" ".join(paragraph))


def _is_rule(cells: list[str]) -> bool:
    return all(set(cell.strip()) <= set("-: ") for cell in cells) and any(cell.strip() for cell in cells)


def _kind_of(line: str, lines: list[str], place: int, inside: bool) -> str:
    short = line[:_LINE]
    if not line or _RULE.fullmatch(short):
        return "blank"
    heading = _HEADING.fullmatch(short)
    if heading:
        return f"heading{len(heading[1])}"
    if line.startswith("|") and line.count("|") > 1:
        return "row"
    if _ITEM.match(short) and not _is_numbered_heading(line, lines, place):
        return "item"
    if not inside and _is_numbered_heading(line, lines, place):
        return "heading4"
    return "text"


def _is_numbered_heading(line: str, lines: list[str], place: int) -> bool:
    """Return whether a line of plain text is a heading: short, alone, without an end, numbered or in capitals."""
    alone = (place == 0 or not lines[place - 1].strip()) and (place + 1 >= len(lines) or not lines[place + 1].strip())
    plain = len(line) <= _LONGEST_HEADING and line[-1:] not in ".;,:?!" and alone
    capitals = line.isupper() and sum(map(str.isalpha, line)) > 4
    return plain and (capitals or _NUMBERED.match(line) is not None)


def _plain(words: str) -> str:
    """Return words without the marks of Markdown, on one line."""
    shown = _LINK.sub(r"\1 (\2)", words[:_LINE]) + words[_LINE:]
    return " ".join(_MARKS.sub("", shown).replace("\u00ad", "").split())
