"""Calls to Rasa and to its action server, over HTTP on this machine."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import httpx
from django.conf import settings

from bot.web.problems import Problem

_PROBE_TIMEOUT = 3.0  # seconds
log = logging.getLogger(__name__)


class Upstream:
    """A client that keeps its connections for as long as its event loop lives.

    Args:
        transport: replaces the network in tests.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport
        self._client: httpx.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _get_client(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            # trust_env off: a proxy set for the machine must not see what people write.
            limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
            self._client = httpx.AsyncClient(transport=self._transport, trust_env=False, limits=limits)
            self._loop = loop
        return self._client

    async def send(self, conversation: str, message: str) -> list[dict[str, Any]]:
        """Return what Rasa answers to a message; never empty.

        Raises:
            Problem: Rasa is down, too slow, failed, or said nothing. Nothing is what it says when its
                action server is down: it swallows the error and answers 200 with an empty list.
        """
        body = {"sender": conversation, "message": message}
        url = f"{settings.RASA_URL}/webhooks/rest/webhook"
        request = self._get_client().post(url, json=body, timeout=settings.MESSAGE_TIMEOUT)
        try:
            # httpx limits each step; this limits the whole.
            response = await asyncio.wait_for(request, settings.MESSAGE_TIMEOUT)
        except (asyncio.TimeoutError, httpx.TimeoutException):
            log.error("Rasa did not answer within %s s", settings.MESSAGE_TIMEOUT)
            raise Problem("assistant-slow", {"Retry-After": "30"}) from None
        except httpx.HTTPError as error:
            log.error("Rasa cannot be reached: %s", type(error).__name__)
            raise Problem("assistant-unavailable", {"Retry-After": "30"}) from None
        items = _items(response)
        if not items:
            log.error("Rasa answered %s with nothing to say", response.status_code)
            raise Problem("assistant-unavailable", {"Retry-After": "30"})
        return items

    async def probe(self, url: str) -> bool:
        """Tell whether a health address answers 200."""
        try:
            response = await asyncio.wait_for(self._get_client().get(url, timeout=_PROBE_TIMEOUT), _PROBE_TIMEOUT)
        except (asyncio.TimeoutError, httpx.HTTPError):
            return False
        return response.status_code == 200

    async def rasa_is_ready(self) -> bool:
        """Tell whether Rasa has its model."""
        return await self.probe(f"{settings.RASA_URL}/webhooks/rest/ready")

    async def actions_are_ready(self) -> bool:
        """Tell whether the action server answers."""
        return await self.probe(f"{settings.ACTIONS_URL}/health")


def _items(response: httpx.Response) -> list[dict[str, Any]]:
    if response.status_code != 200:
        return []
    try:
        content = response.json()
    except ValueError:
        return []
    return [item for item in content if isinstance(item, dict)] if isinstance(content, list) else []


upstream = Upstream()
