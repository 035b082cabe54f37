"""Each speed-up against the original that it takes the place of: same results, same errors."""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
from typing import Any

import pytest
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event, SlotSet
from rasa.utils.endpoints import EndpointConfig

# Taken while tests are collected, before any of them patches Rasa.
ORIGINALS = {
    "validate": RemoteAction._validate_action_result,
    "resolve": Event.resolve_by_type,
    "session": EndpointConfig.session,
    "minimal": GraphSchema.minimal_graph_schema,
    "run": DaskGraphRunner.run,
}

from bot.nlu import speedups  # noqa: E402  (after the originals)


@pytest.fixture(scope="module", autouse=True)
def _patched() -> None:
    assert speedups.apply()
    assert speedups.apply()  # twice is once


def test_another_version_of_rasa_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "3.6.22")
    monkeypatch.setattr(speedups, "_applied", False)
    assert not speedups.apply()
    assert not speedups.before_import("models/assistant.tar.gz")
    assert "3.6.22" in caplog.text


RESPONSES: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "call", "value": None, "timestamp": None}], "responses": [{"text": "a"}]},
    {"events": [{"event": "session_started"}, {"event": "reset_slots"}], "responses": [{}]},
    {"events": [{"event": "bot", "text": "a", "data": {}}]},
    {"events": None},
    {"events": {}},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "no_such_event"}]},
    {"events": [{"name": "call"}, {"event": "slot", "name": 3, "value": 1}]},
    {"events": [], "responses": "a"},
    {"responses": [3]},
    [],
    None,
    "text",
]


@pytest.mark.parametrize("response", RESPONSES, ids=repr)
def test_action_responses_are_judged_alike(response: Any) -> None:
    action = RemoteAction("action_answer", None)
    outcomes = []
    for judge in (ORIGINALS["validate"], RemoteAction._validate_action_result):
        try:
            outcomes.append((judge(action, response), None, None, None))
        except ValidationError as error:
            outcomes.append((False, error.message, list(error.absolute_path), list(error.absolute_schema_path)))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    "name", ["slot", "user", "bot", "action", "session_started", "reset_slots", "topic", "followup"]
)
def test_event_classes_are_the_same(name: str) -> None:
    for _ in range(2):
        assert Event.resolve_by_type(name) is ORIGINALS["resolve"](name)


def test_unknown_event_classes_fail_or_give_the_default() -> None:
    for resolve in (Event.resolve_by_type, ORIGINALS["resolve"]):
        with pytest.raises(ValueError, match="no_such"):
            resolve("no_such")
        assert resolve("no_such", SlotSet) is SlotSet


def test_a_class_defined_later_is_found() -> None:
    assert Event.resolve_by_type("defined_later", SlotSet) is SlotSet

    class DefinedLater(SlotSet):
        type_name = "defined_later"

    assert Event.resolve_by_type("defined_later") is DefinedLater


def test_connections_are_kept_and_errors_are_the_same() -> None:
    async def scenario() -> None:
        peers: list[Any] = []

        async def answer(request: web.Request) -> web.Response:
            peers.append(request.transport.get_extra_info("peername"))
            asked = await request.json()
            return web.json_response({"echo": asked}, status=asked["status"])

        app = web.Application()
        app.router.add_post("/webhook", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        for _ in range(3):
            assert await endpoint.request(json={"status": 200}) == {"echo": {"status": 200}}
        assert len(set(peers)) == 1
        with pytest.raises(Exception, match="400") as failure:
            await endpoint.request(json={"status": 400})
        assert failure.value.status == 400
        assert json.loads(failure.value.text) == {"echo": {"status": 400}}
        # Idle for longer than an idle connection is trusted.
        await asyncio.sleep(speedups.KEEP_ALIVE + 0.3)
        await endpoint.request(json={"status": 200})
        assert len(set(peers)) == 2
        await runner.cleanup()

    asyncio.run(scenario())
    # A second event loop has connections of its own.
    asyncio.run(scenario())


class _Node:
    def __init__(self, name: str, result: Any) -> None:
        self.name, self.result, self.calls = name, result, 0

    def __call__(self, *inputs: Any) -> tuple[str, Any]:
        self.calls += 1
        if isinstance(self.result, Exception):
            raise self.result
        return self.name, (self.result, inputs)


def _runner(last: Any) -> DaskGraphRunner:
    def node(needs: dict[str, str], target: bool = False) -> SchemaNode:
        return SchemaNode(needs=needs, uses=object, constructor_name="", fn="", config={}, is_target=target)  # type: ignore[arg-type]

    schema = GraphSchema(
        {
            "a": node({"x": "__message__"}),
            "b": node({"x": "a"}),
            "c": node({"x": "a", "y": "b", "z": "__message__"}, target=True),
            "other": node({"x": "a"}, target=True),
        }
    )
    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._graph_schema = schema
    runner._execution_context = None
    runner._instantiated_nodes = {name: _Node(name, last if name == "c" else name) for name in schema.nodes}
    return runner


@pytest.mark.parametrize("targets", [None, ["c"], ["b", "c"]])
def test_graphs_give_the_same_results(targets: list[str] | None) -> None:
    inputs = {"__message__": ["hello"]}
    runner, other = _runner("c"), _runner("c")
    for _ in range(2):
        assert runner.run(inputs, targets) == ORIGINALS["run"](other, inputs, targets)
    calls = {name: node.calls for name, node in runner._instantiated_nodes.items()}
    assert calls == {name: node.calls for name, node in other._instantiated_nodes.items()}


@pytest.mark.parametrize("error", [RuntimeError("a"), ValueError("b")])
def test_graphs_fail_alike(error: Exception) -> None:
    for run in (DaskGraphRunner.run, ORIGINALS["run"]):
        with pytest.raises(GraphRunError if isinstance(error, RuntimeError) else ValueError):
            run(_runner(error), {"__message__": []}, ["c"])
