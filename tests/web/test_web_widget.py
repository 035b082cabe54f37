"""The widget in a real Chromium, on another site's page with hostile styles and a strict policy."""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa

from knowledge.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "bot" / "web" / "static" / "web" / "widget.js"
NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
ANSWER = {
    "text": "Appel – Pièces à fournir\n• une fiche\n• <b>un avis</b>, à envoyer à a@exemple.fr.",
    "sources": [{"title": "Cahier des charges", "checked_on": "2026-11-01", "url": "https://exemple.fr/c"}],
    "buttons": [{"label": "Date limite", "payload": "/ask_deadline"}],
    "call": {"id": "normandie-2024", "title": "Appel de Normandie", "situation": "closed"},
    "topic": "documents",
    "downloads": [],
}
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Une agence</title>
<link rel="stylesheet" href="/hostile.css"><script type="module" src="{server}/widget.js"></script></head>
<body><main id="x"><h1>Nos appels</h1><p><a href="#x">Un lien</a></p></main>
<ars-assistant {attributes}></ars-assistant></body></html>"""
HOSTILE = (
    "html { font-size: 62.5% } body, body * { letter-spacing: 1em !important; font-size: 40px !important; color: red !important; text-transform: uppercase }"
    "button, textarea, section { display: none !important } ars-assistant { opacity: 1; font-family: fantasy }"
)
POLICY = (
    "default-src 'none'; script-src {server}; style-src 'self'; connect-src {server}; img-src 'self'; "
    "require-trusted-types-for 'script'"
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


class Site(http.server.BaseHTTPRequestHandler):
    """Another site: one page, one style sheet, one policy."""

    server_address_of_ours = ""
    attributes = ""

    def do_GET(self) -> None:
        style = self.path.endswith(".css")
        known = self.path == "/" or style
        page = PAGE.format(server=self.server_address_of_ours, attributes=self.attributes)
        body = (HOSTILE if style else page).encode() if known else b""
        self.send_response(200 if known else 204)
        self.send_header("Content-Type", "text/css" if style else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(server=self.server_address_of_ours))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def site(address: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """Serve the other site; its origin is among those allowed."""
    from django.conf import settings

    handler = type("Site", (Site,), {"server_address_of_ours": address, "attributes": getattr(request, "param", "")})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Another host name, so that it is another site and not another port only.
    origin = f"http://localhost:{server.server_port}"
    monkeypatch.setattr(settings, "WIDGET_ORIGINS", [origin])
    yield origin
    server.shutdown()


class Visit:
    """A person on the other site's page, with all that went wrong noted."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.context, self.page = context, context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(origin)
        self.launcher = self.page.get_by_role("button", name="Poser une question")
        expect(self.launcher).to_be_visible()

    @property
    def question(self) -> Any:
        return self.page.get_by_label("Votre question")

    def open(self) -> None:
        self.launcher.click()
        expect(self.question).to_be_focused()

    def ask(self, text: str) -> None:
        self.question.fill(text)
        self.page.keyboard.press("Enter")


@pytest.fixture
def visit(browser: Browser, site: str, rasa: FakeRasa) -> Iterator[Visit]:
    rasa.items = [{"custom": ANSWER}]
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    yield Visit(context, site)
    context.close()


def cut_texts(page: Page) -> int:
    """Count the texts wider than their boxes."""
    return page.locator("#panel p:visible, #panel li:visible, #panel button:visible").evaluate_all(
        "nodes => nodes.filter(node => !node.matches('.hidden') && node.scrollWidth > node.clientWidth + 1"
        " && getComputedStyle(node).display !== 'inline').length"
    )


