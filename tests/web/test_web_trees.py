"""What assistive technologies are given of each screen, compared with trees read and kept by people (trees/*.yml).

After a wanted change, `TREES=write pytest tests/web/test_web_trees.py` writes them anew: read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from web_browser_tools import CHROMIUM
from web_fakes import FakeRasa
from web_visit import ANSWER, form

from knowledge.base.catalogue import Catalogue

TREES = Path(__file__).with_name("trees")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
RADIO = {
    "text": "Question 2 sur 8 – Votre CSE a-t-il donné son avis ?",
    "form": form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"]),
    "buttons": [{"label": "Arrêter la vérification", "payload": "/stop"}],
}
SELECT = {
    "text": "Question 2 sur 8 – Dans quel département ?",
    "form": form("select", "Dans quel département ?", ["Calvados (14)", "Eure (27)"]),
}
CARDS = {
    "text": "Appel – Contact",
    "topic": "contact",
    "contacts": [{"name": "ARS Normandie", "channel": "email", "address": "contact@exemple.fr"}],
    "extracts": [{"words": "avec le soutien de l'ARS", "section": "3. Communication", "document": "Cahier"}],
}


def matches(name: str, part: Locator) -> None:
    file = TREES / f"{name}.yml"
    if os.environ.get("TREES") == "write":
        # The port changes at each run; the other addresses are part of what is said.
        tree = re.sub(r":\n *- /url: http://127\.0\.0\.1\S*", "", part.aria_snapshot())
        file.write_text(tree + "\n", "utf-8")
    expect(part).to_match_aria_snapshot(file.read_text("utf-8"))


def asked(page: Page, question: str = "Quelles pièces ?") -> None:
    page.get_by_role("button", name="Poser une question").click()
    page.get_by_label("Votre question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant:not(.notice)")).to_have_count(1)
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize(("name", "item"), [("answer", ANSWER), ("radio", RADIO), ("select", SELECT), ("cards", CARDS)])
def test_the_widget_s_answers(
    browser: Browser, address: str, rasa: FakeRasa, base: Catalogue, name: str, item: dict[str, Any]
) -> None:
    rasa.items = [{"custom": item}]
    page = browser.new_page()
    page.goto(address)
    asked(page)
    matches(f"widget-{name}", page.locator("#panel"))
    page.close()


def test_the_widget_before_it_is_opened_and_when_it_asks_to_erase(
    browser: Browser, address: str, rasa: FakeRasa, base: Catalogue
) -> None:
    rasa.items = [{"custom": ANSWER}]
    page = browser.new_page()
    page.goto(address)
    matches("widget-closed", page.locator("ars-assistant"))
    asked(page)
    page.get_by_text("Cette conversation", exact=True).click()
    matches("widget-menu", page.locator(".menu"))
    page.get_by_role("button", name="Effacer cette conversation").click()
    matches("widget-erase", page.get_by_role("dialog", name="Effacer cette conversation ?"))
    page.close()


@pytest.mark.parametrize(("name", "path"), [("page-assistant", "/assistant"), ("page-accessibility", "/accessibilite")])
def test_the_pages(browser: Browser, address: str, rasa: FakeRasa, name: str, path: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    matches(name, page.locator("body"))
    context.close()


@pytest.mark.parametrize(("name", "item"), [("answer", ANSWER), ("radio", RADIO), ("cards", CARDS)])
def test_the_conversation_without_javascript(
    browser: Browser, address: str, rasa: FakeRasa, name: str, item: dict[str, Any]
) -> None:
    rasa.items = [{"custom": item}]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/assistant")
    page.get_by_label("Votre question").fill("Quelles pièces ?")
    page.get_by_role("button", name="Envoyer").click()
    matches(f"page-{name}", page.locator("main"))
    context.close()
