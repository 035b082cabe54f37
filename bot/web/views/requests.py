"""What the views read of a request, and how they answer a program."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse

from bot.web.problems import Problem


def json_object(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that a request carries.

    Raises:
        Problem: another format, or something that is not an object.
    """
    if request.content_type != "application/json":
        raise Problem("wrong-content-type")
    try:
        # RecursionError: thousands of nested brackets.
        content = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem("invalid-json") from None
    if not isinstance(content, dict):
        raise Problem("invalid-body")
    return content


def as_json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """Return an answer in JSON; accents stay letters."""
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def address(request: HttpRequest) -> str:
    """Return the client's address (uvicorn takes it from a declared proxy)."""
    return request.META.get("REMOTE_ADDR", "")
