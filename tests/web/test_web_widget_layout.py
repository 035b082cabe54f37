"""The widget on every screen, printed, with large or spaced text, among hostile styles."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa
from web_visit import ANSWER, Visit, answers, form, unseen_stops

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


def cut_texts(page: Page) -> int:
    """Count the texts wider than their boxes."""
    return page.locator("#panel p:visible, #panel li:visible, #panel button:visible").evaluate_all(
        "nodes => nodes.filter(node => !node.matches('.hidden') && node.scrollWidth > node.clientWidth + 1"
        " && getComputedStyle(node).display !== 'inline').length"
    )


def test_the_page_s_styles_do_not_reach_it(visit: Visit) -> None:
    visit.open()
    style = visit.question.evaluate(
        "node => { const s = getComputedStyle(node); return [s.display, s.letterSpacing, s.fontSize, s.textTransform] }"
    )
    assert style == ["block", "normal", "16px", "none"]
    assert fault_ids(visit.page) == [], "nor its names for colours"


def test_it_prints_as_the_conversation_alone(visit: Visit) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    visit.page.emulate_media(media="print")
    expect(visit.launcher).to_be_hidden()
    expect(visit.question).to_be_hidden()
    expect(answers(visit.page)).to_be_visible()
    assert visit.page.locator("#panel").evaluate("node => getComputedStyle(node).position") == "static"


def test_text_spaced_as_readers_may_ask_stays_whole(visit: Visit) -> None:
    # WCAG 2.2, 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 times the size.
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    visit.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
          const root = document.querySelector("ars-assistant").shadowRoot;
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        }"""
    )
    assert visit.question.evaluate("node => getComputedStyle(node).letterSpacing") == "1.92px"
    assert cut_texts(visit.page) == 0


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": {"width": 320, "height": 256}},
        {"viewport": {"width": 390, "height": 844}, "has_touch": True},
        {"viewport": {"width": 1000, "height": 800}, "color_scheme": "dark"},
        {"viewport": {"width": 1000, "height": 800}, "forced_colors": "active"},
        {"viewport": {"width": 1000, "height": 800}, "reduced_motion": "reduce"},
    ],
    ids=["zoomed", "phone", "dark", "forced-colours", "still"],
)
def test_every_screen(browser: Browser, site: str, rasa: FakeRasa, options: dict[str, Any]) -> None:
    rasa.items = [{"custom": ANSWER}]
    context = browser.new_context(**options)
    visit = Visit(context, site)
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    assert fault_ids(visit.page) == [] and visit.faults == []
    box = visit.page.locator("#panel").evaluate(
        "node => { const b = node.getBoundingClientRect(); return [b.left, b.right, node.scrollWidth - node.clientWidth] }"
    )
    assert box[0] >= 0 and box[1] <= options["viewport"]["width"] and box[2] <= 0
    small = visit.page.locator("#panel button:visible, .launcher:visible").evaluate_all(
        "nodes => nodes.filter(node => node.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
    context.close()


SIZES = [(1000, 800), (390, 780), (320, 256), (780, 390), (1000, 460), (1000, 540), (1000, 620)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("text", ["100%", "200%"])
def test_all_of_it_is_reached_and_seen_by_the_keyboard(
    browser: Browser, site: str, rasa: FakeRasa, size: tuple[int, int], text: str
) -> None:
    asked = form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"])
    rasa.items = [{"custom": ANSWER}, {"custom": {"text": "Votre CSE a-t-il donné son avis ?", "form": asked}}]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    visit = Visit(context, site)
    visit.page.evaluate(f"document.documentElement.style.setProperty('font-size', '{text}', 'important')")
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(2)
    # What answers is in sight, from its beginning.
    expect(answers(visit.page).first).to_be_in_viewport()
    top = visit.page.locator(".message.person").evaluate("node => node.getBoundingClientRect().top")
    assert -1 < top < size[1] * 0.8 and visit.page.evaluate("scrollY") == 0
    visit.page.get_by_text("Cette conversation", exact=True).press("Enter")
    assert fault_ids(visit.page) == []
    whole = size[0] <= 480 or size[1] <= 512
    # On the way round the focus goes by the browser's own buttons, and by the page where one sees it.
    elsewhere = {"outside: body"} if whole else {"outside: body", "outside: a"}
    assert set(unseen_stops(visit.page)) <= elsewhere
    visit.page.get_by_role("button", name="Fermer l'assistant").last.press("Enter")
    expect(visit.launcher).to_be_focused()
    context.close()


def test_from_a_large_screen_to_a_small_one_the_focus_stays(visit: Visit) -> None:
    visit.open()
    visit.question.fill("Quelles pi")
    visit.page.set_viewport_size({"width": 390, "height": 780})
    expect(visit.page.locator("#panel")).to_have_js_property("clientWidth", 390)
    expect(visit.question).to_be_focused()
    visit.page.keyboard.type("èces ?")
    visit.page.set_viewport_size({"width": 1000, "height": 800})
    expect(visit.question).to_be_focused()
    expect(visit.question).to_have_value("Quelles pièces ?")
    visit.page.keyboard.press("Escape")
    expect(visit.launcher).to_be_focused()


def test_a_page_may_hide_it(visit: Visit) -> None:
    visit.page.locator("ars-assistant").evaluate("node => { node.hidden = true }")
    expect(visit.launcher).to_be_hidden()


def test_text_twice_as_large_and_spaced_stays_whole(visit: Visit) -> None:
    visit.page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    assert cut_texts(visit.page) == 0 and fault_ids(visit.page) == []


@pytest.mark.parametrize("size", [(1000, 800), (390, 780)])
def test_moved_elsewhere_in_the_page_it_still_opens_and_closes(visit: Visit, size: tuple[int, int]) -> None:
    visit.page.set_viewport_size({"width": size[0], "height": size[1]})
    visit.open()
    visit.page.evaluate("document.querySelector('main').append(document.querySelector('ars-assistant'))")
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    assert fault_ids(visit.page) == []
    visit.question.focus()
    visit.page.keyboard.press("Escape")
    expect(visit.launcher).to_be_focused()
    visit.open()
    expect(answers(visit.page)).to_have_count(1)
