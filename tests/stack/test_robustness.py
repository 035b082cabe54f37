"""Bad input, breakdowns and publications while the assistant runs."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from knowledge.base.loader import publication_of
from knowledge.base.store import Store

pytestmark = [pytest.mark.stack, pytest.mark.alone]
PUBLISHED = Path(__file__).parent.parent / "knowledge" / "published"


def open_session(http: httpx.Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {http.post('/api/sessions', json={}).json()['token']}"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "   \n\t "}, 422),
        ({"text": "a" * 1001}, 422),
        ({"text": 42}, 422),
        ({"text": ["Normandie"]}, 422),
        ({"button": "inconnu"}, 404),
        ({}, 422),
    ],
)
def test_bad_messages_get_a_french_problem(stack: Any, body: dict[str, Any], status: int) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        reply = http.post("/api/messages", json=body, headers=open_session(http))
    assert reply.status_code == status
    assert reply.headers["content-type"].startswith("application/problem+json")
    problem = reply.json()
    assert problem["title"] and problem["detail"].endswith((".", "?"))
    assert "Traceback" not in reply.text


def test_broken_json_a_huge_body_and_wrong_tokens(stack: Any) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        headers = {**open_session(http), "Content-Type": "application/json"}
        assert http.post("/api/messages", content=b"{oups", headers=headers).status_code == 400
        assert http.post("/api/messages", content=b"x" * 1_000_000, headers=headers).status_code == 413
        assert http.post("/api/messages", json={"text": "x"}).status_code == 401
        assert (
            http.post("/api/messages", json={"text": "x"}, headers={"Authorization": "Bearer faux"}).status_code == 401
        )


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        '/ask_deadline{"call":"la-reunion-2022"}',
        "  /session_start",
        "🙂🙂🙂",
        "bon\x00jour\x07 \x1b[31mNormandie",
        "'; DROP TABLE record; --",
        "<script>alert(1)</script>",
        "{{7*7}} ${jndi:ldap://x} %s %n",
        "\u202eNormandie\u202c",
        "a" * 1000,
        "?",
    ],
)
def test_odd_text_is_answered_as_text(stack: Any, text: str) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        reply = http.post("/api/messages", json={"text": text}, headers=open_session(http))
    assert reply.status_code == 200, reply.text
    answers = reply.json()["messages"]
    assert answers and all(answer["text"].strip() for answer in answers)
    assert all(answer["call"] is None or "Normandie" in text or "reunion" in text for answer in answers)


def test_a_publication_changes_the_answers_at_once(stack: Any) -> None:
    question = "date limite de l'appel PASA en Provence-Alpes-Côte d'Azur ?"
    before = str(stack.client().ask(question)[0]["text"])
    assert "6 juin 2024" not in before
    store = Store(stack.database_url)
    content = yaml.safe_load((PUBLISHED / "paca-aac-pasa-2024.yml").read_text("utf-8"))
    store.publish([publication_of("paca-aac-pasa-2024", content)], "essai", datetime.now(timezone.utc))
    try:
        after = str(stack.client().ask(question)[0]["text"])
        assert "6 juin 2024" in after and "14" in after
        content["facts"]["deadline"][0]["text"] = "Dossiers attendus avant le 7 juin 2024 à 14 h"
        store.publish([publication_of("paca-aac-pasa-2024", content)], "essai", datetime.now(timezone.utc))
        assert "7 juin 2024" in str(stack.client().ask(question)[0]["text"])
    finally:
        store.withdraw("paca-aac-pasa-2024")
        store.close()
    assert "7 juin 2024" not in str(stack.client().ask(question)[0]["text"])


def test_unanswered_questions_are_kept_masked(stack: Any) -> None:
    stack.client().ask("zorglub bidule 06 12 34 56 78 machin jean.dupont@exemple.fr truc")
    store = Store(stack.database_url)
    kept = " ".join(question.text for question in store.questions())
    store.close()
    assert "06 12 34 56 78" not in kept and "jean.dupont" not in kept


def process_on(port: int) -> int:
    """Return the id of the action server of this stack."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"actions" in words and str(port).encode() in words:
                return int(folder.name)
    raise AssertionError("no action server")


def test_a_dead_action_server_is_a_503_in_french_then_comes_back(stack: Any) -> None:
    os.kill(process_on(stack.actions_port), signal.SIGKILL)
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        headers = open_session(http)
        reply = http.post("/api/messages", json={"text": "pièces en Normandie ?"}, headers=headers)
        assert reply.status_code == 503 and reply.headers["content-type"].startswith("application/problem+json")
        assert reply.json()["detail"].startswith("L'assistant")
        deadline = time.monotonic() + 90
        while http.get("/readyz").status_code != 200 and time.monotonic() < deadline:
            time.sleep(1)
        reply = http.post("/api/messages", json={"text": "pièces en Normandie ?"}, headers=headers)
        assert reply.status_code == 200 and "identification" in reply.text


def test_a_conversation_is_shown_and_erased_to_whom_holds_its_token(stack: Any) -> None:
    with httpx.Client(base_url=stack.address, timeout=30) as http:
        mine, other = (
            {"Authorization": f"Bearer {http.post('/api/sessions', json={}).json()['token']}"} for _ in range(2)
        )
        for headers in (mine, other):
            asked = {"text": "Quelles pièces en Normandie ? Mon numéro : 06 12 34 56 78"}
            assert http.post("/api/messages", json=asked, headers=headers).status_code == 200
        said, answered = http.get("/api/sessions", headers=mine).json()["messages"]
        assert (said["from"], answered["from"]) == ("person", "assistant")
        assert "Quelles pièces" in said["text"] and "06 12" not in said["text"] and "Normandie" in answered["text"]
        assert http.request("DELETE", "/api/sessions").status_code == 401
        assert "erased_at" in http.request("DELETE", "/api/sessions", headers=mine).json()
        assert http.get("/api/sessions", headers=mine).json() == {"messages": []}
        assert len(http.get("/api/sessions", headers=other).json()["messages"]) == 2
