"""Conversations through the running assistant: web, Rasa, actions, knowledge."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

pytestmark = pytest.mark.stack
CONVERSATIONS = yaml.safe_load(Path(__file__).with_name("conversations.yml").read_text("utf-8"))


def play(address: str, turns: list[dict[str, Any]]) -> None:
    with httpx.Client(base_url=address, timeout=30) as http:
        token = http.post("/api/sessions", json={}).json()["token"]
        for turn in turns:
            reply = http.post("/api/messages", json={"text": turn["say"]}, headers={"Authorization": f"Bearer {token}"})
            assert reply.status_code == 200, (turn["say"], reply.text)
            text = "\n\n".join(message["text"] for message in reply.json()["messages"])
            for pattern in turn.get("has", ()):
                assert re.search(pattern, text), (turn["say"], pattern, text)
            for pattern in turn.get("not", ()):
                assert not re.search(pattern, text), (turn["say"], pattern, text)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda item: item["id"].replace(" ", "-"))
def test_a_conversation_on_sqlite(stack: Any, conversation: dict[str, Any]) -> None:
    play(stack.address, conversation["turns"])


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda item: item["id"].replace(" ", "-"))
def test_a_conversation_on_postgresql(stack_on_postgres: Any, conversation: dict[str, Any]) -> None:
    play(stack_on_postgres.address, conversation["turns"])


def test_every_answer_on_a_call_has_its_source_and_its_next_questions(stack: Any) -> None:
    (answer,) = stack.client().ask("quelles pièces pour la Normandie ?")
    assert answer["call"] == {
        "id": "normandie-2024",
        "title": "Appel QVCT Normandie 2024-2025",
        "situation": "ended_by_programme",
    }
    assert answer["topic"] == "documents" and answer["state"] == "stated"
    (source,) = answer["sources"]  # type: ignore[misc]
    assert source["section"] and source["checked_on"] == "2026-11-22"
    assert 2 <= len(answer["buttons"]) <= 3  # type: ignore[arg-type]


def test_a_button_asks_the_question_it_shows(stack: Any) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        token = http.post("/api/sessions", json={}).json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        (answer,) = http.post("/api/messages", json={"text": "pièces en Normandie ?"}, headers=headers).json()[
            "messages"
        ]
        button = next(item for item in answer["buttons"] if item["label"] == "Critères de sélection")
        (following,) = http.post("/api/messages", json={"button": button["id"]}, headers=headers).json()["messages"]
        assert following["topic"] == "criteria" and following["call"]["id"] == "normandie-2024"
        other = http.post("/api/sessions", json={}).json()["token"]
        stolen = http.post("/api/messages", json={"button": button["id"]}, headers={"Authorization": f"Bearer {other}"})
        assert stolen.status_code == 404 and "problem+json" in stolen.headers["content-type"]


def test_two_conversations_do_not_mix(stack: Any) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        first, second = (
            {"Authorization": f"Bearer {http.post('/api/sessions', json={}).json()['token']}"} for _ in range(2)
        )
        http.post("/api/messages", json={"text": "pièces en Normandie"}, headers=first)
        reply = http.post("/api/messages", json={"text": "et les critères ?"}, headers=second).json()["messages"]
        assert all(message["call"] is None for message in reply)
