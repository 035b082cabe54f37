"""Whole journeys of applicants (tests/journeys.yml), played through the public interface."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

FILE = Path(__file__).parents[1] / "tests" / "journeys.yml"
_REFERENCE = re.compile(r"QVCT-[0-9A-Z]{4}-[0-9A-Z]{4}")
_CODE = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Z-])")


@dataclass
class Played:
    """What happened in a journey.

    Attributes:
        failures: what was expected and did not come, turn by turn; empty when all went well.
        turns: how many messages were sent.
        conversations: the identifiers of its conversations.
        reference, code: those of the last dossier shown.
    """

    id: str
    failures: list[str] = field(default_factory=list)
    turns: int = 0
    conversations: list[str] = field(default_factory=list)
    reference: str = ""
    code: str = ""
    answers: list[dict[str, Any]] = field(default_factory=list)


def load_journeys(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the journeys, as written."""
    content: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    return content


def play(address: str, journey: Mapping[str, Any]) -> Played:
    """Hold the conversations of a journey, then look at what was kept."""
    played = Played(journey["id"])
    tokens: dict[str, str] = {}
    with httpx.Client(base_url=address, timeout=60) as http:
        for turn in journey["turns"]:
            # Two names are two tabs or two computers.
            where = turn.get("tab", "first")
            if where not in tokens:
                tokens[where] = http.post("/api/sessions", json={}).json()["token"]
                played.conversations.append(_conversation_of(tokens[where]))
            _turn(http, tokens[where], turn, played)
        played.failures += [f"kept: {fault}" for fault in _kept(http, journey, played)]
    return played


def report(played: Iterable[Played]) -> str:
    """Return the figures as lines to print."""
    found = list(played)
    good = sum(not item.failures for item in found)
    lines = [f"Parcours entiers : {good} sur {len(found)} ({sum(item.turns for item in found)} messages)"]
    lines += [f"  {item.id} : {item.failures[0][:160]}" for item in found if item.failures]
    return "\n".join(lines)


def _turn(http: httpx.Client, token: str, turn: Mapping[str, Any], played: Played) -> None:
    said = str(turn.get("say", turn.get("press", "")))
    said = _filled(said, played)
    body = {"text": said}
    if "press" in turn:
        buttons = {button["label"]: button["id"] for answer in played.answers for button in _pressed(answer)}
        if said not in buttons:
            played.failures.append(f"no button « {said} » among {list(buttons)}")
            return
        body = {"button": buttons[said]}
    reply = http.post("/api/messages", json=body, headers={"Authorization": f"Bearer {token}"})
    played.turns += 1
    if reply.status_code != 200:
        played.failures.append(f"« {said} » : {reply.status_code}")
        return
    played.answers = reply.json()["messages"]
    text = "\n\n".join(answer["text"] for answer in played.answers)
    wanted, unwanted = ([_filled(item, played) for item in turn.get(name, ())] for name in ("has", "not"))
    played.failures += [f"« {said} » lacks {item} in : {text}" for item in wanted if not re.search(item, text)]
    played.failures += [f"« {said} » holds {item} in : {text}" for item in unwanted if re.search(item, text)]
    for name in turn.get("downloads", ()):
        played.failures += [f"« {said} » : {fault}" for fault in _download(http, name, played)]
    reference, code = _REFERENCE.search(text), _CODE.search(text)
    if code and reference:
        played.reference, played.code = reference.group(), code.group()


def _pressed(answer: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what can be pressed: the buttons, and the answers of a question's own control."""
    return [*answer["buttons"], *(answer["form"] or {}).get("options", ())]


def _filled(text: str, played: Played) -> str:
    return text.replace("{reference}", played.reference).replace("{code}", played.code)


def _download(http: httpx.Client, name: str, played: Played) -> list[str]:
    offered = {file["url"].rpartition("/")[2]: file["url"] for answer in played.answers for file in answer["downloads"]}
    if name not in offered:
        return [f"{name} is not offered, but {list(offered)}"]
    file = http.get(offered[name])
    starts = {"pdf": b"%PDF", "docx": b"PK", "zip": b"PK", "ics": b"BEGIN:VCALENDAR", "json": b"{"}
    if file.status_code != 200 or not file.content.startswith(starts[name.rpartition(".")[2]]):
        return [f"{name} does not open ({file.status_code})"]
    return []


def _kept(http: httpx.Client, journey: Mapping[str, Any], played: Played) -> list[str]:
    """Return what differs between the dossier kept and what the journey says of it."""
    if "stored" not in journey:
        return []
    expected = journey["stored"]
    if expected is None:
        if not played.reference:
            return []
        found = _read(http, played)
        return [f"{played.reference} still opens"] if found.status_code == 200 else []
    found = _read(http, played)
    if found.status_code != 200:
        return [f"{played.reference} does not open: {found.status_code}"]
    return list(missing(expected, found.json()["content"])) + [
        f"{part}.{name} is kept"
        for part, names in journey.get("absent", {}).items()
        for name in names
        if name in found.json()["content"].get(part, {})
    ]


def _read(http: httpx.Client, played: Played) -> httpx.Response:
    return http.get(
        f"/api/dossiers/{played.reference or 'none'}", headers={"Authorization": f"Bearer {played.code or 'none'}"}
    )


def missing(expected: Any, found: Any, path: str = "") -> Iterable[str]:
    """Yield what of `expected` is not in `found`, deep down."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            yield from missing(value, found.get(name), f"{path}.{name}" if path else name)
    elif expected != found:
        yield f"{path}: {expected!r} expected, {found!r} found"


def _conversation_of(token: str) -> str:
    """Return the conversation that a token names: it is signed, not hidden."""
    encoded = token.split(":")[0]
    conversation: str = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    return conversation
