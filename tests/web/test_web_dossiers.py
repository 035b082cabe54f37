"""Dossiers through the public API: consent, code, two writers, erasure, documents; and what Rasa is never told."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text
from web_fakes import Client, FakeRasa

from knowledge.base.catalogue import Catalogue
from knowledge.dossiers.dossier import Dossiers

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
CONTENT: dict[str, Any] = {"establishment": {"name": "EHPAD des Tilleuls"}, "answers": {"department": "76"}}


@pytest.fixture(autouse=True)
def known(base: Catalogue, web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'tracker.sqlite3'}", raising=False)


def consent(client: Client) -> str:
    return client.request("GET", "/api/dossiers/consent").json()["version"]


def create(client: Client, **options: Any) -> dict[str, Any]:
    body = {"call": "normandie-2024", "consent": consent(client), "content": CONTENT}
    made = client.request("POST", "/api/dossiers", json=body, **options)
    assert made.status_code == 201, made.text
    return made.json()


def bearer(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def test_the_consent_says_who_why_how_long_and_how_to_erase(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.request("GET", "/api/dossiers/consent").json()
    assert first["kept_days"] == 365 and "365 jours" in first["text"]
    for word in ("Quoi", "Par qui", "Pourquoi", "Combien de temps", "effacer", "reçu"):
        assert word in first["text"]
    monkeypatch.setenv("DATA_CONTROLLER", "l'ARS Exemple")
    monkeypatch.setenv("DATA_CONTACT", "dpo@exemple.fr")
    monkeypatch.setenv("DOSSIER_DAYS", "90")
    other = client.request("GET", "/api/dossiers/consent").json()
    assert "l'ARS Exemple" in other["text"] and "dpo@exemple.fr" in other["text"] and "90 jours" in other["text"]
    assert other["version"] != first["version"] and other["kept_days"] == 90


def test_nothing_is_kept_without_the_present_consent(client: Client, base: Catalogue) -> None:
    for accepted, status, name in (
        (None, 422, "consent-missing"),
        ("", 422, "consent-missing"),
        ("old", 409, "consent-changed"),
    ):
        body = {"call": "normandie-2024", "content": CONTENT, "consent": accepted}
        refused = client.request("POST", "/api/dossiers", json=body)
        assert refused.status_code == status and refused.json()["type"].endswith(name)
    assert Dossiers(base.store).every() == []


def test_a_dossier_is_kept_read_corrected_and_erased_with_its_code(client: Client) -> None:
    made = create(client)
    path = f"/api/dossiers/{made['reference']}"
    read = client.request("GET", path, headers=bearer(made["code"]))
    assert read.status_code == 200 and read.headers["Cache-Control"] == "no-store"
    assert read.json() == {name: value for name, value in made.items() if name != "code"}
    changed = {"version": 1, "content": {**CONTENT, "letter": {"difficulties": "Texte"}}}
    saved = client.request("PUT", path, json=changed, headers=bearer(made["code"]))
    assert saved.status_code == 200 and saved.json()["version"] == 2
    stale = client.request("PUT", path, json=changed, headers=bearer(made["code"]))
    assert stale.status_code == 409 and stale.json()["type"].endswith("dossier-changed")
    receipt = client.request("DELETE", path, headers=bearer(made["code"]))
    assert receipt.status_code == 200 and set(receipt.json()) == {"reference", "erased_at"}
    assert client.request("GET", path, headers=bearer(made["code"])).status_code == 404


def test_nobody_opens_the_dossier_of_another(client: Client) -> None:
    mine, other = create(client), create(client)
    path = f"/api/dossiers/{mine['reference']}"
    answers = [
        client.request("GET", path, headers=bearer(other["code"])),
        client.request("DELETE", path, headers=bearer(other["code"])),
        client.request("PUT", path, json={"version": 1, "content": {}}, headers=bearer(other["code"])),
        client.request("GET", f"{path}/documents", headers=bearer(other["code"])),
        client.request("GET", f"{path}/documents/letter.pdf", headers=bearer(other["code"])),
        client.request("GET", "/api/dossiers/QVCT-A1B2-C3D4", headers=bearer(other["code"])),
    ]
    assert {answer.status_code for answer in answers[:4]} == {404}
    # The sixth wrong guess: closed for a while, even to the right code; another reference is not.
    locked = client.request("GET", path, headers=bearer(mine["code"]))
    assert answers[5].status_code == 404 and locked.status_code == 429 and 0 < int(locked.headers["Retry-After"]) <= 900
    without = client.request("GET", path)
    assert without.status_code == 401 and without.headers["WWW-Authenticate"] == "Bearer"
    assert (
        client.request("GET", f"/api/dossiers/{other['reference']}", headers=bearer(other["code"])).status_code == 200
    )


def test_the_same_request_sent_twice_makes_one_dossier(client: Client, base: Catalogue) -> None:
    key = {"Idempotency-Key": "0b6cf0b8-57f4-4f5a-9c7e-1f0a3e6f2c11"}
    first, second = create(client, headers=key), create(client, headers=key)
    assert first["reference"] == second["reference"] and len(Dossiers(base.store).every()) == 1
    path = f"/api/dossiers/{first['reference']}"
    assert client.request("GET", path, headers=bearer(second["code"])).status_code == 200
    assert create(client)["reference"] != first["reference"]


def test_a_key_opens_nothing_for_another_request(client: Client, base: Catalogue) -> None:
    key = {"Idempotency-Key": "0b6cf0b8-57f4-4f5a-9c7e-1f0a3e6f2c11"}
    create(client, headers=key)
    other = {"call": "normandie-2024", "consent": consent(client), "content": {"establishment": {"name": "Autre"}}}
    refused = client.request("POST", "/api/dossiers", json=other, headers=key)
    assert refused.status_code == 422 and refused.json()["type"].endswith("request-reused")
    assert "code" not in refused.json() and "reference" not in refused.text
    assert len(Dossiers(base.store).every()) == 1


@pytest.mark.parametrize("name", ["Ann\\ud800e", "a\\u0000b", "\\u202eabc", "deux\\nlignes"])
def test_signs_that_no_file_can_hold_are_refused_and_nothing_is_stored(
    name: str, client: Client, base: Catalogue
) -> None:
    body = f'{{"call": "normandie-2024", "consent": "{consent(client)}", "content": {{"establishment": {{"name": "{name}"}}}}}}'
    refused = client.request("POST", "/api/dossiers", content=body, headers={"Content-Type": "application/json"})
    assert refused.status_code == 422 and "establishment.name" in refused.json()["errors"], refused.text
    assert Dossiers(base.store).every() == []


@pytest.mark.parametrize("between", ["", " ", "\u2013", "."])
def test_a_code_typed_in_any_way_opens_and_is_not_told_to_rasa(between: str, client: Client, rasa: FakeRasa) -> None:
    made, token = create(client), client.open()
    typed = made["code"].replace("-", between).lower()
    client.say(token, {"text": f"reprendre {made['reference']} avec {typed}"})
    assert sent(rasa) == ['/manage_dossier{"choice": "resumed"}']


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        ({"consent": "x"}, 422, {"call"}),
        ({"call": "normandie-2024", "content": [], "consent": "x"}, 422, {"content"}),
        ({"call": "normandie-2024", "extra": 1, "consent": "x"}, 422, {"extra"}),
        ({"call": "normandie-2024", "content": {"establishment": {"age": 3}}, "consent": "x"}, 422, {"establishment"}),
        ({"call": "normandie-2024", "content": {"letter": {"other": "x"}}, "consent": "x"}, 422, {"letter.other"}),
        ({"call": "atlantide", "consent": "x"}, 404, None),
        ({"call": "guide-dgcs-2021", "consent": "x"}, 409, None),
    ],
)
def test_a_faulty_request_says_what_is_wrong(body: Any, status: int, fields: set[str] | None, client: Client) -> None:
    refused = client.request("POST", "/api/dossiers", json=body)
    assert refused.status_code == status and refused.headers["Content-Type"].startswith("application/problem+json")
    assert set(refused.json().get("errors", {})) == (fields or set())


def test_documents_are_listed_and_handed_over(client: Client) -> None:
    made = create(client)
    path = f"/api/dossiers/{made['reference']}/documents"
    listed = client.request("GET", path, headers=bearer(made["code"])).json()["documents"]
    assert f"{path}/letter.docx" in {item["url"] for item in listed}
    file = client.request("GET", f"{path}/letter.docx", headers=bearer(made["code"]))
    assert (
        file.content.startswith(b"PK")
        and "lettre-de-motivation_normandie-2024.docx" in file.headers["Content-Disposition"]
    )
    archive = client.request("GET", f"{path}/all.zip", headers=bearer(made["code"]))
    assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None
    for name in ("letter.exe", "calendar.pdf", "other.pdf", "letter", "letter.pdf.pdf"):
        assert client.request("GET", f"{path}/{name}", headers=bearer(made["code"])).status_code == 404, name


def sent(rasa: FakeRasa) -> list[str]:
    return [item["message"] for item in rasa.sent]


def test_rasa_never_reads_a_code(client: Client, rasa: FakeRasa) -> None:
    made, token = create(client), client.open()
    client.say(token, {"text": f"reprendre {made['reference']} avec {made['code']}"})
    other = "Y" if made["code"].endswith("Z") else "Z"
    client.say(token, {"text": f"{made['reference']} {made['code'][:-1]}{other}"})
    client.say(token, {"text": f"mon code {made['code']}"})
    assert [json.loads(message.removeprefix("/manage_dossier"))["choice"] for message in sent(rasa)] == [
        "resumed",
        "wrong",
        "resume",
    ]
    assert made["code"] not in json.dumps(rasa.sent)


def test_a_code_is_filled_in_where_it_is_shown_only(client: Client, rasa: FakeRasa) -> None:
    made, token = create(client), client.open()
    client.say(token, {"text": f"{made['reference']} {made['code']}"})
    rasa.items = [{"custom": {"text": "Dossier [référence] : [code]", "dossier": {"deliver": "code"}}}]
    shown = client.say(token, {"text": "j'ai perdu mon code"}).json()["messages"][0]["text"]
    code = shown.rpartition(" ")[2]
    assert made["reference"] in shown and code != made["code"] and "[" not in shown
    path = f"/api/dossiers/{made['reference']}"
    assert client.request("GET", path, headers=bearer(code)).status_code == 200
    assert client.request("GET", path, headers=bearer(made["code"])).status_code == 404


def test_an_awaited_address_goes_to_the_dossier_and_not_to_rasa(client: Client, rasa: FakeRasa) -> None:
    made, token = create(client), client.open()
    client.say(token, {"text": f"{made['reference']} {made['code']}"})
    rasa.items = [{"custom": {"text": "Votre adresse ?", "dossier": {"wait": "email"}}}]
    client.say(token, {"text": "compléter"})
    rasa.items = [{"text": "Merci."}]
    client.say(token, {"text": "c'est prenom@exemple-test.fr"})
    assert sent(rasa)[-1] == '/manage_dossier{"choice": "email"}' and "exemple-test" not in json.dumps(rasa.sent)
    client.say(token, {"text": "ou bien autre@exemple-test.fr"})
    assert "exemple-test" not in json.dumps(rasa.sent)
    read = client.request("GET", f"/api/dossiers/{made['reference']}", headers=bearer(made["code"])).json()
    assert read["content"]["contact"] == {"email": "prenom@exemple-test.fr"}


def test_an_erasure_in_conversation_erases_that_conversation_and_the_others(
    client: Client, rasa: FakeRasa, tmp_path: Path
) -> None:
    from bot.web.models import Button, Parcel

    made, token, other = create(client), client.open(), client.open()
    url = f"sqlite:///{tmp_path / 'tracker.sqlite3'}"
    for session in (token, other):
        client.say(session, {"text": f"{made['reference']} {made['code']}"})
    conversations = [item["sender"] for item in rasa.sent]
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"))
        for sender in (*conversations, "stranger"):
            connection.execute(text("INSERT INTO events (sender_id, data) VALUES (:s, 'secret')"), {"s": sender})
    rasa.items = [
        {
            "custom": {
                "text": "Voici vos documents",
                "documents": {
                    "call": "normandie-2024",
                    "content": CONTENT,
                    "reference": "",
                    "items": [["letter", "pdf"]],
                },
                "buttons": [{"label": "Voir", "payload": "/x"}],
            }
        }
    ]
    link = client.say(other, {"text": "mes documents"}).json()["messages"][0]["downloads"][0]["url"]
    assert client.request("GET", link).content.startswith(b"%PDF")
    rasa.items = [{"custom": {"text": "Effacé : [référence]", "dossier": {"deliver": "erasure"}}}]
    erased = client.say(token, {"text": "oui"}).json()["messages"][0]["text"]
    assert erased == f"Effacé : {made['reference']}"
    with engine.connect() as connection:
        assert [row[0] for row in connection.execute(text("SELECT sender_id FROM events"))] == ["stranger"]
    engine.dispose()
    assert client.request("GET", link).status_code == 404

    async def left() -> int:
        return await Button.objects.filter(conversation__in=conversations).acount() + await Parcel.objects.acount()

    assert asyncio.run(left()) == 0


def test_a_link_serves_a_time_only(client: Client, rasa: FakeRasa) -> None:
    from bot.web.models import Parcel

    parcel = {"call": "la-reunion-2022", "content": {}, "reference": "", "items": [["letter", "docx"]]}
    rasa.items = [{"custom": {"text": "Voici", "documents": parcel}}]
    (file,) = client.say(client.open(), {"text": "mes documents"}).json()["messages"][0]["downloads"]
    assert (
        re.fullmatch(r"Lettre de motivation – Word, \d+ Ko", file["label"])
        and client.request("GET", file["url"]).status_code == 200
    )

    async def age() -> None:
        await Parcel.objects.filter(id=file["url"].split("/")[2]).aupdate(
            created_at=datetime.now(timezone.utc) - timedelta(days=2)
        )

    asyncio.run(age())
    old = client.request("GET", file["url"])
    assert old.status_code == 404 and old.json()["type"].endswith("expired-link")
    assert client.request("GET", "/documents/guessed/letter.pdf").status_code == 404


def test_a_foreign_page_cannot_use_the_dossiers(client: Client) -> None:
    made = create(client)
    headers = {**bearer(made["code"]), "Origin": "https://mauvais.example"}
    for method in ("GET", "PUT", "DELETE"):
        refused = client.request(method, f"/api/dossiers/{made['reference']}", headers=headers)
        assert refused.status_code == 403, method


def test_a_breakdown_shows_no_half_answer(client: Client, rasa: FakeRasa) -> None:
    rasa.items = [{"custom": {"text": "Dossier [référence] : [code]", "dossier": {"deliver": "code"}}}]
    refused = client.say(client.open(), {"text": "oui"})
    assert refused.status_code == 404 and "[code]" not in refused.text
    assert isinstance(refused, httpx.Response)
