"""Errors of the public interfaces, as RFC 9457 problems whose French words are in messages.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import JsonResponse

_FILE = Path(__file__).with_name("messages.yml")


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(_FILE.read_text("utf-8"))


class Problem(Exception):
    """A request cannot be served.

    Attributes:
        name: key in messages.yml, stable, end of the problem's `type`.
        status: HTTP status.
        title: a few French words.
        detail: French sentence that says what to do.
        headers: headers to send along.
        errors: what is wrong, in French, by field; empty when the whole request is.
    """

    def __init__(self, name: str, headers: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> None:
        super().__init__(name)
        text = _texts()[name]
        self.name = name
        self.status: int = text["status"]
        self.title: str = text["title"]
        self.detail: str = text["detail"]
        self.headers = headers or {}
        self.errors = {field: text["reasons"][reason] for field, reason in (errors or {}).items()}

    def body(self) -> dict[str, Any]:
        """Return the problem as the API sends it."""
        return {
            "type": f"urn:ars-assistant:problem:{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **({"errors": self.errors} if self.errors else {}),
        }

    def response(self) -> JsonResponse:
        """Return the problem as an HTTP answer."""
        return JsonResponse(
            self.body(),
            status=self.status,
            content_type="application/problem+json",
            headers={**self.headers, "Cache-Control": "no-store"},
            json_dumps_params={"ensure_ascii": False},
        )