def command(page: Page, name: str) -> None:
    """Open the menu and press one of its commands."""
    page.get_by_text("Cette conversation", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()


def answers(page: Page) -> Any:
    return page.locator(".message.assistant:not(.notice)")


def test_nothing_is_asked_nor_kept_before_it_is_opened(visit: Visit, address: str, rasa: FakeRasa) -> None:
    assert [url for url in visit.requests if url.startswith(address)] == [f"{address}/widget.js"]
    assert fault_ids(visit.page) == [] and visit.faults == [] and rasa.sent == []
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_contain_text("une fiche")
    origins = {"/".join(url.split("/")[:3]) for url in visit.requests}
    assert origins == {address, "/".join(visit.page.url.split("/")[:3])}
    assert visit.context.cookies() == [] and visit.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_conversation_by_the_keyboard_alone(visit: Visit, rasa: FakeRasa) -> None:
    page = visit.page
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(visit.launcher).to_be_focused()
    assert visit.launcher.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    expect(visit.question).to_be_focused()
    log = page.get_by_role("log")
    expect(log).to_contain_text("assistant automatique")
    assert fault_ids(page) == []
    visit.ask("Quelles pièces ?")
    expect(answers(page)).to_have_count(1)
    answer = answers(page).first
    expect(answer).to_contain_text("<b>un avis</b>")
    expect(answer.locator(".call")).to_have_text("Appel de Normandie clos")
    expect(answer.get_by_role("list").first.get_by_role("listitem")).to_have_count(2)
    expect(visit.question).to_be_focused()
    page.get_by_text("Sources", exact=True).press("Enter")
    expect(answer).to_contain_text("Cahier des charges ; vérifié le 1er novembre 2026")
    page.get_by_role("button", name="Date limite").press("Enter")
    expect(answers(page)).to_have_count(2)
    assert [item["message"] for item in rasa.sent] == ["Quelles pièces ?", "/ask_deadline"]
    assert fault_ids(page) == [] and visit.faults == []
    page.keyboard.press("Escape")
    expect(visit.launcher).to_be_focused()
    expect(page.locator("#panel")).to_be_hidden()


def test_the_page_s_styles_do_not_reach_it(visit: Visit) -> None:
    visit.open()
    style = visit.question.evaluate(
        "node => { const s = getComputedStyle(node); return [s.display, s.letterSpacing, s.fontSize, s.textTransform] }"
    )
    assert style == ["block", "normal", "16px", "none"]


def test_an_empty_or_long_question_is_said_beside_the_field(visit: Visit, rasa: FakeRasa) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Envoyer").click()
    expect(visit.page.get_by_role("alert")).to_contain_text("Écrivez votre question")
    expect(visit.question).to_be_focused()
    assert visit.question.get_attribute("aria-invalid") == "true"
    visit.question.fill("é" * 1001)
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("1 000 caractères")
    assert rasa.sent == [] and fault_ids(visit.page) == []


def test_a_lost_connection_loses_nothing_and_sends_nothing_twice(visit: Visit, rasa: FakeRasa) -> None:
    visit.open()
    expect(visit.page.get_by_role("log")).to_contain_text("assistant automatique")
    visit.context.set_offline(True)
    visit.ask("Quelles pièces ?")
    expect(visit.page.get_by_role("alert")).to_contain_text("connexion est coupée")
    assert fault_ids(visit.page) == []
    visit.context.set_offline(False)
    visit.page.get_by_role("button", name="Réessayer").click()
    expect(answers(visit.page)).to_have_count(1)
    expect(visit.page.get_by_role("alert")).to_be_empty()
    assert len(rasa.sent) == 1


def test_an_answer_lost_on_its_way_is_given_again_and_not_made_again(visit: Visit, rasa: FakeRasa) -> None:
    visit.open()
    expect(visit.page.get_by_role("log")).to_contain_text("assistant automatique")

    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    visit.page.route("**/api/messages", lose)
    visit.ask("J'accepte")
    visit.page.get_by_role("button", name="Réessayer").click()
    expect(answers(visit.page)).to_have_count(1)
    assert len(rasa.sent) == 1


def test_an_expired_conversation_is_opened_anew(visit: Visit, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web import tokens

    visit.open()
    visit.ask("Première question")
    expect(answers(visit.page)).to_have_count(1)
    monkeypatch.setattr(tokens, "_SALT", "another key")
    visit.ask("Seconde question")
    expect(answers(visit.page)).to_have_count(2)
    first, second = rasa.sent
    assert second["message"] == "Seconde question" and first["sender"] != second["sender"]


def test_a_breakdown_is_said(visit: Visit, rasa: FakeRasa) -> None:
    rasa.items = []
    visit.open()
    visit.ask("Bonjour")
    expect(visit.page.get_by_role("alert")).to_contain_text("ne peut pas répondre")
    expect(visit.page.get_by_role("button", name="Réessayer")).to_be_visible()


def test_masked_data_are_told(visit: Visit, rasa: FakeRasa) -> None:
    visit.open()
    visit.ask("Écrivez-moi à prenom.nom@exemple.org")
    expect(visit.page.get_by_role("log")).to_contain_text("ont été masquées")
    assert "exemple.org" not in rasa.sent[0]["message"]


def test_an_opinion_is_kept_masked(visit: Visit, base: Catalogue) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    visit.page.get_by_role("button", name="Non", exact=True).click()
    reason = visit.page.get_by_label("Qu'est-ce qui manque ?")
    expect(reason).to_be_focused()
    assert fault_ids(visit.page) == []
    reason.fill("Le modèle de fiche ; appelez le 06 12 34 56 78")
    visit.page.get_by_role("button", name="Envoyer ce commentaire").click()
    expect(visit.page.get_by_role("status")).to_contain_text("Merci")
    latest, first = base.store.opinions()
    assert not first.useful and (latest.useful, latest.record_id, latest.topic) == (
        False,
        "normandie-2024",
        "documents",
    )
    assert "modèle de fiche" in latest.why and "06 12" not in latest.why


def form(control: str, label: str, labels: list[str]) -> dict[str, Any]:
    options = [{"label": item, "payload": f"/choose{place}"} for place, item in enumerate(labels)]
    return {"control": control, "label": label, "done": 1, "total": 8, "options": options}


def test_a_long_list_is_chosen_from(visit: Visit, rasa: FakeRasa) -> None:
    labels = [f"Département {code}" for code in range(10, 96)]
    asked = form("select", "Dans quel département ?", labels)
    rasa.items = [{"custom": {"text": "Question 2 sur 8 – Dans quel département ?", "form": asked}}]
    visit.open()
    visit.ask("vérifier mon éligibilité")
    field = visit.page.get_by_role("combobox", name="Dans quel département ?")
    expect(field).to_be_visible()
    expect(visit.page.get_by_role("progressbar", name="Questions traitées : 1/8")).to_have_js_property("value", 1)
    assert fault_ids(visit.page) == []
    field.select_option(label="Département 76")
    rasa.items = [{"custom": ANSWER}]
    visit.page.get_by_role("button", name="Valider").click()
    expect(visit.page.locator(".message.person").last).to_contain_text("Département 76")
    expect(visit.question).to_be_focused()
    expect(answers(visit.page)).to_have_count(2)
    assert rasa.sent[-1]["message"] == "/choose66"
    expect(field).to_have_count(0)


def test_one_answer_among_a_few_is_chosen_by_the_keyboard(visit: Visit, rasa: FakeRasa) -> None:
    asked = form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"])
    text = "Question 2 sur 8 – Votre CSE a-t-il donné son avis ?\n• Oui\n• Non"
    rasa.items = [{"custom": {"text": text, "form": asked}}]
    visit.open()
    visit.ask("vérifier mon éligibilité")
    group = visit.page.get_by_role("group", name="Votre CSE a-t-il donné son avis ?")
    expect(group.get_by_role("radio")).to_have_count(3)
    # Said once: the options are in the control.
    expect(answers(visit.page).last.locator("li", has_text="Oui")).to_have_count(0)
    assert fault_ids(visit.page) == []
    visit.page.get_by_role("button", name="Valider").click()
    assert len(rasa.sent) == 1, "nothing chosen, nothing sent"
    group.get_by_label("Oui").focus()
    visit.page.keyboard.press("ArrowDown")
    rasa.items = [{"custom": ANSWER}]
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".message.person").last).to_contain_text("Non")
    expect(answers(visit.page)).to_have_count(2)
    assert rasa.sent[-1]["message"] == "/choose1"
    expect(visit.question).to_be_focused()
    expect(group).to_have_count(0)


