"""Tables of the web part."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models


def new_button_id() -> str:
    """Return an identifier that cannot be guessed."""
    return secrets.token_urlsafe(12)


class Button(models.Model):
    """A choice offered in a conversation; what it means to Rasa never leaves the server."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=24, default=new_button_id)
    conversation: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    label: models.CharField[str, str] = models.CharField(max_length=200)
    payload: models.TextField[str, str] = models.TextField()
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True, db_index=True)
