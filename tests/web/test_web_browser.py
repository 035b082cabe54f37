"""The conversation without a script, in a real Chromium: keyboard, errors, small screens, accessibility, a frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa
from web_visit import Site

CUSTOM = {
    "text": "Deux pièces :\n• une fiche\n• <b>un avis</b>, à envoyer à a@exemple.fr, voir https://exemple.fr/pieces.",
    "sources": [{"title": "Cahier des charges", "checked_on": "2026-11-01", "url": "https://exemple.fr/c"}],
    "buttons": [{"label": "Date limite", "payload": "/ask_deadline"}],
}
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


SCREENS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 256}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("screen", SCREENS)
def test_conversation(browser: Browser, address: str, rasa: FakeRasa, screen: str) -> None:
    rasa.items = [{"custom": CUSTOM}]
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/assistant")
    assert fault_ids(page) == [] and rasa.sent == []
    page.get_by_label("Votre question").fill("Quelles pièces ?")
    page.get_by_role("button", name="Envoyer").press("Enter")
    answer = page.locator(".message.assistant")
    expect(answer).to_contain_text("<b>un avis</b>")
    page.get_by_text("Sources", exact=True).press("Enter")
    expect(answer).to_contain_text("Cahier des charges ; vérifié le 1er novembre 2026 ; consulter le document")
    link = page.get_by_role("link", name="https://exemple.fr/pieces (nouvelle fenêtre)")
    expect(link).to_have_attribute("target", "_blank")
    # What was being written when a proposed answer is chosen is not lost.
    page.get_by_label("Votre question").fill("Et pour le CSE")
    page.get_by_role("button", name="Date limite").press("Enter")
    expect(page.locator(".message")).to_have_count(4)
    expect(page.get_by_label("Votre question")).to_have_value("Et pour le CSE")
    assert [item["message"] for item in rasa.sent] == ["Quelles pièces ?", "/ask_deadline"]
    assert fault_ids(page) == [] and failures == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["viewport"]["width"]
    assert context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_errors_lose_nothing(browser: Browser, address: str, rasa: FakeRasa) -> None:
    page = browser.new_page()
    page.goto(f"{address}/assistant")
    question = page.get_by_label("Votre question")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez votre question")
    expect(question).to_have_attribute("aria-invalid", "true")
    question.fill("a" * 1001)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("1 000 caractères")
    assert fault_ids(page) == [] and rasa.sent == []
    rasa.items = []
    question.fill("Bonjour")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("ne peut pas répondre")
    expect(question).to_have_value("Bonjour")
    expect(page.locator(".message")).to_have_count(0)
    page.close()


@pytest.fixture
def framing_site(address: str, other_site: Callable[[type[Site]], str]) -> str:
    """Serve another site, listed, whose only page shows ours in a frame."""
    frame = f'<iframe src="{address}/assistant" title="Assistant" width="600" height="500"></iframe>'

    class Framing(Site):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f'<!doctype html><html lang="fr"><title>Une agence</title>{frame}</html>'.encode())

    return other_site(Framing)


def test_in_a_frame_nothing_leads_out_of_the_conversation(browser: Browser, framing_site: str, rasa: FakeRasa) -> None:
    rasa.items = [{"custom": CUSTOM}]
    page = browser.new_page()
    page.goto(framing_site)
    frame = page.frame_locator("iframe")
    for _ in range(2):
        frame.get_by_label("Votre question").fill("Quelles pièces ?")
        frame.get_by_role("button", name="Envoyer").click()
        expect(frame.locator(".message.assistant").last).to_contain_text("une fiche")
        frame.get_by_text("Sources", exact=True).last.click()
        inside = frame.locator("a:not([target=_blank])").evaluate_all("nodes => nodes.map(n => n.getAttribute('href'))")
        assert set(inside) == {"#main", "mailto:a@exemple.fr"}
    page.close()
