"""Rasa's side of the conversation: our REST channel in a Sanic application, with a stand-in for the agent."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.channel import RestChannel

Sanic.test_mode = True


class FakeAgent:
    """An agent that answers twice, or fails."""

    model_id = "m1"

    def __init__(self) -> None:
        self.is_loaded = True
        self.error: BaseException | None = None
        self.received: list[UserMessage] = []

    def is_ready(self) -> bool:
        """Tell whether there is a model."""
        return self.is_loaded

    async def handle_message(self, message: UserMessage) -> None:
        """Answer."""
        if self.error:
            raise self.error
        self.received.append(message)
        await message.output_channel.send_response(message.sender_id, {"text": "Un.\n\nDeux."})
        await message.output_channel.send_response(message.sender_id, {"custom": {"text": "Trois"}})


@pytest.fixture
def agent() -> FakeAgent:
    """Return the agent."""
    return FakeAgent()


def call(agent: FakeAgent, method: str, path: str, **options: Any) -> httpx.Response:
    """Send one request to a fresh application."""

    async def inside() -> httpx.Response:
        app = Sanic(f"test_{id(agent)}_{len(Sanic._app_registry)}", configure_logging=False)
        app.ctx.agent = agent
        register([RestChannel.from_credentials({})], app, "/webhooks/")
        with socket.socket() as place:
            place.bind(("127.0.0.1", 0))
            server = await app.create_server(sock=place, return_asyncio_server=True, access_log=False)
            await server.startup()
            url = f"http://127.0.0.1:{place.getsockname()[1]}/webhooks/rest/{path}"
            async with httpx.AsyncClient(trust_env=False) as client:
                response = await client.request(method, url, **options)
            server.close()
            await server.wait_closed()
            return response

    return asyncio.run(inside())


def say(agent: FakeAgent, body: Any) -> httpx.Response:
    """Send one message."""
    return call(agent, "POST", "webhook", content=json.dumps(body), headers={"Content-Type": "application/json"})


def test_message(agent: FakeAgent) -> None:
    response = say(agent, {"sender": "s", "message": "bonjour", "metadata": {"x": 1}, "input_channel": "y"})
    assert response.status_code == 200
    assert [item.get("text") or item["custom"] for item in response.json()] == ["Un.\n\nDeux.", {"text": "Trois"}]
    message = agent.received[0]
    assert (message.sender_id, message.text, message.input_channel, message.metadata) == ("s", "bonjour", "rest", None)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"sender": "s"},
        {"message": "a"},
        {"sender": "", "message": "a"},
        {"sender": 1, "message": "a"},
        {"sender": "s" * 256, "message": "a"},
        {"sender": "s", "message": " "},
        {"sender": "s", "message": None},
        {"sender": "s", "message": "a" * 1101},
    ],
)
def test_bad_messages(agent: FakeAgent, body: Any) -> None:
    assert say(agent, body).status_code == 422
    assert agent.received == []


def test_failure_is_a_failure_and_says_nothing(agent: FakeAgent, caplog: pytest.LogCaptureFixture) -> None:
    agent.error = RuntimeError("bonjour le secret")
    response = say(agent, {"sender": "s", "message": "bonjour le secret"})
    assert response.status_code == 500 and "secret" not in response.text and "secret" not in caplog.text


def test_ready_only_with_a_model(agent: FakeAgent) -> None:
    ready = call(agent, "GET", "ready")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "model": "m1"})
    agent.is_loaded = False
    assert call(agent, "GET", "ready").status_code == 503
    assert say(agent, {"sender": "s", "message": "a"}).status_code == 503
