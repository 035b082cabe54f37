"""Erasing what the web part keeps of conversations: `python -m bot.web.forgetting` erases what is too old to serve."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone


async def forget(conversations: Collection[str]) -> None:
    """Erase everything that belongs to some conversations."""
    for model in _models():
        await model.objects.filter(conversation__in=list(conversations)).adelete()


async def forget_old() -> None:
    """Erase what no token still valid can use."""
    oldest = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    for model in _models():
        await model.objects.filter(created_at__lt=oldest).adelete()


def forget_old_now() -> int:
    """Do the same outside the server, leaving no trace in the database file; return how many lines went."""
    oldest = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    erased = sum(model.objects.filter(created_at__lt=oldest).delete()[0] for model in _models())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return erased


def _models() -> tuple:
    from bot.web.models import Awaited, Button, Parcel

    return Button, Awaited, Parcel


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    import django

    django.setup()
    print(forget_old_now())
