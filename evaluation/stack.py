"""The running assistant as an outside program sees it; starts one when none answers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

START_LIMIT = 600.0  # seconds; the model may have to be trained


def free_ports(count: int) -> list[int]:
    """Return loopback ports that are free now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for item in sockets:
            item.bind(("127.0.0.1", 0))
        return [item.getsockname()[1] for item in sockets]
    finally:
        for item in sockets:
            item.close()


class Client:
    """Talks to the public API."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=30)

    def ask(self, *turns: str) -> list[dict[str, object]]:
        """Open a conversation, send the turns, and return the answers to the last one.

        An error of the server is returned as an answer, so that it is counted as wrong and shown.
        """
        token = self._http.post("/api/sessions", json={}).json()["token"]
        answers: list[dict[str, object]] = []
        for turn in turns:
            reply = self._http.post("/api/messages", json={"text": turn}, headers={"Authorization": f"Bearer {token}"})
            if reply.status_code == 200:
                answers = reply.json()["messages"]
            else:
                answers = [{"text": f"[HTTP {reply.status_code}] {reply.text[:200]}"}]
        return answers

    def ready(self) -> bool:
        """Return whether every part of the assistant answers."""
        try:
            return self._http.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False


@contextmanager
def running_assistant(
    base_url: str | None = None, environment: dict[str, str] | None = None, *, fresh: bool = False
) -> Iterator[str]:
    """Give the address of a running assistant: the one at `base_url`, or one started for the occasion.

    `fresh` starts one whatever runs already.

    Raises:
        RuntimeError: it does not start.
    """
    address = base_url or os.environ.get("ASSISTANT_URL", "http://127.0.0.1:8000")
    if not fresh and Client(address).ready():
        yield address
        return
    if base_url:
        raise RuntimeError(f"rien ne répond à {base_url}")
    web, rasa, actions = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="assistant-") as folder:
        settings = {
            **os.environ,
            "WEB_PORT": str(web),
            "RASA_PORT": str(rasa),
            "ACTIONS_PORT": str(actions),
            "ASSISTANT_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/knowledge.sqlite3",
            "TRACKER_DATABASE_URL": f"sqlite:///{folder}/tracker.sqlite3",
            "WEB_DATABASE_URL": f"sqlite:///{folder}/web.sqlite3",
            "RATE_LIMIT_LOOPBACK": "0",
            **(environment or {}),
        }
        process = subprocess.Popen([sys.executable, "-m", "bot"], env=settings, stdout=sys.stderr)
        try:
            address = f"http://127.0.0.1:{web}"
            client = Client(address)
            deadline = time.monotonic() + START_LIMIT
            while not client.ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("l'assistant n'a pas démarré (voir plus haut)")
                time.sleep(1)
            yield address
        finally:
            process.terminate()
            process.wait(30)
