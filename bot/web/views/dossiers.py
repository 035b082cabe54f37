"""Dossiers by their code: the public API of whoever holds it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from bot.web import document_access, dossier_access, limits
from bot.web.problems import Problem
from bot.web.tokens import bearer
from bot.web.views.errors import methods
from bot.web.views.requests import address, as_json, json_object

_SHORTEST_KEY, _LONGEST_KEY = 16, 200  # characters; a UUID has 36


@methods("GET")
async def consent(request: HttpRequest) -> JsonResponse:
    """Show the text that a person must accept before a dossier is kept."""
    return as_json(await dossier_access.consent())


@methods("POST")
async def create(request: HttpRequest) -> JsonResponse:
    """Keep a new dossier; its code is in this answer and nowhere else."""
    await limits.check("address", address(request), address(request))
    asked = json_object(request)
    record_id, content = asked.get("call"), asked.get("content", {})
    faults = {} if isinstance(record_id, str) and record_id else {"call": "required"}
    faults |= {} if isinstance(content, dict) else {"content": "value"}
    faults |= {name: "unknown" for name in asked if name not in {"call", "content", "consent"}}
    key = request.headers.get("Idempotency-Key", "")
    if key and not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        faults["Idempotency-Key"] = "value"
    if faults or not isinstance(record_id, str):
        raise Problem("invalid-content", errors=faults)
    return as_json(await dossier_access.create(record_id, content, asked.get("consent"), key or None), 201)


@methods("GET", "PUT", "DELETE")
async def dossier(request: HttpRequest, reference: str) -> JsonResponse:
    """Read, replace or erase a dossier."""
    await limits.check("address", address(request), address(request))
    code = code_of(request)
    if request.method == "DELETE":
        return as_json(await dossier_access.erase(reference, code))
    if request.method == "PUT":
        asked = json_object(request)
        content, version = asked.get("content"), asked.get("version")
        if not isinstance(content, dict):
            raise Problem("invalid-content", errors={"content": "required"})
        if not isinstance(version, int) or isinstance(version, bool) or not 0 < version < 2**31:
            raise Problem("invalid-content", errors={"version": "required" if version is None else "value"})
        return as_json(await dossier_access.save(reference, code, content, version))
    return as_json(await dossier_access.read(reference, code))


@methods("GET")
async def documents(request: HttpRequest, reference: str) -> JsonResponse:
    """List the documents that a dossier gives."""
    await limits.check("address", address(request), address(request))
    return as_json({"documents": await document_access.of_dossier(reference, code_of(request))})


@methods("GET")
async def document(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Hand a document of a dossier over, made at that moment."""
    await limits.check("address", address(request), address(request))
    return attachment(await document_access.build_for_dossier(reference, code_of(request), name))


def attachment(made: Any) -> HttpResponse:
    """Return a document as a file to save."""
    response = HttpResponse(made.data, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    return response


def code_of(request: HttpRequest) -> str:
    """Return the resume code that a request carries.

    Raises:
        Problem: it carries none.
    """
    try:
        return bearer(request.headers.get("Authorization", ""))
    except Problem:
        raise Problem("missing-code", {"WWW-Authenticate": "Bearer"}) from None
