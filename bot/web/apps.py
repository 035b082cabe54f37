"""Registration of the application with Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    """The assistant's own tables, templates and static files."""

    name = "bot.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Share limits and last answers between copies, when there is somewhere to."""
        if not settings.REDIS_URL:
            return
        from bot.web import limits, replay
        from bot.web.counters import RedisCounters
        from bot.web.redis_store import RedisStore

        store = RedisStore(settings.REDIS_URL, settings.SECRET_KEY)
        limits.counters, replay.memory = RedisCounters(store), replay.RedisMemory(store)
