"""Is the process alive, is the whole ready, what was counted."""

from __future__ import annotations

import asyncio

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from bot.web import knowledge_access, metrics
from bot.web.models import Button
from bot.web.rasa import upstream
from bot.web.views.errors import methods


@methods("GET")
async def alive(request: HttpRequest) -> JsonResponse:
    """Answer as long as this process runs."""
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@methods("GET")
async def ready(request: HttpRequest) -> JsonResponse:
    """Ask each dependency; 503 as soon as one is down."""
    names = ("knowledge_database", "web_database", "rasa", "actions")
    states = await asyncio.gather(
        knowledge_access.is_ready(),
        sync_to_async(_web_database_is_ready)(),
        upstream.rasa_is_ready(),
        upstream.actions_are_ready(),
    )
    everything = all(states)
    content = {"ready": everything, "version": settings.VERSION, "dependencies": dict(zip(names, states, strict=True))}
    return JsonResponse(content, status=200 if everything else 503)


@methods("GET")
async def metrics_text(request: HttpRequest) -> HttpResponse:
    """Return the counts in Prometheus's text format."""
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _web_database_is_ready() -> bool:
    # The table is read, not the connection alone: a database without its migrations is not ready.
    try:
        Button.objects.exists()
    except DatabaseError:
        connection.close()
        return False
    return True
