"""Every page, and what the widget puts in its shadow root, against the HTML standard (html-validate, when Node is there)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from test_web_trees import CARDS, RADIO, SELECT
from web_browser_tools import CHROMIUM
from web_fakes import Client, FakeRasa
from web_visit import ANSWER

from knowledge.base.catalogue import Catalogue

HERE = Path(__file__).parent
TOOL = HERE.parents[1] / "bot" / "widget" / "node_modules" / ".bin" / "html-validate"
pytestmark = pytest.mark.skipif(
    not (TOOL.exists() and shutil.which("node")), reason="`npm ci` was not run in bot/widget"
)


def faults(folder: Path, pages: dict[str, str]) -> str:
    """Return what html-validate says of pages, empty when nothing."""
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    files = [str(folder / f"{name}.html") for name in pages]
    command = [str(TOOL), "--config", str(HERE / "htmlvalidate.json"), "--formatter", "text", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def test_it_finds_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, {"wrong": '<!doctype html><html lang="fr"><body><p><button>a</p>'})
    assert "close-order" in found and "element-required-content" in found


def test_the_pages(client: Client, rasa: FakeRasa, base: Catalogue, tmp_path: Path) -> None:
    pages = {
        name: client.request("GET", path, headers={"Accept": "text/html"}).text
        for name, path in {
            "home": "/",
            "assistant": "/assistant",
            "accessibility": "/accessibilite",
            "documentation": "/api/docs",
            "lost": "/nulle-part",
        }.items()
    }
    for name, item in {"answer": ANSWER, "radio": RADIO, "select": SELECT, "cards": CARDS}.items():
        rasa.items = [{"custom": item}]
        pages[name] = client.request("POST", "/assistant", data={"text": "Quelles pièces ?"}).text
    pages["empty"] = client.request("POST", "/assistant", data={"text": ""}).text
    assert all(html.startswith("<!doctype html>") for html in pages.values())
    assert faults(tmp_path, pages) == ""


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_the_widget(browser: Browser, address: str, rasa: FakeRasa, base: Catalogue, tmp_path: Path) -> None:
    rasa.items = [{"custom": item} for item in (ANSWER, CARDS, RADIO)]
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="Poser une question").click()
    page.get_by_label("Votre question").fill("Quelles pièces ?")
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant:not(.notice)")).to_have_count(3)
    inside = page.locator("ars-assistant").evaluate("node => node.shadowRoot.innerHTML")
    page.close()
    head = '<!doctype html><html lang="fr"><head><title>x</title></head><body><main><h1>x</h1>'
    assert faults(tmp_path, {"widget": f"{head}{inside}</main></body></html>"}) == ""
