"""The whole journey in a real browser, against the real assistant, without a mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_browser_tools import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.stack, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def say(page: Page, text: str) -> str:
    """Type a message, and return what is answered."""
    answers = page.locator(".message.assistant:not(.notice)")
    before = answers.count()
    page.get_by_label("Votre question").fill(text)
    page.keyboard.press("Enter")
    return heard(page, before)


def press(page: Page, name: str) -> str:
    """Press the last button of this name by the keyboard, and return what is answered."""
    before = page.locator(".message.assistant:not(.notice)").count()
    page.get_by_role("button", name=name, exact=True).last.press("Enter")
    return heard(page, before)


def heard(page: Page, before: int) -> str:
    answers = page.locator(".message.assistant:not(.notice)")
    expect(answers.nth(before)).to_be_visible(timeout=20_000)
    expect(page.get_by_role("status")).not_to_have_text(re.compile("rédige|tarde"))
    return "\n".join(answers.nth(place).inner_text() for place in range(before, answers.count()))


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_from_a_question_to_the_documents_and_back_a_week_later(browser: Browser, stack: Any, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.goto(stack.address)
    page.get_by_role("button", name="Poser une question").press("Enter")
    assert "clos" in say(page, "L'appel de La Réunion est-il encore ouvert ?")
    assert "fiche" in say(page, "et quelles pièces en Normandie ?").lower()
    assert "Question 1" in say(page, "vérifier mon éligibilité")
    page.get_by_role("combobox").select_option(label="Seine-Maritime (76)")
    assert "Seine-Maritime" in press(page, "Valider")
    assert faults(page) == []
    assert "Noté" in say(page, "un EHPAD")
    assert "Avis indicatif" in say(page, "stop")
    assert "Noté" in say(page, "le CSE a donné son avis")
    assert "Acceptez-vous" in say(page, "enregistrer mon dossier")
    created = press(page, "J'accepte")
    reference = re.search(r"QVCT-\w{4}-\w{4}", created)
    code = re.search(r"Code de reprise\s:\s(\S+)", created)
    assert reference and code
    assert "nom de votre établissement" in press(page, "Compléter mon dossier")
    assert "EHPAD des Tilleuls" in say(page, "EHPAD des Tilleuls")
    say(page, "arrête")
    assert "Lettre de motivation" in say(page, "la lettre de motivation en word")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Lettre de motivation – Word, \\d+ Ko")).press("Enter")
    file = tmp_path / "letter.docx"
    waiting.value.save_as(file)
    assert "EHPAD des Tilleuls" in "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert faults(page) == [] and context.cookies() == []
    context.close()

    elsewhere = browser.new_context(viewport={"width": 390, "height": 780})
    page = elsewhere.new_page()
    page.goto(stack.address)
    page.get_by_role("button", name="Poser une question").press("Enter")
    assert "Aucun dossier" in say(page, "voir mon dossier")
    reopened = say(page, f"je reprends {reference.group()} {code.group(1)}")
    assert "rouvert" in reopened and "EHPAD des Tilleuls" in reopened
    assert "définitivement" in say(page, "effacer mon dossier")
    assert "Reçu d'effacement" in press(page, "Oui, effacer définitivement")
    assert "Aucun dossier" in say(page, "voir mon dossier")
    assert faults(page) == []
    elsewhere.close()


def test_the_same_without_javascript(browser: Browser, stack: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.address}/assistant")
    page.get_by_label("Votre question").fill("vérifier mon éligibilité en Normandie")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_role("combobox").select_option(label="Calvados (14)")
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".messages")).to_contain_text("Calvados (14)")
    page.get_by_label("Votre question").fill("un fichier ics pour la Normandie")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("link", name=re.compile("Calendrier – agenda"))).to_be_visible()
    context.close()
