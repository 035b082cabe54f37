"""The web application, whole, on a throw-away database, with a stand-in for Rasa at the HTTP level."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from web_fakes import Client, FakeRasa


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the ASGI application, its database migrated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_VAR", str(tmp_path_factory.mktemp("var")))
        patch.setenv("DJANGO_SETTINGS_MODULE", "bot.web.settings")
        for name in ("WEB_DATABASE_URL", "DATABASE_URL", "SECRET_KEY", "WIDGET_ORIGINS", "WEB_ALLOWED_HOSTS"):
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
