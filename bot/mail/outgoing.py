"""The last touches to a reply before it is put among the drafts, or sent."""

from __future__ import annotations

import copy
from datetime import datetime
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

from bot.mail.policy import POLICY


def named(reply: EmailMessage, reply_id: str, now: datetime) -> EmailMessage:
    """Return the reply with its own Message-ID and a date."""
    message = copy.deepcopy(reply)
    del message["Message-ID"]
    message["Message-ID"] = reply_id
    if "Date" not in message:
        message["Date"] = format_datetime(now)
    return message


def automatic(message: EmailMessage) -> EmailMessage:
    """Return the reply with what tells other machines that nobody sent it (RFC 3834)."""
    sent = copy.deepcopy(message)
    for name, value in (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")):
        del sent[name]
        sent[name] = value
    return sent


def as_bytes(message: EmailMessage) -> bytes:
    """Return the message as it travels: CR LF, 7 bits."""
    stream = BytesIO()
    BytesGenerator(stream, policy=POLICY).flatten(message)
    return stream.getvalue()
