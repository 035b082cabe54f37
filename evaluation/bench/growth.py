"""How the assistant's latency grows with the number of calls that it knows."""

from __future__ import annotations

import copy
import http.client
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from bot.launcher.children import Child
from bot.launcher.console import Console
from evaluation.bench.servers import BenchError, environment, free_ports, start_actions_only
from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, publication_of, read_folder, read_terms
from knowledge.base.store import Store
from knowledge.places import codes as territory

SIZES = (10, 1000, 10_000)
GOAL = 2.0  # the median may be multiplied by less than this from the smallest base to the largest
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
# What a message can be about: (intent, text); {region} and {year} are those of a call of the base.
MESSAGES = (
    ("ask_documents", "Quelles pièces fournir {region} en {year} ?"),
    ("ask_deadline", "Jusqu'à quand peut-on candidater {region} ?"),
    ("ask_eligibility", "Notre EHPAD peut-il candidater à l'appel {year} {region} ?"),
    ("ask_funding", "Combien peut-on toucher ?"),
    ("list_calls", "Quels appels sont ouverts {region} ?"),
    ("list_calls", "Quels appels connaissez-vous ?"),
    ("ask_submission", "À quelle adresse envoyer le dossier {region} ?"),
    ("ask_definition", "Que veut dire QVCT ?"),
    ("ask_criteria", "Sur quels critères êtes-vous choisis en {year} ?"),
    ("nlu_fallback", "Le comité se réunit-il avec les élus {region} ?"),
)


def run(*, quick: bool, check: bool, console: Console) -> int:
    """Measure each size; print the figures, then one line of JSON; fail when asked to and beyond the goal."""
    rows = []
    for size in SIZES[: 2 if quick else 3]:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            rows.append((size, _measure(size, Path(name), quick, console)))
    names = list(rows[0][1])
    print(f"{'médianes':38}" + "".join(f"{size:>10}" for size, _ in rows) + f"{'facteur':>9}")
    for name in names:
        values = [figures[name] for _, figures in rows]
        print(f"{name:38}" + "".join(f"{value:10.2f}" for value in values) + f"{values[-1] / values[0]:8.1f}×")
    key = "action par HTTP (ms)"
    factor = rows[-1][1][key] / rows[0][1][key]
    print(json.dumps({"growth_factor": round(factor, 2), "sizes": [size for size, _ in rows]}))
    if check and factor >= GOAL:
        console.complain(f"La latence est multipliée par {factor:.2f} ; le but est moins de {GOAL}.")
        return 1
    return 0


def calls(size: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (id, content) of made-up calls: the real ones with other names, regions and years."""
    chance = random.Random(7)
    real = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.yml"))]
    real = [content for content in real if content["kind"] == "call"]
    regions = list(territory.regions())
    for number in range(size):
        content = copy.deepcopy(real[number % len(real)])
        region = regions[chance.randrange(len(regions))]
        year = chance.randrange(2015, 2027)
        label = f"{chance.choice(('QVCT', 'QVT', 'Prévention', 'Attractivité'))} {region.name} {year} n° {number}"
        content["title"] = f"Appel à candidatures {label}"
        content["short_title"] = f"Appel {label}"
        content["aliases"] = [f"appel {label}"]
        content["programme"] = f"programme-{number // 3}"
        content["edition"] = str(year)
        content["years"] = [year]
        content["territory"] = {"regions": [region.code], "time_zone": region.time_zone}
        yield f"made-up-{number}", content


def _measure(size: int, folder: Path, quick: bool, console: Console) -> dict[str, float]:
    console.say(f"{size} appels : publication…")
    actions_port = free_ports(1)[0]
    environ = environment(folder, actions_port)
    store = Store(environ["DATABASE_URL"])
    store.migrate()
    store.publish([*read_folder(FOLDER), *read_terms()], "bench", NOW)
    made_up = dict(calls(size - len(list(FOLDER.glob("*.yml")))))
    store.publish((publication_of(name, content) for name, content in made_up.items()), "bench", NOW)
    # Questions are about calls that the base holds: « nothing known there » is a quick answer.
    named = [(territory.region(one["territory"]["regions"][0]).name, one["years"][0]) for one in made_up.values()]
    messages = _messages(60 if quick else 150, named)
    figures: dict[str, float] = {}
    began = time.perf_counter()
    assistant = Assistant(Catalogue(store).snapshot())
    assistant.mentions("")
    figures["relecture de la base (ms)"] = (time.perf_counter() - began) * 1000
    figures["reconnaître les noms (ms)"] = _median(lambda item: assistant.mentions(item[1]), messages)
    store.close()
    console.say(f"{size} appels : actions…")
    child: Child | None = None
    try:
        child = start_actions_only(folder, actions_port)
        connection = http.client.HTTPConnection("127.0.0.1", actions_port, timeout=60)
        for item in messages[:20]:
            _act(connection, item)
        figures["action par HTTP (ms)"] = _median(lambda item: _act(connection, item), messages)
        slowest = max(MESSAGES, key=lambda kind: _median(lambda item: _act(connection, item), _filled(kind, 9, named)))
        figures["la plus lente (ms)"] = _median(lambda item: _act(connection, item), _filled(slowest, 15, named))
        console.say(f"{size} appels : la plus lente est {slowest[0]}")
    finally:
        if child:
            child.stop()
    return figures


def _messages(count: int, named: list[tuple[str, int]]) -> list[tuple[str, str]]:
    return [item for kind in MESSAGES for item in _filled(kind, count // len(MESSAGES), named)]


def _filled(kind: tuple[str, str], count: int, named: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """Return messages of a kind about regions and years of the base, drawn in a fixed way."""
    chance = random.Random(3)
    drawn = (chance.choice(named) for _ in range(count))
    return [(kind[0], kind[1].format(region=f"en {region}", year=year)) for region, year in drawn]


def _median(work: Callable[[tuple[str, str]], object], items: list[tuple[str, str]]) -> float:
    taken = []
    for item in items:
        began = time.perf_counter()
        work(item)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _act(connection: http.client.HTTPConnection, item: tuple[str, str]) -> None:
    """Call the action that answers, as Rasa does.

    Raises:
        BenchError: it says nothing.
    """
    intent, text = item
    latest: dict[str, object] = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    latest["intent_ranking"] = [{"name": intent, "confidence": 0.9}]
    action = "action_fallback" if intent == "nlu_fallback" else "action_answer"
    tracker = {"sender_id": "bench", "slots": {}, "latest_message": latest, "events": [], "paused": False}
    body = {"next_action": action, "sender_id": "bench", "tracker": tracker, "domain": {}, "version": "3.6.21"}
    connection.request("POST", "/webhook", json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    content = json.loads(response.read())
    if response.status != 200 or not content["responses"]:
        raise BenchError(f"{action} ne répond rien à « {text} ».")
