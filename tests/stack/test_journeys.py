"""Whole journeys of applicants through the running assistant: what is said, what is kept, and where nothing is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, inspect, text

from evaluation.journeys import Played, load_journeys, missing, play

pytestmark = pytest.mark.stack
JOURNEYS = load_journeys()


def test_there_are_enough_journeys_and_each_says_what_is_kept() -> None:
    assert len({journey["id"] for journey in JOURNEYS}) == len(JOURNEYS) >= 39
    for journey in JOURNEYS:
        assert len(journey["turns"]) >= 2, journey["id"]
        assert "stored" in journey or "quarter" in journey["id"] or "too many" in journey["id"]
        assert all(turn.get("has") or turn.get("not") for turn in journey["turns"]), journey["id"]


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda item: item["id"].replace(" ", "-"))
def test_a_journey_on_sqlite(stack: Any, journey: dict[str, Any]) -> None:
    check(stack, journey)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda item: item["id"].replace(" ", "-"))
def test_a_journey_on_postgresql(stack_on_postgres: Any, journey: dict[str, Any]) -> None:
    check(stack_on_postgres, journey)


def check(stack: Any, journey: dict[str, Any]) -> None:
    played = play(stack.address, journey)
    assert played.failures == []
    slots = slots_of(stack.tracker_url, played.conversations[0])
    for name, expected in journey.get("state", {}).items():
        assert list(missing(expected, slots.get(name), name)) == []
    for words in journey.get("nowhere", ()):
        absent(stack, words.replace("{code}", played.code))
    # The code is written nowhere, ever.
    if played.code:
        absent(stack, played.code)
    if "stored" in journey and journey["stored"] is None:
        nothing_in_hand(stack, played)


def slots_of(url: str, conversation: str) -> dict[str, Any]:
    """Return the slots that Rasa keeps of a conversation."""
    engine = create_engine(url, future=True)
    with engine.connect() as connection:
        query = text("SELECT data FROM events WHERE sender_id = :sender ORDER BY id")
        events = [json.loads(row[0]) for row in connection.execute(query, {"sender": conversation})]
    engine.dispose()
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def absent(stack: Any, words: str) -> None:
    """Check that `words` stand in no table but that of the dossiers, and in no file of the running assistant."""
    for url in {stack.database_url, stack.tracker_url, stack.web_url}:
        engine = create_engine(url, future=True)
        with engine.connect() as connection:
            for table in inspect(engine).get_table_names():
                if table == "dossier" or table.startswith("pg_"):
                    continue
                for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                    assert words not in " ".join(map(str, row)), (table, row)
        engine.dispose()
    for file in Path(stack.folder).rglob("*"):
        if file.is_file() and not file.name.startswith("knowledge.sqlite3"):
            assert words.encode() not in file.read_bytes(), file


def nothing_in_hand(stack: Any, played: Played) -> None:
    engine = create_engine(stack.database_url, future=True)
    with engine.connect() as connection:
        query = text("SELECT count(*) FROM dossier_session WHERE conversation = :conversation")
        for conversation in played.conversations:
            assert connection.execute(query, {"conversation": conversation}).scalar() == 0
    engine.dispose()


def test_an_erasure_leaves_nothing_on_the_disk(stack: Any) -> None:
    """Not even in the free pages and the journals of the database files, the dossier's own included."""
    name = "Résidence des Amarantes Zébrées"
    journey = {
        "id": "erased",
        "turns": [
            {"say": "enregistrer mon dossier pour la Normandie"},
            {"say": "oui"},
            {"say": "compléter mon dossier"},
            {"say": name},
            {"say": "mes documents en pdf"},
            {"say": "arrête"},
        ],
    }
    played = play(stack.address, journey)
    files = [file for file in Path(stack.folder).rglob("*") if file.is_file()]
    files.append(Path(stack.database_url.removeprefix("sqlite:///")))
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        link = next(file["url"] for answer in play_documents(http, played) for file in answer["downloads"])
        assert http.get(link).status_code == 200
        headers = {"Authorization": f"Bearer {played.code}"}
        receipt = http.delete(f"/api/dossiers/{played.reference}", headers=headers)
        assert receipt.status_code == 200 and receipt.json()["reference"] == played.reference
        assert http.get(link).status_code == 404
        assert http.get(f"/api/dossiers/{played.reference}", headers=headers).status_code == 404
    for file in [*files, *(Path(f"{file}-wal") for file in files)]:
        if file.exists():
            content = file.read_bytes()
            assert name.encode() not in content and json.dumps(name)[1:-1].encode() not in content, file


def play_documents(http: httpx.Client, played: Played) -> list[dict[str, Any]]:
    """Return answers with links, asked in another conversation that reopens the dossier."""
    token = http.post("/api/sessions", json={}).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    http.post("/api/messages", json={"text": f"{played.reference} {played.code}"}, headers=headers)
    answers: list[dict[str, Any]] = http.post(
        "/api/messages", json={"text": "mes documents en pdf"}, headers=headers
    ).json()["messages"]
    return answers
