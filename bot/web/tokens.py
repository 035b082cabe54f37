"""Conversations: identifiers that the server makes, in signed tokens that expire."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.conf import settings
from django.core import signing

from bot.web.problems import Problem

_SALT = "bot.web.conversation"
_OPINION_SALT = "bot.web.opinion"
_MAX_LENGTH = 300  # characters; a token of ours is about 80


@dataclass(frozen=True)
class Session:
    """A conversation just opened."""

    conversation: str
    token: str
    expires_at: datetime


def open_session() -> Session:
    """Return a new conversation; nobody can guess its identifier nor choose it."""
    conversation = secrets.token_urlsafe(24)
    expires_at = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=settings.SESSION_HOURS)
    return Session(conversation, signing.dumps(conversation, salt=_SALT), expires_at)


def conversation_of(token: str, *, too_old: bool = False) -> str:
    """Return the conversation that a token gives access to.

    Args:
        too_old: take a token of any age: what it opened may still be kept, and be erased.

    Raises:
        Problem: the token is not ours, or is too old.
    """
    try:
        if len(token) > _MAX_LENGTH:
            raise signing.BadSignature
        conversation = signing.loads(token, salt=_SALT, max_age=None if too_old else settings.SESSION_HOURS * 3600)
    except signing.SignatureExpired:
        raise Problem("expired-token", {"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
    except (signing.BadSignature, ValueError):
        raise Problem("invalid-token", {"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
    return conversation


def name_opinion(number: int, conversation: str) -> str:
    """Return the name by which a conversation may complete an opinion that was given in it, and no other."""
    return signing.dumps([number, conversation], salt=_OPINION_SALT)


def opinion_of(name: str, conversation: str) -> int | None:
    """Return the number of a named opinion; None when it was not given in this conversation, or is too old."""
    try:
        number, given_in = signing.loads(name, salt=_OPINION_SALT, max_age=settings.SESSION_HOURS * 3600)
    except (signing.BadSignature, ValueError):
        return None
    return number if given_in == conversation else None


def bearer(header: str) -> str:
    """Return the token of an Authorization header.

    Raises:
        Problem: there is none.
    """
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem("missing-token", {"WWW-Authenticate": "Bearer"})
    return token.strip()
