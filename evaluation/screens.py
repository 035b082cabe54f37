"""Pictures of every screen, taken in a real browser of the running assistant: `python -m evaluation.screens`."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from evaluation.stack import running_assistant

FOLDER = Path(__file__).parents[1] / "docs" / "images"
# The pictures show situations: they are taken on a day when one knows what they should be.
NOW = "2026-11-27T12:00"
WIDE = {"width": 1100, "height": 820}
PHONE = {"width": 390, "height": 780}


def _opened(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Poser une question").click()
    expect(page.locator(".message")).to_have_count(1)


def _say(page: Page, text: str) -> None:
    before = page.locator(".message.assistant").count()
    page.get_by_label("Votre question").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant").nth(before)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status")).to_be_empty()


def _home(page: Page) -> None:
    page.goto("/")


def _answer(page: Page) -> None:
    _opened(page)
    _say(page, "L'appel de La Réunion est-il encore ouvert ?")
    page.get_by_text("Sources", exact=True).last.click()


def _check(page: Page) -> None:
    _opened(page)
    _say(page, "vérifier mon éligibilité en Normandie")
    page.get_by_role("combobox").select_option(label="Seine-Maritime (76)")
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_role("radio")).not_to_have_count(0)


def _mention(page: Page) -> None:
    _opened(page)
    _say(page, "Quelle mention obligatoire en Normandie ?")


def _documents(page: Page) -> None:
    _opened(page)
    _say(page, "je voudrais la lettre de motivation pour la Normandie en word")


def _erase(page: Page) -> None:
    _answer(page)
    page.get_by_text("Cette conversation", exact=True).click()
    page.get_by_role("button", name="Effacer cette conversation").click()


def _without_script(page: Page) -> None:
    page.goto("/assistant")
    page.get_by_label("Votre question").fill("Quelles pièces fournir en Normandie ?")
    page.get_by_role("button", name="Envoyer").click()


def _accessibility(page: Page) -> None:
    page.goto("/accessibilite")


SCREENS: dict[str, tuple[Callable[[Page], None], dict[str, object]]] = {
    "home": (_home, {"viewport": WIDE}),
    "widget": (_answer, {"viewport": WIDE}),
    "widget-check": (_check, {"viewport": WIDE}),
    "widget-extract": (_mention, {"viewport": WIDE}),
    "widget-documents": (_documents, {"viewport": WIDE}),
    "widget-erase": (_erase, {"viewport": WIDE}),
    "widget-dark": (_answer, {"viewport": WIDE, "color_scheme": "dark"}),
    "widget-phone": (_check, {"viewport": PHONE, "has_touch": True}),
    "widget-zoomed": (_answer, {"viewport": {"width": 320, "height": 256}}),
    "page": (_without_script, {"viewport": WIDE, "java_script_enabled": False}),
    "accessibility": (_accessibility, {"viewport": WIDE}),
}


def take(browser: Browser, address: str, folder: Path, names: list[str]) -> None:
    """Write one picture for each name."""
    for name in names:
        steps, options = SCREENS[name]
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        page = context.new_page()
        steps(page)
        page.screenshot(path=folder / f"{name}.png", full_page=name == "page")
        context.close()
        print(folder / f"{name}.png")


def main() -> None:
    """Take the pictures asked for."""
    parser = argparse.ArgumentParser(description="Photographie chaque écran de l'assistant.")
    parser.add_argument("names", nargs="*", metavar="écran", help=f"parmi : {', '.join(SCREENS)} (tous par défaut)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="dossier où écrire les images")
    options = parser.parse_args()
    if unknown := set(options.names) - set(SCREENS):
        parser.error(f"écran inconnu : {', '.join(sorted(unknown))}")
    options.folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with running_assistant(environment={"ASSISTANT_NOW": NOW}, fresh=True) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, address, options.folder, options.names or list(SCREENS))
        browser.close()


if __name__ == "__main__":
    main()
