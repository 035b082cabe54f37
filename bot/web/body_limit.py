"""A limit on the size of requests, applied while they arrive.

Django reads a body whole before any view runs; this stands before it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.web.middleware import SECURITY_HEADERS, shared_with
from bot.web.problems import Problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class _TooLarge(Exception):
    """The body went over the limit."""


class BodyLimit:
    """ASGI application that answers 413 as soon as a body is known to be too large.

    Args:
        app: the application behind.
        limit: bytes accepted.
        form_path: the one path that accepts `form_limit` bytes.
        form_limit: bytes accepted there.
    """

    def __init__(self, app: App, limit: int, form_path: str, form_limit: int) -> None:
        self._app = app
        self._limit = limit
        self._form_path = form_path
        self._form_limit = form_limit

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            return
        limit = self._form_limit if scope["path"] == self._form_path else self._limit
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > limit:
            await _refuse(scope, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLarge
            return message

        try:
            await self._app(scope, counted, send)
        except _TooLarge:
            # Django has answered nothing yet: it reads the whole body first.
            await _refuse(scope, send)


async def _refuse(scope: MutableMapping[str, Any], send: Send) -> None:
    response = Problem("body-too-large").response()
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    # The rest of the body is not read: the connection cannot serve another request.
    added = {**SECURITY_HEADERS, **shared_with(origin), "Vary": "Origin", "Connection": "close"}
    headers = [(name.lower().encode(), value.encode()) for name, value in [*response.items(), *added.items()]]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
