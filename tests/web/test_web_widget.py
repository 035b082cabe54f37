"""The widget in a real Chromium: what is said, chosen and asked of it."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa
from web_visit import ANSWER, Visit, answers, command, form

from knowledge.base.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "bot" / "web" / "static" / "web" / "widget.js"
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


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
    expect(visit.page.get_by_text("Merci, votre avis est noté.")).to_be_focused()
    assert fault_ids(visit.page) == []
    (kept,) = base.store.opinions()
    assert (kept.useful, kept.record_id, kept.topic) == (False, "normandie-2024", "documents")
    assert "modèle de fiche" in kept.why and "06 12" not in kept.why


def test_a_useful_answer_is_judged_where_it_is_read(visit: Visit, rasa: FakeRasa, base: Catalogue) -> None:
    visit.open()
    rasa.items = [{"custom": {**ANSWER, "text": "\n".join(f"• pièce {number}" for number in range(40))}}]
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    useful = visit.page.get_by_role("button", name="Oui", exact=True)
    useful.scroll_into_view_if_needed()
    place = visit.page.locator(".log").evaluate("node => node.scrollTop")
    useful.press("Enter")
    expect(visit.page.get_by_text("Merci, votre avis est noté.")).to_be_focused()
    assert abs(visit.page.locator(".log").evaluate("node => node.scrollTop") - place) < 60
    (kept,) = base.store.opinions()
    assert kept.useful


def test_an_opinion_is_asked_once_and_on_answers_alone(visit: Visit, rasa: FakeRasa) -> None:
    asked = form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"])
    visit.open()
    for items, opinions in (
        ([{"custom": ANSWER}, {"custom": {**ANSWER, "text": "Et encore."}}], 1),
        ([{"text": "Noté : un EHPAD."}, {"custom": {"text": "Question 2 sur 8", "form": asked}}], 0),
        ([{"custom": ANSWER}, {"text": "Reprenons."}], 1),
        ([{"custom": {**ANSWER, "topic": "dossier", "text": "Acceptez-vous ?", "sources": []}}], 0),
        ([{"custom": {"topic": "definition", "text": "ARS : Établissement public."}}], 1),
    ):
        rasa.items = items
        before = answers(visit.page).count()
        judged = visit.page.get_by_role("group", name="Cette réponse vous est-elle utile ?")
        so_far = judged.count()
        visit.ask("Et alors ?")
        expect(answers(visit.page)).to_have_count(before + len(items))
        expect(judged).to_have_count(so_far + opinions)


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
    # Nothing is chosen beforehand: « Valider » alone would give somebody else's answer.
    expect(field).to_have_value("")
    visit.page.get_by_role("button", name="Valider").click()
    assert len(rasa.sent) == 1
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


def test_a_date_is_chosen_in_a_calendar(visit: Visit, rasa: FakeRasa) -> None:
    asked = form("date", "Quand l'établissement a-t-il ouvert ?", [])
    rasa.items = [{"custom": {"text": "Question 3 sur 8", "form": asked}}]
    visit.open()
    visit.ask("vérifier mon éligibilité")
    field = visit.page.get_by_label("Quand l'établissement a-t-il ouvert ?")
    expect(field).to_have_attribute("type", "date")
    assert fault_ids(visit.page) == []
    visit.page.get_by_role("button", name="Valider").click()
    assert len(rasa.sent) == 1, "nothing chosen, nothing sent"
    field.fill("2015-03-01")
    field.press("Enter")
    expect(visit.page.locator(".message.person").last).to_contain_text("1er mars 2015")
    expect(answers(visit.page)).to_have_count(2)
    assert rasa.sent[-1]["message"] == "2015-03-01"


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


def test_the_notice_comes_before_a_question_typed_while_it_was_on_its_way(visit: Visit) -> None:
    def slowly(route: Route) -> None:
        visit.page.wait_for_timeout(400)
        route.continue_()

    visit.page.route("**/api/sessions", slowly)
    visit.page.evaluate("document.querySelector('ars-assistant').ask('Quelles pièces ?')")
    expect(answers(visit.page)).to_have_count(1)
    kinds = visit.page.locator(".message").evaluate_all("nodes => nodes.map(node => node.className)")
    assert kinds == ["message assistant notice", "message person", "message assistant"]


def test_from_one_control_to_the_next_without_leaving_them(visit: Visit, rasa: FakeRasa) -> None:
    first = form("select", "Dans quel département ?", ["Calvados (14)", "Eure (27)"])
    second = form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"])
    visit.open()
    rasa.items = [{"custom": {"text": "Dans quel département ?", "form": first}}]
    visit.ask("vérifier mon éligibilité")
    visit.page.get_by_role("combobox").select_option(label="Eure (27)")
    rasa.items, rasa.delay = [{"custom": {"text": "Votre CSE a-t-il donné son avis ?", "form": second}}], 0.5
    confirm = visit.page.get_by_role("button", name="Valider")
    confirm.press("Enter")
    expect(visit.page.get_by_role("status")).to_contain_text("rédige")
    # The answer is on its way: the control keeps the focus, and sends nothing twice.
    expect(confirm).to_be_focused()
    expect(confirm).to_have_attribute("aria-disabled", "true")
    confirm.press("Enter")
    expect(visit.page.get_by_role("radio").first).to_be_focused()
    assert len(rasa.sent) == 2 and fault_ids(visit.page) == []
    # Whoever went elsewhere meanwhile stays there.
    visit.page.get_by_label("Oui").check()
    rasa.items = [{"custom": ANSWER}]
    visit.page.get_by_role("button", name="Valider").click()
    visit.page.get_by_role("button", name="Fermer l'assistant").first.focus()
    expect(visit.page.get_by_role("radio")).to_have_count(0)
    expect(visit.page.get_by_role("button", name="Fermer l'assistant").first).to_be_focused()


def test_pages_elsewhere_open_beside_the_conversation(visit: Visit, rasa: FakeRasa) -> None:
    rasa.items = [{"custom": {**ANSWER, "text": "Voir https://exemple.fr/depot, ou écrire à a@exemple.fr."}}]
    visit.open()
    visit.ask("Où déposer ?")
    link = visit.page.get_by_role("link", name="https://exemple.fr/depot (nouvelle fenêtre)")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")
    assert visit.page.get_by_role("link", name="a@exemple.fr").get_attribute("target") is None


def test_after_starting_again_nothing_old_can_be_pressed(visit: Visit, rasa: FakeRasa) -> None:
    asked = form("radio", "Votre CSE a-t-il donné son avis ?", ["Oui", "Non", "Je ne sais pas"])
    rasa.items = [{"custom": ANSWER}, {"custom": {"text": "Votre CSE a-t-il donné son avis ?", "form": asked}}]
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(visit.page.get_by_role("button", name="Date limite")).to_be_visible()
    command(visit.page, "Recommencer")
    expect(visit.question).to_be_focused()
    expect(visit.page.locator(".separator")).to_contain_text("Nouvelle conversation")
    expect(visit.page.get_by_role("button", name="Date limite")).to_have_count(0)
    expect(visit.page.get_by_role("button", name="Valider")).to_have_count(0)
    assert fault_ids(visit.page) == []
    # An opinion on what was answered before goes with the conversation in which it was.
    visit.page.get_by_role("button", name="Oui", exact=True).press("Enter")
    expect(visit.page.get_by_text("Merci, votre avis est noté.")).to_be_focused()
    visit.ask("Et la date ?")
    expect(visit.page.get_by_role("button", name="Date limite")).to_have_count(1)
    assert rasa.sent[0]["sender"] != rasa.sent[-1]["sender"]


def test_the_conversation_is_kept_in_a_file(visit: Visit) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    with visit.page.expect_download() as waiting:
        command(visit.page, "Télécharger")
    text = Path(waiting.value.path()).read_text("utf-8")
    assert "Vous :\nQuelles pièces ?" in text and "• une fiche" in text
    expect(visit.page.get_by_role("status")).to_contain_text("« conversation.txt »")
    expect(visit.page.locator("summary.menu-title")).to_be_focused()


def test_what_is_said_twice_is_announced_twice(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } })")
    visit.open()
    visit.page.evaluate(
        """() => {
          window.heard = [];
          const status = document.querySelector("ars-assistant").shadowRoot.querySelector("[role=status]");
          const note = () => status.textContent && window.heard.push(status.textContent);
          new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    for times in (1, 2):
        command(visit.page, "Copier")
        visit.page.wait_for_timeout(400)
        heard = visit.page.evaluate("window.heard")
        assert heard.count("Conversation copiée.") == times


def test_the_next_conversation_is_about_the_call_that_the_page_then_shows(
    visit: Visit, rasa: FakeRasa, base: Catalogue
) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    visit.page.evaluate("document.querySelector('ars-assistant').call = 'la-reunion-2022'")
    command(visit.page, "Recommencer")
    visit.ask("Et la date ?")
    expect(answers(visit.page)).to_have_count(2)
    assert [item["message"] for item in rasa.sent] == [
        "Quelles pièces ?",
        '/specify_context{"call": "la-reunion-2022"}',
        "Et la date ?",
    ]


def test_files_are_named_once_and_punctuation_stays_with_its_word(visit: Visit, rasa: FakeRasa) -> None:
    files = [{"label": "Lettre de motivation – Word, 38 Ko", "format": "docx", "url": "/documents/a/b.docx"}]
    text = "Documents préparés :\n• Lettre de motivation : Word\n• Relisez « tout » !"
    rasa.items = [{"custom": {"text": text, "downloads": files}}]
    visit.open()
    visit.ask("la lettre")
    expect(visit.page.get_by_role("link", name="Lettre de motivation – Word, 38 Ko")).to_be_visible()
    shown = answers(visit.page).first.locator("[lang]").first.text_content() or ""
    assert "Lettre" not in shown
    assert "Documents préparés\u00a0:" in shown and "«\u00a0tout\u00a0»\u00a0!" in shown
