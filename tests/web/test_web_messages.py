"""A conversation by the API: what is sent to Rasa, what comes back, each error."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from web_fakes import Client, FakeRasa, chunks

from bot.web import tokens
from knowledge.base.catalogue import Catalogue

CUSTOM = {
    "text": "Trois pièces.\n\nLes voici.",
    "sources": [{"title": "Cahier des charges", "section": "3", "published_on": None, "checked_on": "2026-11-22"}],
    "call": {"id": "normandie-2024", "title": "Normandie", "situation": "closed", "secret": "x"},
    "topic": "documents",
    "state": "stated",
    "buttons": [{"label": "Date limite", "payload": '/ask{"topic":"deadline"}'}],
}


def problem(response: httpx.Response) -> tuple[int, str]:
    """Return the status and the end of the type of a problem, once checked to be one."""
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail"} and body["status"] == response.status_code
    assert body["title"] and body["detail"] and "Traceback" not in response.text
    return response.status_code, body["type"].removeprefix("urn:ars-assistant:problem:")


def test_session_gives_token_end_and_notice(client: Client) -> None:
    response = client.request("POST", "/api/sessions")
    assert response.status_code == 201
    body = response.json()
    assert set(body) == {"token", "expires_at", "notice"} and body["expires_at"].endswith("Z")
    for word in ("automatique", "personne", "30 jours", "santé"):
        assert word in body["notice"]
    assert "&#x27;" not in body["notice"]
    assert response.headers["cache-control"] == "no-store" and "set-cookie" not in response.headers


def test_answer_has_the_agreed_shape_and_keeps_payloads(client: Client, rasa: FakeRasa) -> None:
    rasa.items = [{"recipient_id": "x", "custom": CUSTOM}, {"recipient_id": "x", "text": "Autre chose ?"}]
    token = client.open()
    response = client.say(token, {"text": "Quelles pièces ?"})
    assert response.status_code == 200 and "payload" not in response.text and "/ask" not in response.text
    first, second = response.json()["messages"]
    names = "text sources call topic state buttons downloads form contacts extracts decision lead verdict points more"
    assert set(first) == set(second) == set(names.split())
    assert first["text"] == CUSTOM["text"] and first["topic"] == "documents" and first["state"] == "stated"
    assert first["sources"] == [{**CUSTOM["sources"][0], "publisher": None, "url": None}]
    assert first["call"] == {"id": "normandie-2024", "title": "Normandie", "situation": "closed"}
    assert second == {**second, "text": "Autre chose ?", "sources": [], "call": None, "buttons": []}
    assert rasa.sent == [{"sender": tokens.conversation_of(token), "message": "Quelles pièces ?"}]

    button = first["buttons"][0]
    assert button["label"] == "Date limite"
    assert client.say(token, {"button": button["id"]}).status_code == 200
    assert rasa.sent[-1]["message"] == '/ask{"topic":"deadline"}'
    other = client.open()
    assert problem(client.say(other, {"button": button["id"]})) == (404, "unknown-button")


def test_buttons_of_plain_responses(client: Client, rasa: FakeRasa) -> None:
    rasa.items = [{"text": "Lequel ?", "buttons": [{"title": "Oui", "payload": "/affirm"}, {"title": "Sans effet"}]}]
    token = client.open()
    (answer,) = client.say(token, {"text": "bonjour"}).json()["messages"]
    assert [button["label"] for button in answer["buttons"]] == ["Oui"]


ODD = ["/restart", "😀", "bon\x00jour\x07", "1' OR '1'='1'; DROP TABLE events;--", "<b>x</b>"]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_texts(client: Client, rasa: FakeRasa, text: str) -> None:
    assert client.say(client.open(), {"text": text}).status_code == 200
    assert not rasa.sent[-1]["message"].strip().startswith("/") and "\x00" not in rasa.sent[-1]["message"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": ""}, (422, "empty-text")),
        ({"text": " \n\u00a0\u200b"}, (422, "empty-text")),
        ({"text": "a" * 1001}, (422, "text-too-long")),
        ({"text": 12}, (422, "text-not-a-string")),
        ({"text": None}, (422, "text-not-a-string")),
        ({}, (422, "invalid-body")),
        ({"text": "a", "button": "b"}, (422, "invalid-body")),
        (["text"], (422, "invalid-body")),
        ({"button": "x"}, (404, "unknown-button")),
        ({"button": {"a": 1}}, (404, "unknown-button")),
        ({"button": "a\x00"}, (404, "unknown-button")),
    ],
)
def test_bad_messages(client: Client, rasa: FakeRasa, body: object, expected: tuple[int, str]) -> None:
    assert problem(client.say(client.open(), body)) == expected
    assert rasa.sent == []


def test_a_thousand_characters_are_accepted(client: Client, rasa: FakeRasa) -> None:
    assert client.say(client.open(), {"text": "😀" * 1000}).status_code == 200
    assert client.say(client.open(), {"text": "/" * 1000}).status_code == 200
    assert len(rasa.sent[-1]["message"]) <= 1100


@pytest.mark.parametrize("content", [b"{", b"", b"\xff", b"[" * 9000, b'{"text": "\xe9"}'])
def test_broken_json(client: Client, content: bytes) -> None:
    headers = {"Authorization": f"Bearer {client.open()}", "Content-Type": "application/json"}
    response = client.request("POST", "/api/messages", content=content, headers=headers)
    assert problem(response) == (400, "invalid-json")


def test_wrong_content_type(client: Client) -> None:
    headers = {"Authorization": f"Bearer {client.open()}", "Content-Type": "text/plain"}
    assert problem(client.request("POST", "/api/messages", content=b"{}", headers=headers)) == (
        415,
        "wrong-content-type",
    )


def test_body_too_large_is_refused_at_once(client: Client, rasa: FakeRasa) -> None:
    headers = {"Authorization": f"Bearer {client.open()}", "Content-Type": "application/json"}
    declared = client.request("POST", "/api/messages", content=b" " * 20_000, headers=headers)
    assert problem(declared) == (413, "body-too-large")
    seen: list[int] = []
    streamed = client.request("POST", "/api/messages", content=chunks(1_000_000, seen), headers=headers)
    assert problem(streamed) == (413, "body-too-large")
    assert len(seen) < 30, "the rest of the body was read"


def test_tokens(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    no_header = client.request("POST", "/api/messages", json={"text": "a"})
    assert problem(no_header) == (401, "missing-token") and no_header.headers["www-authenticate"] == "Bearer"
    assert problem(client.say("nope", {"text": "a"})) == (401, "invalid-token")
    assert problem(client.say("é" * 400, {"text": "a"}, headers={"Authorization": "Bearer " + "x" * 400})) == (
        401,
        "invalid-token",
    )
    token = client.open()
    forged = client.open().split(":")[0] + ":" + token.split(":", 1)[1]
    assert problem(client.say(forged, {"text": "a"})) == (401, "invalid-token")
    from django.conf import settings

    monkeypatch.setattr(settings, "SESSION_HOURS", -1)
    assert problem(client.say(token, {"text": "a"})) == (401, "expired-token")


def test_conversations_cannot_be_chosen_nor_guessed(client: Client) -> None:
    chosen = client.request("POST", "/api/sessions", json={"sender": "mine", "conversation": "mine"})
    ids = {tokens.conversation_of(client.open()) for _ in range(20)}
    assert tokens.conversation_of(chosen.json()["token"]) != "mine"
    assert len(ids) == 20 and all(len(identifier) >= 32 for identifier in ids)


@pytest.mark.parametrize(
    ("items", "status"),
    [([], 200), ({}, 200), ([{"recipient_id": "x"}], 200), ([{"text": " "}], 200), (b"<html>", 200), ([], 500)],
)
def test_rasa_that_says_nothing_is_unavailable(client: Client, rasa: FakeRasa, items: object, status: int) -> None:
    rasa.items, rasa.status = items, status
    response = client.say(client.open(), {"text": "bonjour"})
    assert problem(response) == (503, "assistant-unavailable") and response.headers["retry-after"]


def test_rasa_down_and_slow(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    token = client.open()
    rasa.error = httpx.ConnectError("refused")
    assert problem(client.say(token, {"text": "bonjour"})) == (503, "assistant-unavailable")
    rasa.error, rasa.delay = None, 5.0
    monkeypatch.setattr(settings, "MESSAGE_TIMEOUT", 0.1)
    assert problem(client.say(token, {"text": "bonjour"})) == (503, "assistant-slow")
    rasa.delay = 0.0
    monkeypatch.setattr(settings, "MESSAGE_TIMEOUT", 5)
    assert client.say(token, {"text": "bonjour"}).status_code == 200, "the conversation goes on afterwards"


def test_database_down(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from bot.web.models import Button

    token = client.open()

    def down(*_: object, **__: object) -> None:
        raise OperationalError("no connection to server secret-host")

    monkeypatch.setattr(Button.objects, "filter", down)
    assert problem(client.say(token, {"button": "x"})) == (503, "assistant-unavailable")
    assert problem(client.request("POST", "/api/sessions")) == (503, "assistant-unavailable")


def test_one_message_at_a_time(client: Client, rasa: FakeRasa) -> None:
    rasa.delay = 0.3
    headers = {"Authorization": f"Bearer {client.open()}"}

    async def twice(http: httpx.AsyncClient) -> list[httpx.Response]:
        calls = [http.post("/api/messages", json={"text": "bonjour"}, headers=headers) for _ in range(2)]
        return await asyncio.gather(*calls)

    first, second = sorted(client.run(twice), key=lambda response: response.status_code)
    assert first.status_code == 200
    assert problem(second) == (429, "conversation-busy") and second.headers["retry-after"] == "1"


def test_different_conversations_do_not_wait_for_each_other(client: Client, rasa: FakeRasa) -> None:
    rasa.delay = 0.3
    bearers = [client.open() for _ in range(10)]

    async def together(http: httpx.AsyncClient) -> float:
        loop = asyncio.get_running_loop()
        started = loop.time()
        headers = [{"Authorization": f"Bearer {token}"} for token in bearers]
        await asyncio.gather(*(http.post("/api/messages", json={"text": "a"}, headers=each) for each in headers))
        return loop.time() - started

    assert client.run(together) < 2


def test_rates(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "RATE_LIMIT_SESSION", 2)
    monkeypatch.setattr(settings, "RATE_LIMIT_ADDRESS", 4)
    monkeypatch.setattr(settings, "RATE_LIMIT_LOOPBACK", 0)
    token = client.open()
    far = "192.0.2.7"
    assert [client.say(token, {"text": "a"}, address=far).status_code for _ in range(2)] == [200, 200]
    refused = client.say(token, {"text": "a"}, address=far)
    assert problem(refused) == (429, "too-many-requests") and 1 <= int(refused.headers["retry-after"]) <= 61
    assert client.request("POST", "/api/sessions", address=far).status_code == 201
    assert problem(client.request("POST", "/api/sessions", address=far)) == (429, "too-many-requests")
    assert client.say(client.open(), {"text": "a"}).status_code == 200, "this machine has no limit here"


def test_old_buttons_are_erased(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from bot.web.models import Button

    rasa.items = [{"custom": CUSTOM}]
    client.say(client.open(), {"text": "a"})
    assert Button.objects.exists()
    monkeypatch.setattr(settings, "SESSION_HOURS", -1)
    client.open()
    assert not Button.objects.exists()


def test_the_same_request_is_answered_once(client: Client, rasa: FakeRasa) -> None:
    token = client.open()
    rasa.items = [{"text": "Un."}]
    first = client.say(token, {"text": "bonjour", "request": "a" * 32}).json()
    rasa.items = [{"text": "Deux."}]
    assert client.say(token, {"text": "bonjour", "request": "a" * 32}).json() == first
    assert client.say(token, {"text": "bonjour", "request": "b" * 32}).json()["messages"][0]["text"] == "Deux."
    assert client.say(client.open(), {"text": "bonjour", "request": "a" * 32}).json()["messages"][0]["text"] == "Deux."
    assert len(rasa.sent) == 3
    for faulty in ("", "a" * 65, 3):
        assert client.say(token, {"text": "bonjour", "request": faulty}).status_code == 422


def test_an_answer_is_remembered_a_short_time_and_only_the_last_one() -> None:
    from bot.web.replay import KEPT, ProcessMemory

    now = [0.0]
    memory = ProcessMemory(lambda: now[0])

    async def work() -> None:
        await memory.keep("c", "one", 1)
        await memory.keep("c", "two", 2)
        found = [await memory.find(*names) for names in (("c", "one"), ("c", "two"), ("d", "two"))]
        assert found == [None, 2, None]
        now[0] = KEPT + 1
        assert await memory.find("c", "two") is None
        await memory.keep("d", None, 3)
        assert memory._known == {}

    asyncio.run(work())


def test_masking_is_told(client: Client, rasa: FakeRasa) -> None:
    token = client.open()
    assert client.say(token, {"text": "appelez le 06 12 34 56 78"}).json()["masked"] is True
    assert "06 12" not in rasa.sent[-1]["message"]
    assert client.say(token, {"text": "quelles pièces ?"}).json()["masked"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"useful": True}, 201),
        ({"useful": False, "why": "pas clair", "call": "normandie-2024", "topic": "documents"}, 201),
        ({"useful": "oui"}, 422),
        ({}, 422),
        ({"useful": True, "why": "x" * 501}, 422),
        ({"useful": True, "call": "../../etc"}, 422),
        ({"useful": True, "topic": 3}, 422),
    ],
)
def test_opinions(body: Any, status: int, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web import knowledge_access

    kept: list[Any] = []

    async def keep(*given: Any) -> int:
        kept.append(given)
        return 1

    monkeypatch.setattr(knowledge_access, "keep_opinion", keep)
    headers = {"Authorization": f"Bearer {client.open()}"}
    answer = client.request("POST", "/api/feedback", json=body, headers=headers)
    assert answer.status_code == status and len(kept) == (status == 201)
    assert client.request("POST", "/api/feedback", json=body).status_code == 401


def test_an_opinion_is_completed_by_the_conversation_that_gave_it_and_no_other(client: Client, base: Catalogue) -> None:
    def judge(token: str, **body: Any) -> httpx.Response:
        return client.request("POST", "/api/feedback", json=body, headers={"Authorization": f"Bearer {token}"})

    token, other = client.open(), client.open()
    name = judge(token, useful=False, topic="documents").json()["opinion"]
    assert judge(token, useful=False, why="Pas clair", topic="documents", opinion=name).json()["opinion"]
    (kept,) = base.store.opinions()
    assert (kept.useful, kept.why, kept.topic) == (False, "Pas clair", "documents")
    for wrong in (
        judge(other, useful=True, opinion=name),
        judge(token, useful=True, opinion="x"),
        judge(token, useful=True, opinion=3),
    ):
        assert wrong.status_code == 422
    (kept,) = base.store.opinions()
    assert not kept.useful


def test_a_conversation_is_erased_by_its_token_at_any_age(
    client: Client, rasa: FakeRasa, base: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    headers = {"Authorization": f"Bearer {client.open()}"}
    monkeypatch.setattr(settings, "SESSION_HOURS", -1)
    assert client.request("GET", "/api/sessions", headers=headers).status_code == 401
    assert client.request("DELETE", "/api/sessions", headers=headers).status_code == 200
    assert client.request("DELETE", "/api/sessions", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize("body", [{"call": 3}, {"region": ["x"]}, {"call": "x" * 121}])
def test_a_faulty_context_is_refused(body: Any, client: Client) -> None:
    refused = client.request("POST", "/api/sessions", json=body)
    assert refused.status_code == 422 and refused.json()["type"].endswith("invalid-context")
