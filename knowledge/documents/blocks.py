"""What a document is made of, whatever its format: each renderer (docx.py, pdf.py) knows these blocks and no call."""

from __future__ import annotations

from dataclasses import dataclass

SHORT = 6  # rows; a table no longer than this is kept on one page


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; its line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Note:
    """Words to the person who fills the document: seen as such, not part of what is sent."""

    text: str


@dataclass(frozen=True)
class Blank:
    """Something left to be written, visibly."""

    text: str
    lines: int = 1


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the first cell of a row names it when `row_headers`.

    `widths` are the columns' shares of the page; an empty cell is a blank to fill. `caption`, for screen readers, repeats
    the heading that stands before the table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str
    row_headers: bool = False


@dataclass(frozen=True)
class Place:
    """A place kept for a picture: the logos that a call imposes."""

    text: str


Block = Heading | Text | Note | Blank | Bullets | Table | Place


@dataclass(frozen=True)
class Paper:
    """A whole document.

    Attributes:
        title: its name, also in its properties.
        subject: what it is about (the call).
        blocks: in order.
        closing: small print at the end: where it comes from, and what it is worth.
    """

    title: str
    subject: str
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
