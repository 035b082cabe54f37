"""Stand-ins for those that the web application talks to: Rasa on one side, a caller on the other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx


class FakeRasa:
    """What Rasa and its action server answer, and what they were sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.items: Any = [{"recipient_id": "x", "text": "Bonjour."}]
        self.status = 200
        self.delay = 0.0
        self.error: Exception | None = None
        self.ready = True
        self.actions_ready = True

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if self.error:
            raise self.error
        if request.url.path == "/webhooks/rest/ready":
            return httpx.Response(200 if self.ready else 503, json={})
        if request.url.path == "/health":
            return httpx.Response(200 if self.actions_ready else 500, json={})
        self.sent.append(json.loads(request.content))
        await asyncio.sleep(self.delay)
        if isinstance(self.items, bytes):
            return httpx.Response(self.status, content=self.items)
        return httpx.Response(self.status, json=self.items)


class Client:
    """A caller of the application, each call in an event loop of its own."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def run(self, work: Callable[[httpx.AsyncClient], Awaitable[Any]], address: str = "127.0.0.1") -> Any:
        """Return what `work` returns, given a client of the application."""

        async def inside() -> Any:
            transport = httpx.ASGITransport(self._application, client=(address, 1234))
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                return await work(client)

        return asyncio.run(inside())

    def request(self, method: str, path: str, address: str = "127.0.0.1", **options: Any) -> httpx.Response:
        """Send one request."""
        return self.run(lambda client: client.request(method, path, **options), address)

    def open(self) -> str:
        """Return the token of a new conversation."""
        return self.request("POST", "/api/sessions").json()["token"]

    def say(self, token: str, body: Any, **options: Any) -> httpx.Response:
        """Send one message."""
        headers = {"Authorization": f"Bearer {token}", **options.pop("headers", {})}
        return self.request("POST", "/api/messages", json=body, headers=headers, **options)


async def chunks(total: int, seen: list[int]) -> AsyncIterator[bytes]:
    """Send `total` bytes by pieces of 1,000 without declaring their number, noting how many went."""
    for start in range(0, total, 1000):
        seen.append(start)
        yield b" " * 1000
