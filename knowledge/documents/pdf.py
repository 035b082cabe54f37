"""A document to print or send: a tagged PDF (PDF/UA-1), made from HTML that is built as a tree.

Nothing is written into markup as text, so that what an applicant types stays text; nothing is fetched from anywhere.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, SubElement, tostring

from knowledge.documents.blocks import SHORT, Blank, Block, Bullets, Heading, Note, Paper, Place, Table, Text
from knowledge.documents.cleaning import clean
from knowledge.documents.texts import text

_CSS = Path(__file__).with_name("print.css")


def to_pdf(paper: Paper, now: datetime) -> bytes:
    """Return a paper as a PDF file; `now` dates its properties."""
    # On first use: the library takes half a second to load, and needs Pango.
    from weasyprint import HTML

    html = HTML(string=_html(paper, now), url_fetcher=_refuse)
    pdf: bytes = html.write_pdf(
        stylesheets=[_stylesheet()], pdf_variant="pdf/ua-1", font_config=_fonts(), finisher=_scope_headers
    )
    return pdf


def _scope_headers(_document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads a column or a row (PDF/UA-1, 7.5); the library only names them."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH" and "ID" in item:
            row = item["ID"].string.split("-")[1]
            item["A"]["Scope"] = "/Column" if row == "0" else "/Row"


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    # It tells of each font that it subsets, at a level that logs keep.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return FontConfiguration()


@lru_cache(maxsize=1)
def _stylesheet() -> Any:
    from weasyprint import CSS

    return CSS(filename=str(_CSS), font_config=_fonts())


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"nothing is fetched for a document: {url[:60]}")


def _html(paper: Paper, now: datetime) -> str:
    html = Element("html", lang=text("common.language"))
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = clean(paper.title)
    SubElement(head, "meta", name="description", content=clean(paper.subject))
    SubElement(head, "meta", name="dcterms.created", content=now.isoformat(timespec="seconds"))
    body = SubElement(html, "body")
    SubElement(body, "h1").text = clean(paper.title)
    _paragraph(body, paper.subject, "subject")
    for block in paper.blocks:
        _add(body, block)
    closing = SubElement(body, "div", {"class": "closing"})
    for words in paper.closing:
        _paragraph(closing, words)
    return "<!DOCTYPE html>" + tostring(html, encoding="unicode", method="html")


def _add(body: Element, block: Block) -> None:
    if isinstance(block, Heading):
        SubElement(body, "h2").text = clean(block.text)
    elif isinstance(block, Text):
        _paragraph(body, block.text)
    elif isinstance(block, Note):
        _paragraph(body, block.text, "note")
    elif isinstance(block, Place):
        _paragraph(body, block.text, "logos")
    elif isinstance(block, Bullets):
        items = SubElement(body, "ul")
        for item in block.items:
            SubElement(items, "li").text = clean(item)
    elif isinstance(block, Blank):
        paragraph = _paragraph(body, block.text, "blank")
        for _ in range(block.lines):
            SubElement(paragraph, "span", {"class": "line"})
    else:
        _add_table(body, block)


def _paragraph(parent: Element, words: str, name: str | None = None) -> Element:
    paragraph = SubElement(parent, "p", {"class": name} if name else {})
    first, *others = clean(words).split("\n")
    paragraph.text = first
    for line in others:
        SubElement(paragraph, "br").tail = line
    return paragraph


def _add_table(body: Element, block: Table) -> None:
    table = SubElement(body, "table", {"class": "short"} if len(block.rows) <= SHORT else {})
    # No caption: the heading before it says the same, and the library tags some captions as tables without rows.
    heading = SubElement(SubElement(table, "thead"), "tr")
    # Widths on the cells: a column element would be tagged as a table of its own.
    for words, width in zip(block.columns, block.widths):
        SubElement(heading, "th", scope="col", style=f"width: {width}%").text = clean(words)
    rows = SubElement(table, "tbody")
    for row in block.rows:
        line = SubElement(rows, "tr")
        for place, words in enumerate(row):
            header = block.row_headers and not place
            cell = SubElement(line, "th" if header else "td", {"scope": "row"} if header else {})
            if not words:
                cell.set("class", "empty")
            first, *others = clean(words).split("\n")
            cell.text = first
            for other in others:
                SubElement(cell, "br").tail = other
