"""The page in a real Chromium, with a stand-in for Rasa: conversation, keyboard, errors, accessibility."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_fakes import FakeRasa

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
CUSTOM = {
    "text": "Deux pièces :\n• une fiche\n• <b>un avis</b>, à envoyer à a@exemple.fr.",
    "sources": [{"title": "Cahier des charges", "checked_on": "2026-11-01", "url": "https://exemple.fr/c"}],
    "buttons": [{"label": "Date limite", "payload": "/ask_deadline"}],
}
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(web: Any) -> Iterator[str]:
    """Serve the application; return its address."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(web, port=port, lifespan="off", ws="none", log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


SCREENS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 256}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def fault_ids(page: Page) -> list[str]:
    """Return the rules of axe that the page breaks."""
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("screen", SCREENS)
def test_conversation(browser: Browser, address: str, rasa: FakeRasa, screen: str) -> None:
    rasa.items, rasa.delay = [{"custom": CUSTOM}], 0.3
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(address)
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
    page.goto(address)
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
