"""The processes measured: started on free loopback ports, in a temporary folder, and always stopped."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from bot.launcher.children import Child
from bot.launcher.ports import is_free

ROOT = Path(__file__).resolve().parents[2]
FIRST_PORT = 21000
PATIENCE = 600.0  # seconds, for a server to answer its first message
FIRST_MESSAGE = "Quelles sont les pièces à fournir en Normandie ?"


class BenchError(Exception):
    """The measure cannot be made; the message says why."""


@dataclass(frozen=True)
class Side:
    """One of the two assistants compared.

    Attributes:
        name: as shown.
        config: its pipeline.
    """

    name: str
    config: Path

    def model(self, folder: Path) -> Path:
        """Return where its model is."""
        return folder / "models" / f"{self.name}.tar.gz"


OURS = Side("ours", ROOT / "config.yml")
USUAL = Side("usual", ROOT / "evaluation" / "usual" / "config.yml")


def free_ports(count: int) -> list[int]:
    """Return free ports of the loopback address."""
    # Far apart for two runs at the same time.
    first = FIRST_PORT + os.getpid() % 200 * 20
    return [port for port in range(first, first + 2000) if is_free("127.0.0.1", port)][:count]


def environment(folder: Path, actions_port: int, side: str = "") -> dict[str, str]:
    """Return the environment of the processes of a run."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'knowledge.sqlite3'}",
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / f'tracker-{side}.sqlite3'}",
        "ACTION_ENDPOINT_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "SANIC_HOST": "127.0.0.1",
    }


def run(command: list[str], folder: Path, environ: dict[str, str]) -> float:
    """Run a command of Python to its end; return how many seconds it took.

    Raises:
        BenchError: it failed; the message has the end of what it wrote.
    """
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command)} : échec ({done.returncode})\n{done.stdout[-2000:]}")
    (folder / "commands.log").open("a").write(done.stdout)
    return time.monotonic() - began


def train(side: Side, folder: Path) -> float:
    """Train the model of a side from the sample in `folder`; return the seconds."""
    command = ["rasa", "train", "--config", str(side.config), "--domain", str(folder / "domain.yml")]
    command += [
        "--data",
        str(folder / "data"),
        "--out",
        str(folder / "models"),
        "--fixed-model-name",
        side.name,
        "--force",
    ]
    return run(command, folder, environment(folder, 0))


def start_actions(folder: Path, port: int) -> Child:
    """Start the action server on a knowledge base of its own, and wait until it answers."""
    run(["knowledge", "load"], folder, environment(folder, port))
    return start_actions_only(folder, port)


def start_actions_only(folder: Path, port: int) -> Child:
    """Start the action server on the knowledge base that `folder` holds, and wait until it answers."""
    environ = environment(folder, port)
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    child = Child(command, folder / "actions.log", environ, ROOT)
    deadline = time.monotonic() + PATIENCE
    while get(port, "/health") != 200:
        _check(child, deadline)
    return child


def start_rasa(side: Side, folder: Path, port: int, actions_port: int) -> tuple[Child, float]:
    """Start the Rasa of a side; return it with the seconds until it had answered a message.

    Both get the same endpoints.yml; each its own tracker file, in the same (WAL) mode.
    """
    environ = environment(folder, actions_port, side.name)
    common = ["--model", str(side.model(folder)), "--port", str(port), "--endpoints", str(ROOT / "endpoints.yml")]
    if side is OURS:
        command = ["bot.rasa_server", *common, "--credentials", str(ROOT / "credentials.yml")]
    else:
        run(["evaluation.bench.wal", environ["TRACKER_DATABASE_URL"]], folder, environ)
        credentials = str(ROOT / "evaluation" / "usual" / "credentials.yml")
        command = ["rasa", "run", "--interface", "127.0.0.1", *common, "--credentials", credentials]
    began = time.monotonic()
    child = Child([sys.executable, "-m", *command], folder / f"rasa-{side.name}.log", environ, ROOT)
    deadline = began + PATIENCE
    while not ask(port, FIRST_MESSAGE):
        _check(child, deadline)
    return child, time.monotonic() - began


def _check(child: Child, deadline: float) -> None:
    if child.status is not None or time.monotonic() > deadline:
        raise BenchError(f"Un serveur ne répond pas. Fin du journal ({child.log}) :\n{child.tail()}")
    time.sleep(0.1)


def get(port: int, path: str) -> int:
    """Return the status of a page, 0 when nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def ask(port: int, text: str) -> bool:
    """Tell whether Rasa answers a message with something."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"sender": uuid.uuid4().hex, "message": text})
    try:
        connection.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status == 200 and bool(json.loads(response.read()))
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def memory(child: Child) -> float:
    """Return the megabytes that a process and its children hold: proportional set size, or resident where unknown."""
    pid = child.process.pid
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in lines.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            lines = Path(f"/proc/{one}/status").read_text()
            total += next(int(line.split()[1]) for line in lines.splitlines() if line.startswith("VmRSS:"))
    return total / 1024


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            found += [child, *_children(child)]
    return found
