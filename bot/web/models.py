"""Tables of the web part."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import models


def new_button_id() -> str:
    """Return an identifier that cannot be guessed."""
    return secrets.token_urlsafe(12)


def new_parcel_id() -> str:
    """Return the end of an address that nobody can guess."""
    return secrets.token_urlsafe(24)


class Button(models.Model):
    """A choice offered in a conversation; what it means to Rasa never leaves the server."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=24, default=new_button_id)
    conversation: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    label: models.CharField[str, str] = models.CharField(max_length=200)
    payload: models.TextField[str, str] = models.TextField()
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True, db_index=True)


class Awaited(models.Model):
    """What the next message of a conversation may hold that Rasa must not see: a resume code, an e-mail address."""

    conversation: models.CharField[str, str] = models.CharField(primary_key=True, max_length=64)
    kind: models.CharField[str, str] = models.CharField(max_length=10)
    reference: models.CharField[str, str] = models.CharField(max_length=20, default="")
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True, db_index=True)


class Parcel(models.Model):
    """What documents are made of when somebody fetches them: the documents themselves are never kept."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=40, default=new_parcel_id)
    conversation: models.CharField[str, str] = models.CharField(max_length=64, db_index=True)
    record_id: models.CharField[str, str] = models.CharField(max_length=120)
    reference: models.CharField[str, str] = models.CharField(max_length=20, default="")
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True, db_index=True)
