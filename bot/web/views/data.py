"""The knowledge base as open data, and the description of the API."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bot.web import knowledge_access, limits
from bot.web.views.errors import methods
from bot.web.views.requests import address, json_object

_OPENAPI = Path(__file__).parents[1] / "openapi.yml"
_FRESHNESS = "public, max-age=60"  # a published change shows within a minute


@methods("GET")
async def calls(request: HttpRequest) -> JsonResponse:
    """List the records, each with its situation now."""
    return _json({"calls": await knowledge_access.calls()})


@methods("GET")
async def call(request: HttpRequest, record_id: str) -> JsonResponse:
    """Show one record, whole, with its sources."""
    return _json(await knowledge_access.call(record_id))


@methods("GET")
async def checklist(request: HttpRequest, record_id: str) -> JsonResponse:
    """List what is to prepare before applying."""
    return _json(await knowledge_access.checklist(record_id))


@methods("GET", "POST")
async def eligibility(request: HttpRequest, record_id: str) -> JsonResponse:
    """List the questions on which eligibility depends, or judge the answers to some of them."""
    if request.method == "POST":
        await limits.check("address", address(request), address(request))
        return JsonResponse(
            await knowledge_access.eligibility(record_id, json_object(request)),
            json_dumps_params={"ensure_ascii": False},
        )
    return _json(await knowledge_access.eligibility_questions(record_id))


@methods("GET")
async def openapi(request: HttpRequest) -> JsonResponse:
    """Describe the API for programs."""
    return _json(description())


@methods("GET")
async def documentation(request: HttpRequest) -> HttpResponse:
    """Describe the API for people."""
    document = description()
    shared = document["components"]["responses"]
    routes = [
        {
            **operation,
            "method": method.upper(),
            "path": path,
            "answers": {
                status: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                for status, answer in operation["responses"].items()
            },
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return render(request, "web/docs.html", {"document": document, "routes": routes})


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI description, read once."""
    return yaml.safe_load(_OPENAPI.read_text("utf-8"))


def _json(content: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(content, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = _FRESHNESS
    return response
