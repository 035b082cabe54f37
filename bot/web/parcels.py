"""Documents offered in a conversation: what they are made of is kept for a time, under an address that nobody can guess."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from bot.web import document_access
from bot.web.models import Parcel
from bot.web.problems import Problem


async def prepare(conversation: str, asked: dict[str, Any]) -> list[dict[str, str]]:
    """Keep what some documents are made of; return them with their addresses.

    Args:
        conversation: the one in which they are offered; erased with it.
        asked: `call`, `content`, `reference` and `items` ([kind, format], …), as actions/documents.py writes them.

    Raises:
        Problem: the knowledge base cannot be read.
    """
    parcel = await Parcel.objects.acreate(
        conversation=conversation, record_id=asked["call"], reference=asked["reference"], content=asked["content"]
    )
    items = [(kind, fmt) for kind, fmt in asked["items"]]
    return await document_access.described(items, f"/documents/{parcel.id}", parcel)


async def build(parcel_id: str, name: str) -> Any:
    """Return a document of a parcel.

    Raises:
        Problem: the parcel is unknown or too old, or has no such document.
    """
    oldest = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    parcel = await Parcel.objects.filter(id=parcel_id.replace("\0", ""), created_at__gte=oldest).afirst()
    if parcel is None:
        raise Problem("expired-link")
    return await document_access.build(parcel.record_id, parcel.content, parcel.reference, name)
