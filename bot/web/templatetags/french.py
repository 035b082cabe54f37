"""Dates and situations as French people write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def french_date(text: str | None) -> str:
    """Return an ISO date in full letters; what is not a date is returned as it is."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return f"{'1er' if day.day == 1 else day.day} {date_format(day, 'F Y')}"


@register.filter
def situation(name: str) -> str:
    """Return the situation of a call in words."""
    from knowledge.rendering import phrase

    return phrase(f"situation.{name}")


@register.filter
def without_repeats(answer: dict[str, Any]) -> str:
    """Return an answer's text without the lines that are shown beside it: answers to choose among, and extracts."""
    beside = {_bare(extract["words"] or "") for extract in answer["extracts"]}
    beside |= {_bare(option["label"]) for option in (answer["form"] or {}).get("options", ())}
    return "\n".join(line for line in answer["text"].split("\n") if _bare(line) not in beside)


def _bare(line: str) -> str:
    return line.strip(" \u00a0\u202f\t•–«».")
