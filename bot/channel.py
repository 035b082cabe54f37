"""Rasa's REST channel, strict: it says when the model is ready, and a failure is a failure.

Rasa's own answers 200 with an empty list when anything goes wrong, writes the user's text to the log,
takes any metadata, and shares one conversation between all requests without a sender.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

MAX_LENGTH = 1100  # characters: a text of 1,000 with what keeps it from being a command, or a button's payload
_MAX_SENDER = 255  # column of Rasa's tracker store
log = logging.getLogger(__name__)


class WholeTextOutput(CollectingOutputChannel):
    """Collects what the assistant says; a text with an empty line stays one message."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep one message (Rasa's own makes one of each paragraph)."""
        await self._persist_message(self._message(recipient_id, text=text.strip()))


class RestChannel(RestInput):
    """`POST webhook` answers a message, `GET ready` tells whether the model is loaded."""

    @classmethod
    def name(cls) -> str:
        """Return the part of the address that follows /webhooks/."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("assistant_rest")

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"ready": False}, status=503)
            return response.json({"ready": True, "model": agent.model_id})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                content = request.json
            except InvalidUsage:
                content = None
            sender, text = _checked(content)
            if sender is None or text is None:
                return response.json({"error": "invalid message"}, status=422)
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model"}, status=503)
            output = WholeTextOutput()
            try:
                await on_new_message(UserMessage(text, output, sender, input_channel=self.name()))
            except asyncio.CancelledError:
                # The caller left or the server stops: nobody reads an answer.
                raise
            except Exception as error:
                # Neither the text nor the trace, which can quote it.
                log.error("A message failed: %s", type(error).__name__, exc_info=log.isEnabledFor(logging.DEBUG))
                return response.json({"error": "failure"}, status=500)
            return response.json(output.messages)

        return routes


def _checked(content: object) -> tuple[str | None, str | None]:
    if not isinstance(content, dict):
        return None, None
    sender, text = content.get("sender"), content.get("message")
    if not isinstance(sender, str) or not 0 < len(sender) <= _MAX_SENDER:
        return None, None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_LENGTH:
        return None, None
    return sender, text
