"""A request to keep a dossier that may arrive twice: the same one makes the same dossier, another one is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from knowledge.base.store import in_utc
from knowledge.base.tables import dossier_request
from knowledge.errors import AlreadyKept, RequestReused

AGAIN = timedelta(minutes=10)
"""How long a lost answer is asked for again: past it, the code is not shown once more."""
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Request:
    """A request by its own name and by all that it says; neither is kept, only what tells them from others.

    Attributes:
        key: the client's name for it (`Idempotency-Key`).
        body: what it asks, a JSON object.
    """

    key: str
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The hash by which the request is known."""
        return hashlib.sha256(self.key.encode()).hexdigest()

    @property
    def content(self) -> str:
        """A hash of its body, under its key: nothing can be guessed of what a dossier holds."""
        written = json.dumps(self.body, sort_keys=True, ensure_ascii=True)
        return hmac.new(self.key.encode(), written.encode(), hashlib.sha256).hexdigest()


def dossier_of(connection: Connection, request: Request, now: datetime) -> str | None:
    """Return the identifier of the dossier that a request has already created; None when it is new.

    Raises:
        RequestReused: its key named another request.
        AlreadyKept: it was answered too long ago to be answered again.
    """
    row = connection.execute(select(dossier_request).where(dossier_request.c.key == request.name)).one_or_none()
    if row is None:
        return None
    if not hmac.compare_digest(row.body, request.content):
        raise RequestReused
    if now - in_utc(row.received_at) > AGAIN:
        raise AlreadyKept
    return str(row.dossier_id)


def note(connection: Connection, request: Request, dossier_id: str, now: datetime) -> None:
    """Remember that a request created a dossier, and forget those of the days before."""
    connection.execute(delete(dossier_request).where(dossier_request.c.received_at < now - _KEPT))
    values = {"key": request.name, "body": request.content, "dossier_id": dossier_id, "received_at": now}
    connection.execute(insert(dossier_request).values(**values))
