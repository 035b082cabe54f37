"""The web application, whole, on a throw-away database, with a stand-in for Rasa at the HTTP level."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from web_browser_tools import ARGUMENTS, CHROMIUM
from web_fakes import Client, FakeRasa
from web_visit import ANSWER, Site, Visit

from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the ASGI application, its database migrated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_VAR", str(tmp_path_factory.mktemp("var")))
        patch.setenv("DJANGO_SETTINGS_MODULE", "bot.web.settings")
        kept_out = (
            "WEB_DATABASE_URL",
            "DATABASE_URL",
            "SECRET_KEY",
            "WIDGET_ORIGINS",
            "WEB_ALLOWED_HOSTS",
            "REDIS_URL",
        )
        for name in kept_out:
            patch.delenv(name, raising=False)
        from django.core.management import call_command

        from bot.web.asgi import application

        call_command("migrate", verbosity=0)
    # The environment is read once, above: what other tests start must not inherit it.
    return application


@pytest.fixture
def rasa(web: Any, monkeypatch: pytest.MonkeyPatch) -> FakeRasa:
    """Put a stand-in in Rasa's place, and forget what other tests counted."""
    from bot.web import conversation, limits
    from bot.web.rasa import Upstream
    from bot.web.views import health

    fake = FakeRasa()
    upstream = Upstream(httpx.MockTransport(fake))
    monkeypatch.setattr(conversation, "upstream", upstream)
    monkeypatch.setattr(health, "upstream", upstream)
    monkeypatch.setattr(limits, "counters", limits.MemoryCounters())
    return fake


@pytest.fixture
def client(web: Any, rasa: FakeRasa) -> Client:
    """Return a caller of the application."""
    return Client(web)


@pytest.fixture
def base(tmp_path: Path, web: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """Put the real calls, as of 22 November 2026, in the place of the knowledge base."""
    from bot.web import knowledge_access

    store = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, datetime(2026, 11, 22, 12, tzinfo=timezone.utc), "tests")
    catalogue = Catalogue(store)
    monkeypatch.setattr(knowledge_access, "catalogue", lambda: catalogue)
    yield catalogue
    store.close()


@pytest.fixture
def erased(web: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the conversations that are erased from now on; none is really."""
    from bot.web import conversation

    names: list[str] = []

    async def erase(name: str) -> None:
        names.append(name)

    monkeypatch.setattr(conversation, "erase", erase)
    return names


# For a module and no longer: while Playwright runs, its event loop is that of the tests, where Django refuses to work.
@pytest.fixture(scope="module")
def browser(web: Any) -> Iterator[Browser]:
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


@pytest.fixture
def other_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type[http.server.BaseHTTPRequestHandler]], str]]:
    """Serve another site, listed, with the handler given; return its address."""
    from django.conf import settings

    servers: list[http.server.ThreadingHTTPServer] = []

    def serve(handler: type[http.server.BaseHTTPRequestHandler]) -> str:
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        # Another host name, so that it is another site and not another port only.
        origin = f"http://localhost:{servers[-1].server_port}"
        monkeypatch.setattr(settings, "WIDGET_ORIGINS", [origin])
        return origin

    yield serve
    for server in servers:
        server.shutdown()


@pytest.fixture
def site(address: str, other_site: Callable[[type[Site]], str], request: pytest.FixtureRequest) -> str:
    """Serve a page that carries the widget, among hostile styles."""
    return other_site(
        type("Ours", (Site,), {"server_address_of_ours": address, "attributes": getattr(request, "param", "")})
    )


@pytest.fixture
def visit(browser: Browser, site: str, rasa: FakeRasa) -> Iterator[Visit]:
    rasa.items = [{"custom": ANSWER}]
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    yield Visit(context, site)
    context.close()
