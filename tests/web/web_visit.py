"""A person on another site's page, which carries the widget among hostile styles and under a strict policy."""

from __future__ import annotations

import http.server
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

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
    "* { --text: #fff; --background: #fff; --action: #fff } button, textarea, section { display: none !important } ars-assistant { opacity: 1; font-family: fantasy }"
)
POLICY = (
    "default-src 'none'; script-src {server}; style-src 'self'; connect-src {server}; img-src 'self'; "
    "require-trusted-types-for 'script'"
)


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


def command(page: Page, name: str) -> None:
    """Open the menu and press one of its commands."""
    page.get_by_text("Cette conversation", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()


def answers(page: Page) -> Any:
    return page.locator(".message.assistant:not(.notice)")


def form(control: str, label: str, labels: list[str]) -> dict[str, Any]:
    options = [{"label": item, "payload": f"/choose{place}"} for place, item in enumerate(labels)]
    return {"control": control, "label": label, "done": 1, "total": 8, "options": options}


def unseen_stops(page: Page, stops: int = 40) -> list[str]:
    """Press Tab many times; return what had the focus without being seen, or outside the widget.

    Seen: in the window, and nothing over its middle.
    """
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        fault = page.evaluate(
            """async () => {
              // What stays in place while the rest scrolls is put back with the next picture.
              for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
              let node = document.activeElement;
              if (!node || node.localName !== "ars-assistant") return `outside: ${node?.localName}`;
              node = node.shadowRoot.activeElement;
              const box = node.getClientRects()[0];
              // A box higher than the window is seen by its part.
              const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
              const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
              const top = node.getRootNode().elementFromPoint(x, y);
              const seen = top && (node.contains(top) || top.contains(node) && top.matches("label"));
              return seen ? "" : `${node.localName} ${node.textContent.trim().slice(0, 30)}`;
            }"""
        )
        if fault:
            found.append(fault)
    return found
