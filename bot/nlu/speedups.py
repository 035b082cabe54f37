"""Work that Rasa 3.6.21 does again for every message although its result never changes, done once.

Nothing here changes an answer, an event or an error: tests/bot/test_speedups.py compares each patch with
the original. Figures, and how each was found: docs/decisions/2026-11-22-speed.md.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.nlu import absent_tensorflow, speedups_store

RASA = "3.6.21"
# Seconds after which an idle connection is not used again: well below the 5 s after which the action
# server closes it, so that no message is ever sent into a connection that is just closing.
KEEP_ALIVE = 1.0
_log = logging.getLogger(__name__)
_applied = False


def is_supported() -> bool:
    """Tell whether the installed Rasa is the one that the patches were written for; warn otherwise."""
    found = importlib.metadata.version("rasa")
    if found != RASA:
        _log.warning("Speed-ups are for Rasa %s, not %s: left out", RASA, found)
    return found == RASA


def before_import(model: str | os.PathLike[str]) -> bool:
    """Leave TensorFlow out of this process when the model does without it; return whether it was left out.

    To be called before Rasa is imported.
    """
    if not is_supported() or absent_tensorflow.needs_tensorflow(Path(model)):
        return False
    return absent_tensorflow.leave_out()


def apply() -> bool:
    """Patch Rasa, once per process; return whether the patches are in force."""
    global _applied
    if not _applied and is_supported():
        for patch in (_validator, _event_classes, _connections, _graph, speedups_store.patch):
            patch()
        _applied = True
    return _applied


def _validator() -> None:
    """Rasa checks the constant schema of action responses, and compiles it, at each response: 30 ms."""
    from jsonschema import ValidationError
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.constants import DOCS_BASE_URL

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        error: ValidationError | None = best_match(validator.iter_errors(result))
        if error is None:
            return True
        error.message += (
            f". Failed to validate Action server response from API, "
            f"make sure your response from the Action endpoint is valid. "
            f"For more information about the format visit "
            f"{DOCS_BASE_URL}/custom-actions"
        )
        raise error

    RemoteAction._validate_action_result = validate


def _event_classes() -> None:
    """Rasa walks the tree of event classes for every event of every conversation that it reads back."""
    from rasa.shared.core.events import Event

    original = Event.resolve_by_type
    known: dict[str, type[Event]] = {}

    def resolve(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        found = known.get(type_name)
        if found is None:
            found = original(type_name, default)
            # Defaults are not kept: a class may be defined later.
            if found is not None and getattr(found, "type_name", None) == type_name:
                known[type_name] = found
        return found

    Event.resolve_by_type = staticmethod(resolve)


def _connections() -> None:
    """Rasa opens a client and a connection for each action: keep them, for as long as they are surely open."""
    import asyncio
    import weakref

    import aiohttp
    from rasa.utils.endpoints import EndpointConfig

    original: Callable[[EndpointConfig], aiohttp.ClientSession] = EndpointConfig.session
    kept: weakref.WeakKeyDictionary[Any, dict[int, tuple[EndpointConfig, aiohttp.ClientSession]]]
    kept = weakref.WeakKeyDictionary()

    class Kept:
        """What `async with` gets: the session, which stays open at the end."""

        def __init__(self, session: aiohttp.ClientSession) -> None:
            self._session = session

        async def __aenter__(self) -> aiohttp.ClientSession:
            return self._session

        async def __aexit__(self, *_: object) -> None:
            """Leave it open."""

    def session(self: EndpointConfig) -> Any:
        sessions = kept.setdefault(asyncio.get_running_loop(), {})
        own = sessions.get(id(self))
        if own is None or own[0] is not self or own[1].closed:
            made = original(self)
            # aiohttp makes the connector with the session; this is the one setting that it does not pass on.
            made.connector._keepalive_timeout = KEEP_ALIVE  # type: ignore[union-attr]
            own = sessions[id(self)] = (self, made)
        return Kept(own[1])

    EndpointConfig.session = session


def _graph() -> None:
    """Rasa finds again, at each prediction, which components lead to a result, and starts a scheduler for them."""
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.graph import GraphSchema
    from rasa.engine.runner.dask import DaskGraphRunner

    original = GraphSchema.minimal_graph_schema

    def minimal(self: GraphSchema, targets: list[str] | None = None) -> GraphSchema:
        # Kept on the instance, with the nodes that it was made from.
        kept = self.__dict__.setdefault("_minimal", {})
        key = (tuple(targets or ()), tuple(self.nodes))
        if key not in kept:
            kept[key] = original(self, targets)
        return kept[key]

    def run(
        self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        targets = targets or self._graph_schema.target_names
        graph = self._build_dask_graph(self._graph_schema.minimal_graph_schema(targets))
        if inputs:
            self._add_inputs_to_graph(inputs, graph)
        results: dict[str, Any] = {}

        def result(name: str) -> Any:
            if name not in results:
                node, *needs = graph[name]
                # An input is a pair (name, value); anything else is a component and the names that it needs.
                results[name] = node(*map(result, needs)) if callable(node) else graph[name]
            return results[name]

        try:
            return dict(result(target) for target in targets)
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error

    GraphSchema.minimal_graph_schema = minimal
    DaskGraphRunner.run = run
