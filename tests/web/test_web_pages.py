"""The pages, the description of the API, the open data, the health checks, the headers."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import httpx
import pytest
from web_fakes import Client, FakeRasa

from bot.web import transcript
from bot.web.views.data import description
from knowledge.base.catalogue import Catalogue

CUSTOM = {
    "text": "Écrivez à a@exemple.fr <b>vite</b>.",
    "sources": [{"title": "Cahier", "published_on": "2022-07-01", "checked_on": "x", "url": "https://exemple.fr/"}],
    "buttons": [{"label": "Date limite", "payload": "/ask"}],
}


def hidden(page: str) -> str:
    """Return the signed conversation of a page."""
    found = re.search(r'name="conversation" value="([^"]+)"', page)
    assert found
    return found[1]


def post(client: Client, **fields: str) -> httpx.Response:
    """Send the form."""
    return client.request("POST", "/assistant", data=fields, headers={"Origin": "http://127.0.0.1:8000"})


@pytest.mark.parametrize("path", ["/assistant", "/accessibilite", "/api/docs"])
def test_pages_have_headers_and_nothing_from_elsewhere(client: Client, path: str) -> None:
    response = client.request("GET", path)
    assert response.status_code == 200 and "set-cookie" not in response.headers
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'") and "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert '<html lang="fr">' in response.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', response.text)
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", response.text)
    for asset in re.findall(r'(?:src|href)="(/static/[^"]+)"', response.text):
        assert client.request("GET", asset).status_code == 200


def test_page_is_ready_for_a_screen_reader(client: Client) -> None:
    page = client.request("GET", "/assistant").text
    assert 'role="log"' in page and 'role="alert"' in page
    assert '<label for="question">' in page
    assert page.index("assistant automatique") < page.index("<textarea")


def test_conversation_without_javascript(client: Client, rasa: FakeRasa) -> None:
    rasa.items = [{"custom": CUSTOM}]
    first = post(client, text="Où envoyer ?")
    assert first.status_code == 200
    assert "Où envoyer ?" in first.text and "&lt;b&gt;vite&lt;/b&gt;" in first.text
    assert "publié le 1er juillet 2022" in first.text and "mailto:a@exemple.fr" in first.text
    button = re.search(r'name="button" value="([^"]+)"', first.text)
    assert button
    second = post(client, button=button[1], conversation=hidden(first.text))
    assert second.text.count('class="message person"') == 2 and rasa.sent[-1]["message"] == "/ask"
    assert re.search(r'id="last"><p class="author">Vous</p><p class="text">Date limite', second.text)
    assert len({item["sender"] for item in rasa.sent}) == 1
    third = post(client, example="Qui peut candidater ?", text="", conversation=hidden(second.text))
    assert third.text.count('class="message person"') == 3 and rasa.sent[-1]["message"] == "Qui peut candidater ?"


def test_errors_without_javascript_lose_nothing(client: Client, rasa: FakeRasa) -> None:
    first = post(client, text="Bonjour")
    signed = hidden(first.text)
    empty = post(client, text=" ", conversation=signed)
    assert empty.status_code == 422 and 'aria-invalid="true"' in empty.text and 'href="#question"' in empty.text
    assert "<title>Erreur" in empty.text and "Bonjour." in empty.text
    rasa.items = []
    down = post(client, text="Une <question>", conversation=hidden(empty.text))
    assert down.status_code == 503 and "Une &lt;question&gt;</textarea>" in down.text and "Bonjour." in down.text
    assert 'aria-invalid="true"' not in down.text


def test_expired_conversation_without_javascript_goes_on(
    client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    signed = hidden(post(client, text="Bonjour").text)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "SESSION_HOURS", -1)
        expired = post(client, text="Encore", conversation=signed)
    assert expired.status_code == 401 and "Encore</textarea>" in expired.text
    again = post(client, text="Encore", conversation=hidden(expired.text))
    assert again.status_code == 200 and again.text.count('class="message person"') == 2
    assert len({item["sender"] for item in rasa.sent}) == 2


def test_forged_conversation_is_a_new_one(client: Client, rasa: FakeRasa) -> None:
    page = post(client, text="Bonjour", conversation="forged:xx:yy")
    assert page.status_code == 200 and page.text.count('class="message person"') == 1


def test_long_transcripts_are_cut(web: Any) -> None:
    from secrets import token_urlsafe

    whole = transcript.Transcript("t", [{"asked": token_urlsafe(3000), "answers": []} for _ in range(40)])
    whole.earlier = ["before"]
    cut = transcript.read(transcript.write(whole))
    assert cut.earlier == ["before"]
    assert cut.token == "t" and cut.cut and 5 < len(cut.turns) < 40 and cut.turns[-1] == whole.turns[-1]


def test_foreign_origins(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    foreign = {"Origin": "https://autre.example"}
    for method, path in (("POST", "/api/sessions"), ("GET", "/api/calls"), ("POST", "/assistant")):
        assert client.request(method, path, headers=foreign).status_code == 403
    assert client.request("POST", "/api/sessions", headers={"Origin": "null"}).status_code == 403
    assert client.request("POST", "/api/sessions", headers={"Origin": "http://127.0.0.1:8000"}).status_code == 201
    monkeypatch.setattr(settings, "WIDGET_ORIGINS", ["https://autre.example"])
    allowed = client.request("POST", "/api/sessions", headers=foreign)
    assert allowed.status_code == 201 and allowed.headers["access-control-allow-origin"] == "https://autre.example"
    preflight = client.request("OPTIONS", "/api/messages", headers={**foreign, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204 and "Authorization" in preflight.headers["access-control-allow-headers"]
    assert client.request("POST", "/assistant", headers=foreign).status_code == 403


def test_unknown_addresses_methods_and_hosts(client: Client) -> None:
    missing = client.request("GET", "/api/nothing")
    assert missing.status_code == 404 and missing.headers["content-type"] == "application/problem+json"
    page = client.request("GET", "/nothing", headers={"Accept": "text/html"})
    assert page.status_code == 404 and "<h1>Adresse inconnue</h1>" in page.text
    wrong = client.request("GET", "/api/messages")
    assert wrong.status_code == 405 and wrong.headers["allow"] == "POST"
    assert wrong.json()["type"].endswith(":method-not-allowed")
    assert client.request("DELETE", "/api/calls").status_code == 405
    host = client.request("GET", "/", headers={"Host": "evil.example"})
    assert host.status_code == 400 and "evil" not in host.text


def test_unexpected_failure_shows_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web.views import api

    async def fail() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(api.answers, "forget_old", fail)
    response = client.request("POST", "/api/sessions")
    assert response.status_code == 500 and response.json()["type"].endswith(":internal-error")
    assert "secret" not in response.text


def test_openapi_describes_the_routes(client: Client) -> None:
    from bot.web.urls import urlpatterns

    document = client.request("GET", "/api/openapi.json").json()
    assert document == description() and document["openapi"].startswith("3.")
    patterns = [f"/{entry.pattern}".replace("<slug:record_id>", "{id}") for entry in urlpatterns]
    served = {re.sub(r"<\w+:(\w+)>", r"{\1}", pattern) for pattern in patterns}
    assert set(document["paths"]) <= served


def test_health(client: Client, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web import knowledge_access

    async def yes() -> bool:
        return True

    monkeypatch.setattr(knowledge_access, "is_ready", yes)
    assert client.request("GET", "/healthz").json()["status"] == "ok"
    ready = client.request("GET", "/readyz", headers={"Host": "10.0.0.1"})
    assert ready.status_code == 200 and set(ready.json()["dependencies"].values()) == {True}
    assert ready.json()["version"]
    rasa.actions_ready = False
    down = client.request("GET", "/readyz")
    states = {"knowledge_database": True, "web_database": True, "rasa": True, "actions": False}
    assert down.status_code == 503 and down.json()["dependencies"] == states
    rasa.error = httpx.ConnectError("refused")
    assert client.request("GET", "/readyz").json()["dependencies"]["rasa"] is False
    counted = client.request("GET", "/metrics").text
    assert 'assistant_http_requests_total{route="/readyz",method="GET",status="503"}' in counted


def test_calls(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from bot.web import knowledge_access
    from knowledge.errors import UnknownRecord

    def detail(_base: object, record_id: str, _now: object) -> dict[str, Any]:
        if record_id != "normandie-2024":
            raise UnknownRecord(record_id)
        return {"id": record_id, "published_on": datetime.date(2022, 7, 11)}

    fakes = {"list_calls": lambda _base, _now: [{"id": "normandie-2024", "situation": "closed"}]}
    publication = type("publication", (), {**{k: staticmethod(v) for k, v in fakes.items()}, "call_detail": detail})
    monkeypatch.setitem(__import__("sys").modules, "knowledge.answering.publication", publication)
    monkeypatch.setattr(knowledge_access, "base", lambda: None)
    listed = client.request("GET", "/api/calls")
    assert listed.json() == {"calls": [{"id": "normandie-2024", "situation": "closed"}]}
    assert client.request("GET", "/api/calls/normandie-2024").json()["published_on"] == "2022-07-11"
    unknown = client.request("GET", "/api/calls/atlantide")
    assert unknown.status_code == 404 and unknown.json()["type"].endswith(":unknown-call")

    def broken() -> None:
        raise OSError("disk")

    monkeypatch.setattr(knowledge_access, "base", broken)
    assert client.request("GET", "/api/calls").status_code == 503


def test_the_script_may_be_read_by_every_site_and_nothing_else_may(client: Client) -> None:
    script = client.request("GET", "/widget.js", headers={"Origin": "https://site.example"})
    assert script.status_code == 200 and script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Access-Control-Allow-Origin"] == "*"
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.request("GET", "/assistant")
    assert "Access-Control-Allow-Origin" not in page.headers and page.headers["X-Frame-Options"] == "DENY"


def test_only_the_sites_listed_may_frame_the_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "WIDGET_ORIGINS", ["https://www.exemple.fr"])
    framed = client.request("GET", "/assistant")
    assert "frame-ancestors 'self' https://www.exemple.fr" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    other = client.request("GET", "/api/docs")
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_a_secure_site_asks_to_stay_so(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.request("GET", "/healthz").headers
    secure = client.request("GET", "https://127.0.0.1:8000/healthz")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_long_list_is_chosen_from_without_javascript(client: Client, rasa: FakeRasa) -> None:
    form = {"control": "select", "label": "Département", "done": 1, "total": 8}
    form["options"] = [{"label": "Eure (27)", "payload": "/x"}]
    rasa.items = [{"custom": {"text": "Dans quel département ?", "form": form}}]
    page = post(client, text="vérifier mon éligibilité").text
    (choice,) = re.findall(r'<option value="([^"]+)">Eure \(27\)</option>', page)
    (signed,) = set(re.findall(r'name="conversation" value="([^"]+)"', page))
    rasa.items = [{"text": "Noté."}]
    after = post(client, conversation=signed, button=choice).text
    assert rasa.sent[-1]["message"] == "/x" and "Noté." in after and "<select" not in after
    assert "Eure (27)" in after


def test_one_answer_is_chosen_among_a_few_without_javascript(client: Client, rasa: FakeRasa) -> None:
    form = {"control": "radio", "label": "Le CSE a-t-il donné son avis ?", "done": 1, "total": 8}
    form["options"] = [{"label": "Oui", "payload": "/yes"}, {"label": "Non", "payload": "/no"}]
    rasa.items = [{"custom": {"text": "Le CSE a-t-il donné son avis ?\n• Oui\n• Non", "form": form}}]
    page = post(client, text="vérifier mon éligibilité").text
    assert "<legend>Le CSE a-t-il donné son avis ?</legend>" in page and "• Oui" not in page
    chosen = re.findall(r'<input type="radio"[^>]* value="([^"]+)"', page)[1]
    (signed,) = set(re.findall(r'name="conversation" value="([^"]+)"', page))
    after = post(client, conversation=signed, button=chosen).text
    assert rasa.sent[-1]["message"] == "/no" and ">Non</p>" in after


def test_a_conversation_is_erased_without_javascript(client: Client, rasa: FakeRasa, base: Catalogue) -> None:
    rasa.items = [{"text": "Voici les pièces."}]
    page = post(client, text="Quelles pièces ?").text
    (signed,) = set(re.findall(r'name="conversation" value="([^"]+)"', page))
    sure = post(client, conversation=signed, erase="ask").text
    assert "Effacer cette conversation ?" in sure and "Voici les pièces." in sure
    kept = post(client, conversation=signed, erase="no").text
    assert "Voici les pièces." in kept and "Effacer cette conversation ?" not in kept
    erased = post(client, conversation=signed, erase="yes").text
    assert "Conversation effacée." in erased and "Voici les pièces." not in erased


def test_a_page_may_pin_the_widget_s_file(client: Client) -> None:
    tag = client.request("GET", "/widget.json").json()
    script = client.request("GET", tag["file"], headers={"Origin": "https://site.example"})
    assert script.content == client.request("GET", "/widget.js").content
    assert "immutable" in script.headers["Cache-Control"] and script.headers["Access-Control-Allow-Origin"] == "*"
    digest = base64.b64encode(hashlib.sha384(script.content).digest()).decode()
    assert tag["integrity"] == f"sha384-{digest}" and tag["bytes"] == len(script.content)
    assert client.request("GET", "/widget.0123456789abcdef.js").status_code == 404


def test_a_conversation_too_old_for_its_token_is_erased_all_the_same(
    client: Client, rasa: FakeRasa, erased: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    first = hidden(post(client, text="Bonjour").text)
    with monkeypatch.context() as patch:
        patch.setattr(settings, "SESSION_HOURS", -1)
        expired = hidden(post(client, text="Encore", conversation=first).text)
    both = hidden(post(client, text="Encore", conversation=expired).text)
    page = post(client, conversation=both, erase="yes").text
    assert "Conversation effacée." in page and erased == [item["sender"] for item in rasa.sent]
    assert len(set(erased)) == 2


def test_what_cannot_be_erased_is_not_said_to_be(
    client: Client, rasa: FakeRasa, base: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.web import tokens

    signed = hidden(post(client, text="Bonjour").text)
    monkeypatch.setattr(tokens, "_SALT", "another key")
    page = post(client, conversation=signed, erase="yes").text
    assert "effacée." not in page and "elle s'effacera d'elle-même, au plus tard 30 jours" in page


def test_the_script_travels_compressed_and_once(client: Client) -> None:
    small = client.request("GET", "/widget.js", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip" and int(small.headers["Content-Length"]) < 40_000
    assert "Accept-Encoding" in small.headers["Vary"]
    plain = client.request("GET", "/widget.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers and plain.content == small.content
    again = client.request("GET", "/widget.js", headers={"If-None-Match": small.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    for name in ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Cache-Control"):
        assert again.headers[name] == small.headers[name]


def test_answers_for_one_site_are_not_kept_for_another(client: Client, base: Catalogue) -> None:
    for path in ("/api/calls", "/api/calls/normandie-2024", "/api/openapi.json"):
        assert "Origin" in client.request("GET", path).headers["Vary"], path


def test_a_body_too_large_is_refused_as_any_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "WIDGET_ORIGINS", ["https://www.exemple.fr"])
    headers = {"Origin": "https://www.exemple.fr", "Content-Type": "application/json"}
    refused = client.request("POST", "/api/messages", content=b"x" * 20_000, headers=headers)
    assert refused.status_code == 413 and refused.json()["type"].endswith(":body-too-large")
    # Without these, the other site's script could not tell why.
    assert refused.headers["Access-Control-Allow-Origin"] == "https://www.exemple.fr"
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]
    other = client.request("POST", "/api/messages", content=b"x" * 20_000, headers={"Origin": "https://x.example"})
    assert other.status_code == 413 and "Access-Control-Allow-Origin" not in other.headers


def test_the_address_of_a_source_is_a_secure_page_or_no_link(client: Client, rasa: FakeRasa) -> None:
    for url in ("javascript:alert(1)", "http://exemple.fr/", "data:text/html,x"):
        rasa.items = [{"custom": {**CUSTOM, "sources": [{"title": "Cahier", "checked_on": "2026-11-01", "url": url}]}}]
        page = post(client, text="Quelles pièces ?").text
        assert "Cahier" in page and url not in page


def test_a_list_starts_on_no_answer_without_javascript(client: Client, rasa: FakeRasa) -> None:
    form = {"control": "select", "label": "Département", "done": 0, "total": 8}
    form["options"] = [{"label": "Ain (01)", "payload": "/x"}]
    rasa.items = [{"custom": {"text": "Dans quel département ?", "form": form}}]
    page = post(client, text="vérifier mon éligibilité").text
    assert re.search(r'<select [^>]*required><option value="" selected disabled>Choisissez…</option>', page)


def test_a_date_is_given_without_javascript(client: Client, rasa: FakeRasa) -> None:
    form = {"control": "date", "label": "Quand avez-vous ouvert ?", "done": 1, "total": 8, "options": []}
    rasa.items = [{"custom": {"text": "Quand avez-vous ouvert ?", "form": form}}]
    page = post(client, text="vérifier mon éligibilité").text
    assert re.search(r'<input id="choice" name="text" type="date" required>', page)
    after = post(client, conversation=hidden(page), text="2015-03-01").text
    assert rasa.sent[-1]["message"] == "2015-03-01" and ">1er mars 2015</p>" in after