def test_a_number_is_typed_in_its_own_field(visit: Visit, rasa: FakeRasa) -> None:
    asked = form("number", "Combien d'EHPAD dans le groupe ?", [])
    rasa.items = [{"custom": {"text": "Question 2 sur 8 – Combien d'EHPAD dans le groupe ?", "form": asked}}]
    visit.open()
    visit.ask("vérifier mon éligibilité")
    field = visit.page.get_by_role("textbox", name="Combien d'EHPAD dans le groupe ?")
    expect(field).to_have_attribute("inputmode", "numeric")
    assert fault_ids(visit.page) == []
    field.fill("4")
    field.press("Enter")
    expect(visit.page.locator(".message.person").last).to_contain_text("4")
    expect(answers(visit.page)).to_have_count(2)
    assert rasa.sent[-1]["message"] == "4"


def test_whom_to_write_to_and_the_document_s_words_are_set_apart(visit: Visit, rasa: FakeRasa) -> None:
    words = "avec le soutien de l'ARS Normandie"
    given = {
        "text": f"Appel – Mention\n• Mention à écrire telle quelle\n  « {words} »",
        "extracts": [{"words": words, "section": "3. Communication", "document": "Cahier des charges"}],
        "contacts": [
            {"name": "ARS Normandie", "channel": "email", "address": "contact@exemple.fr"},
            {"name": "Standard", "channel": "phone", "address": "02 31 00 00 00"},
        ],
    }
    rasa.items = [{"custom": given}]
    visit.open()
    visit.ask("quelle mention ?")
    expect(visit.page.locator("blockquote")).to_have_text(words)
    expect(visit.page.get_by_role("figure")).to_contain_text("Extrait du document, 3. Communication")
    assert answers(visit.page).last.inner_text().count(words) == 1
    expect(visit.page.get_by_role("link", name="contact@exemple.fr")).to_have_attribute(
        "href", "mailto:contact@exemple.fr"
    )
    expect(visit.page.get_by_role("link", name="02 31 00 00 00")).to_have_attribute("href", "tel:0231000000")
    assert fault_ids(visit.page) == []


