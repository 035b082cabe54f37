"""Dates, situations and links as French people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import Urlizer
from django.utils.safestring import mark_safe

from knowledge.patterns import compile_pattern

register = template.Library()
_BEFORE_SIGN = compile_pattern(r" (?=[:;?!»])")
_ITEM = compile_pattern(r"[•–]\s+")


@register.filter
def french_date(text: str | None) -> str:
    """Return an ISO date in full letters; what is not a date is returned as it is."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


class _Linker(Urlizer):
    """Django's own, whose pages open beside the conversation, and say so."""

    def handle_word(self, word: str, **options: Any) -> str:
        """Return a word, as a link when it is an address."""
        linked = super().handle_word(word, **options)
        if '<a href="http' not in linked:
            return linked
        return linked.replace("<a ", '<a target="_blank" rel="noopener" ').replace("</a>", " (nouvelle fenêtre)</a>")


@register.filter
def linked(text: str) -> str:
    """Return a text, escaped, with its addresses as links."""
    return mark_safe(_Linker()(_bound(text), autoescape=True))


def _bound(text: str) -> str:
    """Return a text whose punctuation never begins a line, nor its quotation marks end one."""
    return _BEFORE_SIGN.sub("\u00a0", text).replace("« ", "«\u00a0")


@register.filter
def situation(name: str) -> str:
    """Return the situation of a call in words."""
    from knowledge.french.phrases import phrase

    return phrase(f"situation.{name}")


@register.filter
def without_repeats(answer: dict[str, Any]) -> str:
    """Return an answer's text without the lines shown beside it: answers to choose among, extracts, files."""
    files = {file["label"].split(" – ")[0] for file in answer["downloads"]}
    beside = {_bare(extract["words"] or "") for extract in answer["extracts"]}
    beside |= {_bare(option["label"]) for option in (answer["form"] or {}).get("options", ())}
    lines = answer["text"].split("\n")
    return "\n".join(line for line in lines if _bare(line) not in beside and _bare(line.split(" : ")[0]) not in files)


@register.filter
def blocks(text: str) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs and the lists of an answer's text: `{"listed": bool, "lines": […]}`."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for listed, group in groupby(lines, key=lambda line: bool(_ITEM.match(line))):
        if listed:
            yield {"listed": True, "lines": [_ITEM.sub("", line) for line in group]}
        else:
            yield from ({"listed": False, "lines": [line]} for line in group)


def _bare(line: str) -> str:
    return line.strip(" \u00a0\u202f\t•–«».")
