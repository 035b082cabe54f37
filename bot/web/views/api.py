"""The conversation API."""

from __future__ import annotations

from datetime import datetime, timezone

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from bot.web import answers, conversation, knowledge_access, limits, tokens
from bot.web.problems import Problem
from bot.web.text import clean
from bot.web.views.errors import methods
from bot.web.views.requests import address, as_json, json_object
from knowledge.patterns import compile_pattern
from knowledge.privacy.masking import mask

_IDENTIFIER = compile_pattern(r"[a-z0-9_-]{1,60}")
_LONGEST_REASON = 500  # characters


@methods("POST", "GET", "DELETE")
async def sessions(request: HttpRequest) -> JsonResponse:
    """Open a conversation, show what is kept of it, or erase it."""
    await limits.check("address", address(request), address(request))
    if request.method == "POST":
        return await _open(request)
    erasing = request.method == "DELETE"
    session = tokens.conversation_of(tokens.bearer(request.headers.get("Authorization", "")), too_old=erasing)
    if erasing:
        await conversation.erase(session)
        return as_json({"erased_at": datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")})
    return as_json({"messages": await conversation.kept(session)})


async def _open(request: HttpRequest) -> JsonResponse:
    """Open a conversation; the notice comes before any message."""
    await answers.forget_old()
    session = tokens.open_session()
    await conversation.begin(session.conversation, json_object(request) if request.body else {})
    return as_json(
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
    await limits.check("address", address(request), address(request))
    session = tokens.conversation_of(tokens.bearer(request.headers.get("Authorization", "")))
    found = await conversation.reply(session, json_object(request), address(request))
    return as_json({"messages": found.messages, "masked": found.masked})


@methods("POST")
async def feedback(request: HttpRequest) -> JsonResponse:
    """Keep what somebody thinks of an answer, or complete it."""
    session = tokens.conversation_of(tokens.bearer(request.headers.get("Authorization", "")))
    await limits.check("session", session, address(request))
    asked = json_object(request)
    useful, why = asked.get("useful"), asked.get("why") or ""
    about = {name: asked.get(name) for name in ("call", "topic")}
    faults = {} if isinstance(useful, bool) else {"useful": "required"}
    faults |= {} if isinstance(why, str) and len(why) <= _LONGEST_REASON else {"why": "value"}
    given = asked.get("opinion")
    number = tokens.opinion_of(given, session) if isinstance(given, str) else None
    faults |= {} if given is None or number is not None else {"opinion": "value"}
    faults |= {name: "value" for name, value in about.items() if value is not None and not _is_name(value)}
    if faults:
        raise Problem("invalid-content", errors=faults)
    reason = mask(clean(why)) if why.strip() else ""
    kept = await knowledge_access.keep_opinion(bool(useful), reason, about["call"], about["topic"], session, number)
    return as_json({"opinion": tokens.name_opinion(kept, session)}, 201)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def notice(request: HttpRequest) -> str:
    """Return what a person must know before writing, as plain text."""
    text = render_to_string("web/notice.txt", request=request)
    return "\n".join(line.strip() for line in text.strip().splitlines())
