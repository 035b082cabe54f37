"""The page in a real Chromium, with a stand-in for Rasa: conversation, keyboard, errors, accessibility."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa

CUSTOM = {
    "text": "Deux pièces :\n• une fiche\n• <b>un avis</b>, à envoyer à a@exemple.fr.",
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
    rasa.items, rasa.delay = [{"custom": CUSTOM}], 0.3
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/conversation")
    assert fault_ids(page) == [] and rasa.sent == []
    page.get_by_label("Votre question").fill("Quelles pièces ?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("L'assistant rédige…")
    answer = page.locator(".message.assistant")
    expect(answer).to_contain_text("<b>un avis</b>")
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.get_by_label("Votre question")).to_be_focused()
    page.get_by_text("Sources", exact=True).click()
    expect(answer).to_contain_text("Cahier des charges ; vérifié le 1er novembre 2026 ; consulter le document")
    page.get_by_role("button", name="Date limite").click()
    expect(page.locator(".message")).to_have_count(4)
    assert [item["message"] for item in rasa.sent] == ["Quelles pièces ?", "/ask_deadline"]
    assert fault_ids(page) == [] and failures == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["viewport"]["width"]
    assert context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_errors_lose_nothing(browser: Browser, address: str, rasa: FakeRasa) -> None:
    page = browser.new_page()
    page.goto(f"{address}/conversation")
    question = page.get_by_label("Votre question")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez votre question")
    expect(question).to_be_focused()
    question.fill("a" * 1001)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("1 000 caractères")
    assert fault_ids(page) == [] and rasa.sent == []
    rasa.items = []
    question.fill("Bonjour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ne peut pas répondre")
    expect(question).to_have_value("Bonjour")
    expect(page.locator(".message")).to_have_count(0)
    page.close()
