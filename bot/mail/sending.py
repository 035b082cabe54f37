"""Sending a reply without a person. Imported only where a mailbox was set to send."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import getaddresses

from bot.mail import agent_block
from bot.mail.access import access_token, xoauth2
from bot.mail.delivery import MaybeSent, NotSent
from bot.mail.mailbox import MailboxUnavailable
from bot.mail.outgoing import as_bytes
from bot.mail.settings import Server

TIMEOUT = 60.0  # seconds without a byte from the server
_NOBODY = ""  # a bounce must not come back to be answered in turn


class SmtpSender:
    """Sends through one SMTP server, a connection per message.

    Args:
        server: where, and how to log in.
        domain: how this machine calls itself.
    """

    def __init__(self, server: Server, domain: str) -> None:
        self._server, self._domain = server, domain

    def send(self, message: EmailMessage) -> None:
        """Send a message to its only recipient.

        Raises:
            NotSent: it certainly did not leave.
            MaybeSent: the connection was lost after the message was given.
        """
        recipients = [address for _, address in getaddresses(message.get_all("To", [])) if address]
        if len(recipients) != 1 or message.get_all("Cc") or message.get_all("Bcc"):
            raise NotSent("recipient")
        if agent_block.is_in(message):
            raise NotSent("agent_block")
        try:
            raw = as_bytes(message)
            client = self._connect()
        except (OSError, smtplib.SMTPException, MailboxUnavailable, ValueError):
            raise NotSent("smtp_down") from None
        try:
            self._hand_over(client, recipients[0], raw)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()

    def _hand_over(self, client: smtplib.SMTP, recipient: str, raw: bytes) -> None:
        try:
            client.ehlo_or_helo_if_needed()
            for code, _ in (client.mail(_NOBODY), client.rcpt(recipient)):
                if code not in (250, 251):
                    raise NotSent("smtp_refused")
        except (OSError, smtplib.SMTPException, ValueError):
            raise NotSent("smtp_down") from None
        try:
            code, _ = client.data(raw)
        except smtplib.SMTPDataError:
            raise NotSent("smtp_refused") from None
        except (OSError, smtplib.SMTPException):
            raise MaybeSent from None
        if code != 250:
            raise NotSent("smtp_refused")

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        client: smtplib.SMTP
        if server.is_encrypted:
            context = ssl.create_default_context()
            client = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=self._domain, timeout=TIMEOUT, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, local_hostname=self._domain, timeout=TIMEOUT)
        try:
            if server.upgrades:
                client.starttls(context=ssl.create_default_context())
            if server.token and server.user:
                answer = xoauth2(server.user, access_token(server.token))
                client.ehlo()
                client.auth("XOAUTH2", lambda challenge=None: answer)
            elif server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client
