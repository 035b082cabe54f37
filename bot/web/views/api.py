"""The conversation API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from bot.web import answers, conversation, limits, tokens
from bot.web.views.errors import methods
from bot.web.views.requests import address, json_object


@methods("POST")
async def sessions(request: HttpRequest) -> JsonResponse:
    """Open a conversation; the notice comes before any message."""
    limits.check("address", address(request), address(request))
    await answers.forget_old()
    session = tokens.open_session()
    return _json(
        {
            "token": session.token,
            "expires_at": session.expires_at.isoformat().replace("+00:00", "Z"),
            "notice": notice(request),
        },
        201,
    )


@methods("POST")
async def messages(request: HttpRequest) -> JsonResponse:
    """Answer a text or a button."""
    limits.check("address", address(request), address(request))
    session = tokens.conversation_of(tokens.bearer(request.headers.get("Authorization", "")))
    found = await conversation.reply(session, json_object(request), address(request))
    return _json({"messages": [answer.as_dict() for answer in found]})


def notice(request: HttpRequest) -> str:
    """Return what a person must know before writing, as plain text."""
    text = render_to_string("web/notice.txt", request=request)
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
