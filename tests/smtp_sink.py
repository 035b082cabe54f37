"""A throw-away SMTP server on this machine alone, which keeps what it is given."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from dovecot_server import free_port


@dataclass
class Sink:
    """What was received; how to behave.

    Attributes:
        received: (envelope sender, recipients, message).
        connections: how many were opened.
        hang_up_after: the command after which it hangs up: "RCPT", "DATA" (before accepting) or "" (never).
        refuse: answer to the message; empty: accepted.
    """

    received: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    connections: int = 0
    hang_up_after: str = ""
    refuse: str = ""
    port: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages received."""
        return [message for _, _, message in self.received]

    async def handle_EHLO(
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, replies: list
    ) -> list:
        """Count a connection."""
        self.connections += 1
        session.host_name = hostname
        return replies

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take a recipient."""
        if self.hang_up_after == "RCPT":
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take a message."""
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((envelope.mail_from or "", list(envelope.rcpt_tos), message))
        if self.hang_up_after == "DATA":
            server.transport.close()
        return "250 OK"


@contextmanager
def running_sink(certificate: Path | None = None) -> Iterator[Sink]:
    """Run a server; with a certificate (its key beside it, `key.pem`), one that wants STARTTLS."""
    sink = Sink(port=free_port())
    wanted: dict[str, Any] = {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
        wanted = {"tls_context": context, "require_starttls": True}
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **wanted)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