def test_a_conversation_is_erased_once_confirmed(visit: Visit, rasa: FakeRasa, base: Catalogue) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    deleted: list[int] = []
    visit.page.on("response", lambda found: deleted.append(found.status) if found.request.method == "DELETE" else None)
    command(visit.page, "Effacer cette conversation")
    dialog = visit.page.get_by_role("dialog", name="Effacer cette conversation ?")
    expect(dialog).to_be_visible()
    assert fault_ids(visit.page) == []
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(visit.question).to_be_visible()
    assert deleted == []
    expect(visit.page.locator("summary.menu-title")).to_be_focused()
    command(visit.page, "Effacer cette conversation")
    dialog.get_by_role("button", name="Effacer", exact=True).click()
    expect(visit.page.get_by_role("status")).to_have_text("Conversation effacée.")
    expect(visit.page.locator(".message")).to_have_count(0)
    expect(visit.question).to_be_focused()
    assert deleted == [200]
    visit.ask("Et la date limite ?")
    expect(answers(visit.page)).to_have_count(1)
    assert rasa.sent[0]["sender"] != rasa.sent[-1]["sender"]


@pytest.mark.parametrize("site", ['language="en"'], indirect=True)
def test_its_own_words_are_in_english_on_an_english_page(browser: Browser, site: str, rasa: FakeRasa) -> None:
    rasa.items = [{"custom": ANSWER}]
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_label("Your question").fill("Quelles pièces ?")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(1)
    page.get_by_text("Sources", exact=True).click()
    expect(page.locator(".sources")).to_contain_text("checked on 1 November 2026")
    languages = page.locator(".message.assistant").evaluate_all(
        "nodes => nodes.map(n => n.querySelector('[lang]').lang)"
    )
    assert languages == ["fr", "fr"] and page.locator("[role=region]").get_attribute("lang") == "en"
    page.get_by_text("This conversation", exact=True).click()
    page.get_by_role("button", name="Talk to a person").click()
    expect(answers(page)).to_have_count(2)
    assert rasa.sent[-1]["message"] == "Parler à une personne" and fault_ids(page) == []
    context.close()


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


