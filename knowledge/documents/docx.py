"""A document for word processors: real styles, which an agency can change in template.docx, and nothing else to set.

The template holds the page, the fonts and the named styles (scripts/make-document-template made it the first time); this
module only fills it.
"""

from __future__ import annotations

import io
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from knowledge.documents.blocks import SHORT, Blank, Block, Bullets, Heading, Note, Paper, Place, Table, Text
from knowledge.documents.cleaning import clean
from knowledge.documents.texts import text

TEMPLATE = Path(__file__).with_name("template.docx")
_PAGE = 17.0  # centimetres between the margins
_BLANK_LINE = "…" * 40


def to_docx(paper: Paper, now: datetime) -> bytes:
    """Return a paper as a DOCX file; `now` dates its properties."""
    document = docx.Document(io.BytesIO(_template()))
    properties = document.core_properties
    properties.title, properties.subject = clean(paper.title), clean(paper.subject)
    properties.language, properties.author = text("common.language"), ""
    properties.created = properties.modified = now.replace(tzinfo=None)
    document.add_paragraph(clean(paper.title), style="Title")
    document.add_paragraph(clean(paper.subject), style="Subtitle")
    for block in paper.blocks:
        _add(document, block)
    for words in paper.closing:
        document.add_paragraph(clean(words), style="Closing")
    _number_pages(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@lru_cache(maxsize=1)
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _add(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(clean(block.text), style="Heading 1")
    elif isinstance(block, Text):
        _lines(document.add_paragraph(style="Normal"), block.text)
    elif isinstance(block, Note):
        document.add_paragraph(clean(block.text), style="Guidance")
    elif isinstance(block, Place):
        document.add_paragraph(clean(block.text), style="Logo place")
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(clean(item), style="List Bullet")
    elif isinstance(block, Blank):
        document.add_paragraph(clean(block.text), style="Blank")
        for _ in range(block.lines - 1):
            document.add_paragraph(_BLANK_LINE, style="Blank line")
    else:
        _add_table(document, block)


def _lines(paragraph: Paragraph, words: str) -> None:
    for place, line in enumerate(clean(words).split("\n")):
        if place:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _add_table(document: WordDocument, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.columns), style="Form table")
    table.autofit = False
    _describe(table, block.caption)
    for cell, words in zip(table.rows[0].cells, block.columns):
        cell.paragraphs[0].style = "Table heading"
        cell.paragraphs[0].add_run(clean(words))
    _repeat(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        _keep_whole(added)
        for place, (cell, words) in enumerate(zip(added.cells, row)):
            cell.paragraphs[0].style = "Table heading" if block.row_headers and not place else "Table text"
            _lines(cell.paragraphs[0], words)
    # Word reads the widths of cells, other programs those of columns.
    for column, width in zip(table.columns, block.widths):
        column.width = Cm(_PAGE * width / 100)
        for cell in column.cells:
            cell.width = Cm(_PAGE * width / 100)
    if len(block.rows) <= SHORT:
        for row in table.rows[:-1]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph(style="After table")


def _describe(table: Any, caption: str) -> None:
    """Give a table the title that screen readers say, and mark its first row and column as headings."""
    properties = table._tbl.tblPr
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), clean(caption))
    properties.append(element)


def _repeat(row: Any) -> None:
    """Have a row repeated on each page: for screen readers too, it is the heading of the columns."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _number_pages(document: WordDocument) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.style = "Footer"
    footer.add_run(f"{text('common.page')} ")
    _field(footer, "PAGE")
    footer.add_run(f" {text('common.of')} ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
