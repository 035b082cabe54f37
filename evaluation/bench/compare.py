"""Ours and the usual pipeline, side by side."""

from __future__ import annotations

import http.client
import json
import statistics
import tempfile
import uuid
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from bot.launcher.children import Child
from bot.launcher.console import Console
from evaluation.bench.load import Measure, Talk, measure
from evaluation.bench.sample import questions, write_sample
from evaluation.bench.servers import OURS, ROOT, USUAL, Side, free_ports, memory, start_actions, start_rasa, train

WARM_UP = 30  # messages before anything is measured


@dataclass(frozen=True)
class Plan:
    """How much to measure: examples learnt, starts, rounds, and messages of a round by number of users."""

    examples: int = 600
    starts: int = 3
    rounds: int = 5
    messages: tuple[tuple[int, int], ...] = ((1, 30), (5, 50), (20, 80))


QUICK = Plan(examples=250, starts=1, rounds=2, messages=((1, 30), (5, 50), (20, 60)))


@dataclass
class Result:
    """What was measured of one side; seconds and megabytes."""

    train: float = 0.0
    starts: list[float] = field(default_factory=list)
    memory: float = 0.0
    by_users: dict[int, Measure] = field(default_factory=dict)

    @property
    def start(self) -> float:
        """Seconds from the command to the first answer, median of the starts."""
        return statistics.median(self.starts)


def compare(plan: Plan, console: Console) -> dict[str, Result]:
    """Measure both sides; return the results by name.

    Raises:
        BenchError: one of them cannot be trained or started.
    """
    results = {OURS.name: Result(), USUAL.name: Result()}
    children: list[Child] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        try:
            count = write_sample(ROOT, folder, plan.examples)
            for side in (OURS, USUAL):
                console.say(f"{side.name} : entraînement sur {count} exemples…")
                results[side.name].train = train(side, folder)
            actions_port, *ports = free_ports(3)
            children.append(start_actions(folder, actions_port))
            running = _start_all(plan, folder, ports, actions_port, results, children, console)
            _talk_to_all(plan, dict(zip((OURS.name, USUAL.name), ports)), results, console)
            for side_name, child in running.items():
                results[side_name].memory = memory(child)
        finally:
            for child in reversed(children):
                child.stop()
    return results


def _start_all(
    plan: Plan,
    folder: Path,
    ports: list[int],
    actions_port: int,
    results: dict[str, Result],
    children: list[Child],
    console: Console,
) -> dict[str, Child]:
    """Start each side several times, alone but for the last time; return the processes that are left running."""
    running: dict[str, Child] = {}
    for number in range(plan.starts):
        order: tuple[Side, ...] = (OURS, USUAL) if number % 2 else (USUAL, OURS)
        for side in order:
            console.say(f"{side.name} : démarrage {number + 1} sur {plan.starts}…")
            child, seconds = start_rasa(side, folder, ports[side is USUAL], actions_port)
            children.append(child)
            results[side.name].starts.append(seconds)
            if number == plan.starts - 1:
                running[side.name] = child
            else:
                child.stop()
                children.remove(child)
    return running


def _talk_to_all(plan: Plan, ports: dict[str, int], results: dict[str, Result], console: Console) -> None:
    texts = cycle(questions(ROOT))
    warm_up = list(islice(texts, WARM_UP))
    for port in ports.values():
        measure(1, warm_up, uuid.uuid4().hex, lambda port=port: open_talk(port))  # type: ignore[misc]
    for number in range(plan.rounds):
        console.say(f"Messages : tour {number + 1} sur {plan.rounds}…")
        for users, count in plan.messages:
            # The same messages to both, in turn; who goes first alternates.
            batch = list(islice(texts, count))
            for side_name in sorted(ports, reverse=bool(number % 2)):
                port = ports[side_name]
                found = measure(users, batch, uuid.uuid4().hex, lambda port=port: open_talk(port))  # type: ignore[misc]
                results[side_name].by_users.setdefault(users, Measure()).add(found)


def open_talk(port: int) -> Talk:
    """Return what sends messages to the REST channel of Rasa over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def talk(conversation: str, text: str) -> bool:
        body = json.dumps({"sender": conversation, "message": text})
        connection.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        return response.status == 200 and bool(json.loads(content))

    return talk
