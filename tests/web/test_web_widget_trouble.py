"""The widget when something fails, expires, or must go."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect
from web_browser_tools import CHROMIUM, fault_ids
from web_fakes import FakeRasa
from web_visit import Visit, answers, command

from knowledge.base.catalogue import Catalogue

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


def test_a_lost_connection_loses_nothing_and_sends_nothing_twice(visit: Visit, rasa: FakeRasa) -> None:
    visit.open()
    expect(visit.page.get_by_role("log")).to_contain_text("assistant automatique")
    visit.context.set_offline(True)
    visit.ask("Quelles pièces ?")
    expect(visit.page.get_by_role("alert")).to_contain_text("connexion est coupée")
    assert fault_ids(visit.page) == []
    visit.context.set_offline(False)
    visit.page.get_by_role("button", name="Réessayer").press("Enter")
    expect(visit.question).to_be_focused()
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
    expect(visit.page.get_by_role("log")).to_contain_text("La conversation avait expiré")
    assert visit.page.locator(".message.person").count() == 2


def test_a_conversation_that_keeps_expiring_is_not_opened_for_ever(visit: Visit) -> None:
    sent: list[str] = []

    def expire(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(
            status=401, json={"detail": "Cette conversation a expiré."}, headers={"Access-Control-Allow-Origin": "*"}
        )

    visit.page.route("**/api/messages", expire)
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(visit.page.get_by_role("alert")).to_contain_text("a expiré")
    visit.page.wait_for_timeout(500)
    assert len(sent) == 2
    expect(visit.page.get_by_role("status")).to_be_empty()


def test_opened_without_a_connection_it_says_so_and_opens_later(visit: Visit) -> None:
    visit.context.set_offline(True)
    visit.launcher.click()
    expect(visit.page.get_by_role("alert")).to_contain_text("l'assistant ne peut pas s'ouvrir")
    assert fault_ids(visit.page) == []
    visit.context.set_offline(False)
    visit.page.get_by_role("button", name="Réessayer").press("Enter")
    expect(visit.page.get_by_role("log")).to_contain_text("assistant automatique")
    expect(visit.page.get_by_role("alert")).to_be_empty()
    expect(visit.question).to_be_focused()


def test_an_opinion_that_does_not_arrive_is_said_and_can_be_given_again(visit: Visit, base: Catalogue) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    visit.context.set_offline(True)
    visit.page.get_by_role("button", name="Oui", exact=True).press("Enter")
    expect(visit.page.get_by_role("status")).to_contain_text("n'a pas pu être transmis")
    visit.context.set_offline(False)
    # Thanks come at once, and would be taken back by a failure: the opinion is on its way.
    with visit.page.expect_response("**/api/feedback"):
        visit.page.get_by_role("button", name="Oui", exact=True).press("Enter")
    expect(visit.page.get_by_text("Merci, votre avis est noté.")).to_be_focused()
    assert len(base.store.opinions()) == 1


def test_all_the_conversations_of_the_page_are_erased_even_expired(
    visit: Visit, rasa: FakeRasa, erased: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    visit.open()
    visit.ask("Première question")
    expect(answers(visit.page)).to_have_count(1)
    command(visit.page, "Recommencer")
    visit.ask("Seconde question")
    expect(answers(visit.page)).to_have_count(2)
    monkeypatch.setattr(settings, "SESSION_HOURS", -1)
    dialog = visit.page.get_by_role("dialog", name="Effacer cette conversation ?")
    visit.context.set_offline(True)
    command(visit.page, "Effacer cette conversation")
    dialog.get_by_role("button", name="Effacer", exact=True).click()
    expect(visit.page.get_by_role("alert")).to_contain_text("l'effacement n'est pas terminé")
    expect(answers(visit.page)).to_have_count(2)
    visit.context.set_offline(False)
    visit.page.get_by_role("button", name="Réessayer").click()
    expect(visit.page.get_by_role("status")).to_have_text("Conversation effacée.")
    assert erased == [item["sender"] for item in rasa.sent]


def test_what_cannot_be_erased_is_not_said_to_be(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web import tokens

    visit.open()
    visit.ask("Première question")
    expect(answers(visit.page)).to_have_count(1)
    monkeypatch.setattr(tokens, "_SALT", "another key")
    command(visit.page, "Effacer cette conversation")
    dialog = visit.page.get_by_role("dialog", name="Effacer cette conversation ?")
    dialog.get_by_role("button", name="Effacer", exact=True).click()
    expect(visit.page.get_by_role("status")).to_contain_text("elle s'effacera d'elle-même")


def test_a_breakdown_is_said(visit: Visit, rasa: FakeRasa) -> None:
    rasa.items = []
    visit.open()
    visit.ask("Bonjour")
    expect(visit.page.get_by_role("alert")).to_contain_text("ne peut pas répondre")
    expect(visit.page.get_by_role("button", name="Réessayer")).to_be_visible()


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


def test_a_copy_that_is_refused_is_said(visit: Visit) -> None:
    visit.open()
    visit.ask("Quelles pièces ?")
    expect(answers(visit.page)).to_have_count(1)
    # A page that is not secure has no clipboard at all.
    visit.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    command(visit.page, "Copier")
    expect(visit.page.get_by_role("status")).to_contain_text("La copie n'est pas permise ici")
    assert visit.faults == []
