"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def common(request: HttpRequest) -> dict[str, Any]:
    """Return the values that several templates show."""
    return {
        "retention_days": settings.CONVERSATION_DAYS,
        "version": settings.VERSION,
        # In the frame of another site: that site has its own header, and ours must not be opened inside it.
        "framed": request.headers.get("Sec-Fetch-Dest") in {"iframe", "frame"},
    }