@pytest.mark.parametrize("site", ['call="normandie-2024"', 'region="Normandie"'], indirect=True)
def test_the_call_of_the_page_is_in_hand_from_the_start(
    browser: Browser, site: str, rasa: FakeRasa, base: Catalogue
) -> None:
    context = browser.new_context()
    visit = Visit(context, site)
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    assert [item["message"] for item in rasa.sent] == ['/specify_context{"call": "normandie-2024"}', "Quelles pièces ?"]
    context.close()


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


def test_text_twice_as_large_and_spaced_stays_whole(visit: Visit) -> None:
    visit.page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    assert cut_texts(visit.page) == 0 and fault_ids(visit.page) == []


def test_the_script_interface_opens_asks_and_tells(visit: Visit, rasa: FakeRasa) -> None:
    visit.page.evaluate(
        "window.told = []; for (const name of ['ars-open', 'ars-ask', 'ars-answer', 'ars-close'])"
        " document.addEventListener(name, () => window.told.push(name))"
    )
    visit.page.evaluate("document.querySelector('ars-assistant').ask('Quelles pièces ?')")
    expect(answers(visit.page)).to_have_count(1)
    visit.page.evaluate("document.querySelector('ars-assistant').close()")
    assert visit.page.evaluate("window.told") == ["ars-open", "ars-ask", "ars-answer", "ars-close"]
    assert rasa.sent[0]["message"] == "Quelles pièces ?"


def test_the_demonstration_page_lists_the_calls_and_carries_the_widget(
    browser: Browser, address: str, rasa: FakeRasa, base: Catalogue
) -> None:
    rasa.items = [{"custom": ANSWER}]
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(address)
    expect(page.get_by_role("row", name="Appel QVCT Normandie 2024-2025")).to_contain_text("programme terminé")
    page.get_by_role("button", name="Poser une question").click()
    page.get_by_label("Votre question").fill("Quelles pièces ?")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(1)
    assert fault_ids(page) == [] and faults == []
    context.close()


def test_the_built_file_is_that_of_the_sources_and_small() -> None:
    folder = ROOT / "bot" / "widget"
    names = ["package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"]
    names += [f"src/{file.name}" for file in (folder / "src").iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\n".encode() + (folder / name).read_bytes() + b"\n")
    built = BUILT.read_bytes()
    assert built.startswith(f"/* sources {digest.hexdigest()} */".encode()), "make widget, then commit the built file"
    assert len(gzip.compress(built, 9)) <= 40_000


def test_a_copy_that_is_refused_is_said(visit: Visit) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    # A page that is not secure has no clipboard at all.
    visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    command(visit.page, "Copier")
    expect(visit.page.get_by_role("status")).to_contain_text("La copie n'est pas permise ici")
    assert visit.faults == []


def test_the_notice_comes_before_a_question_typed_while_it_was_on_its_way(visit: Visit) -> None:
    def slowly(route: Route) -> None:
        visit.page.wait_for_timeout(400)
        route.continue_()

    visit.page.route("**/api/sessions", slowly)
    visit.page.evaluate("document.querySelector('ars-assistant').ask('Quelles pièces ?')")
    expect(answers(visit.page)).to_have_count(1)
    kinds = visit.page.locator(".message").evaluate_all("nodes => nodes.map(node => node.className)")
    assert kinds == ["message assistant notice", "message person", "message assistant"]
