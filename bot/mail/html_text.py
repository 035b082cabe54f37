"""The text of an HTML mail, as its reader sees it: what is hidden is dropped, what is quoted starts with « > »."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from bot.mail.message import Link
from knowledge.patterns import compile_pattern

MAX_HTML = 2_000_000  # characters read
_MAX_PIECES = 200_000  # tags and texts between them
_MAX_TAG = 4_000  # characters; an image written in its tag is longer, and is dropped
_MAX_LINKS = 200
_MAX_DEPTH = 20  # quotes in quotes
# The parser is given one tag or one text at a time: on a whole hostile page it takes quadratic time.
_PIECE = compile_pattern(r"<[a-zA-Z/][^<>]*>|[^<]+|<")
_DECLARATION = compile_pattern(r"<[!?][^<>]*>")
_HIDDEN = compile_pattern(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:p[xt])?\s*(?:;|!|$)|opacity\s*:\s*0\s*(?:;|!|$)",
    re.IGNORECASE,
)
_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"])
_UNREAD = frozenset(["head", "title", "template", "noscript", "object", "select", "svg", "textarea"])
_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "pre",
        "section",
        "table",
        "tbody",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])


def html_to_text(html: str) -> tuple[str, tuple[Link, ...], bool]:
    """Return the text of `html`, its links (the first 200), and whether it was read whole."""
    reader = _Reader()
    whole = len(html) <= MAX_HTML
    for count, piece in enumerate(_PIECE.finditer(_without_raw_text(html[:MAX_HTML]))):
        if count >= _MAX_PIECES:
            whole = False
            break
        text = piece.group()
        if text.startswith("<") and len(text) > 1:
            if len(text) <= _MAX_TAG:
                reader.feed(text)
        else:
            reader.feed(text.replace("<", "&lt;"))
        reader.close()  # else a tag whose quotes stay open waits for all that follows
    return reader.text(), tuple(reader.links), whole


def _without_raw_text(html: str) -> str:
    """Drop comments, scripts and styles: what stands there is not text, and need not be well formed."""
    for start, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        lower = html.lower()
        if len(lower) != len(html):  # a letter that changes length; the tags are still where they are
            lower = html
        kept, position = [], 0
        while (begin := lower.find(start, position)) >= 0:
            kept.append(html[position:begin])
            close = lower.find(end, begin)
            closed = lower.find(">", close) if close >= 0 else -1
            position = closed + 1 if closed >= 0 else len(html)
        html = "".join([*kept, html[position:]])
    return _DECLARATION.sub("", html)


class _Reader(HTMLParser):
    """Writes lines as tags come; tags that are not closed, or never opened, do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._lists: list[int] = []
        self._hidden: tuple[str, int] | None = None
        self._link: tuple[str, list[str]] | None = None
        self._cells = 0
        self._preformatted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden = (tag, self._hidden[1] + 1)
            return
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID and (tag in _UNREAD or "hidden" in values or _HIDDEN.search(values.get("style", ""))):
            self._hidden = (tag, 1)
        elif tag == "br":
            self._break()
        elif tag in _LINES or tag in _PARAGRAPHS or tag == "li":
            self._break(blank=tag in _PARAGRAPHS)
            self._open_block(tag)
        elif tag in {"td", "th"}:
            if self._cells and self._line:
                self._line.append(" | ")
            self._cells += 1
        elif tag == "a":
            self._link = (values.get("href", ""), [])

    def _open_block(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes = min(self._quotes + 1, _MAX_DEPTH)
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            number = self._lists[-1] if self._lists else 0
            self._line.append(f"{number}. " if number else "- ")
            if number:
                self._lists[-1] += 1
        elif tag == "tr":
            self._cells = 0
        elif tag == "pre":
            self._preformatted = True

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden = (tag, self._hidden[1] - 1) if self._hidden[1] > 1 else None
            return
        if tag == "a" and self._link:
            self._keep_link(*self._link)
            self._link = None
        elif tag in _LINES or tag in _PARAGRAPHS or tag == "li":
            self._break(blank=tag in _PARAGRAPHS)
            if tag == "blockquote":
                self._quotes = max(self._quotes - 1, 0)
            elif tag in {"ul", "ol"} and self._lists:
                self._lists.pop()
            elif tag == "pre":
                self._preformatted = False

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._link:
            self._link[1].append(data)
        if self._preformatted:
            first, *others = data.split("\n")
            self._line.append(first)
            for line in others:
                self._break()
                self._line.append(line)
        else:
            self._line.append(data)

    def _keep_link(self, target: str, words: list[str]) -> None:
        try:
            host = urlsplit(target.strip()).hostname or ""
        except ValueError:
            host = ""
        text = " ".join("".join(words).split())
        if host and len(self.links) < _MAX_LINKS:
            self.links.append(Link(text[:200], host))

    def _break(self, blank: bool = False) -> None:
        line = "".join(self._line)
        line = line.rstrip() if self._preformatted else " ".join(line.split())
        self._line = []
        if line:
            self._lines.append("> " * self._quotes + line)
        if blank and self._lines and self._lines[-1].strip("> "):
            self._lines.append("> " * self._quotes)

    def text(self) -> str:
        """Return the lines written so far."""
        self._break()
        return "\n".join(line.rstrip() for line in self._lines).strip("\n")
