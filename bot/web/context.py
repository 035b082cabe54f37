"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def common(_request: HttpRequest) -> dict[str, Any]:
    """Return the values that several templates show."""
    return {"retention_days": settings.CONVERSATION_DAYS, "max_length": 1000, "version": settings.VERSION}
