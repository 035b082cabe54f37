"""Latencies seen by a user of the public API (`bot/web`), the whole assistant behind it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import cycle, islice
from pathlib import Path

from bot.launcher.children import Child
from bot.launcher.console import Console
from evaluation.bench.compare import QUICK, WARM_UP, Plan
from evaluation.bench.load import Measure, Talk, measure
from evaluation.bench.sample import questions
from evaluation.bench.servers import PATIENCE, ROOT, BenchError, free_ports, get, memory


def run(url: str | None, *, quick: bool, console: Console) -> int:
    """Measure the assistant at `url`, or one started for the purpose; print the figures, then one line of JSON.

    Raises:
        BenchError: it cannot be started, or does not answer.
    """
    if url:
        return _measure(url, QUICK if quick else Plan(), console)
    with _assistant(console) as started:
        return _measure(started, QUICK if quick else Plan(), console)


@contextmanager
def _assistant(console: Console) -> Iterator[str]:
    """Start the whole assistant in a temporary folder; yield its address."""
    web, rasa, actions = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "TRACKER_DATABASE_URL"}}
        environ = {
            **kept,
            "ASSISTANT_VAR": name,
            "WEB_PORT": str(web),
            "RASA_PORT": str(rasa),
            "ACTIONS_PORT": str(actions),
        }
        # Users of this measure all come from one address.
        environ |= {"RATE_LIMIT_LOOPBACK": "0", "RATE_LIMIT_SESSION": "0", "RATE_LIMIT_ADDRESS": "0"}
        console.say("Démarrage de l'assistant (le modèle est entraîné s'il n'est pas à jour)…")
        began = time.monotonic()
        child = Child([sys.executable, "-m", "bot"], Path(name) / "bench.log", environ, ROOT)
        try:
            while get(web, "/readyz") != 200:
                if child.status is not None or time.monotonic() - began > PATIENCE:
                    raise BenchError(f"L'assistant ne démarre pas :\n{child.tail()}")
                time.sleep(0.2)
            console.say(f"Prêt en {time.monotonic() - began:.1f} s.")
            yield f"http://127.0.0.1:{web}"
            console.say(f"Mémoire de l'ensemble des processus : {memory(child):.0f} Mo")
        finally:
            child.stop(patience=30)


def _measure(url: str, plan: Plan, console: Console) -> int:
    texts = cycle(questions(ROOT))
    measure(1, list(islice(texts, WARM_UP)), uuid.uuid4().hex, lambda: _open_talk(url))
    found: dict[int, Measure] = {}
    for number in range(plan.rounds):
        console.say(f"Messages : tour {number + 1} sur {plan.rounds}…")
        for users, count in plan.messages:
            one = measure(users, list(islice(texts, count)), uuid.uuid4().hex, lambda: _open_talk(url))
            found.setdefault(users, Measure()).add(one)
    print(f"{'utilisateurs':>12}{'p50 (ms)':>10}{'p95 (ms)':>10}{'msg/s':>8}{'sans réponse':>14}")
    for users, one in found.items():
        print(f"{users:12}{one.p50:10.1f}{one.p95:10.1f}{one.rate:8.1f}{one.failures:14}")
    first = found[min(found)]
    figures = {"public_p50_ms": round(first.p50, 1), "public_p95_ms": round(first.p95, 1)}
    print(json.dumps({**figures, "public_rate_5_users": round(found[5].rate, 1)}))
    return 0


def _open_talk(url: str) -> Talk:
    """Return what sends messages through the public API, a session for each conversation."""
    parts = urllib.parse.urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=60)
    tokens: dict[str, str] = {}

    def post(path: str, body: dict[str, str], token: str = "") -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            connection.request("POST", parts.path.rstrip("/") + path, json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException) as error:
            raise BenchError(f"{url} ne répond pas : {error}") from error

    def talk(conversation: str, text: str) -> bool:
        if conversation not in tokens:
            tokens[conversation] = json.loads(post("/api/sessions", {})[1])["token"]
        status, content = post("/api/messages", {"text": text}, tokens[conversation])
        return status == 200 and bool(json.loads(content)["messages"])

    return talk
