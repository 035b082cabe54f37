"""Access tokens: given, or asked of a command at each login."""

from __future__ import annotations

import shlex
import subprocess

from bot.mail.mailbox import MailboxUnavailable
from bot.mail.settings import Token

_PATIENCE = 60.0  # seconds


def access_token(token: Token) -> str:
    """Return the token to log in with.

    Raises:
        MailboxUnavailable: the command fails, or prints nothing.
    """
    if not token.command:
        return token.value
    try:
        done = subprocess.run(shlex.split(token.command), capture_output=True, text=True, timeout=_PATIENCE, check=True)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        # What the command printed is not repeated: it may be the token.
        raise MailboxUnavailable(f"token command: {type(error).__name__}") from None
    if not done.stdout.strip():
        raise MailboxUnavailable("token command: empty")
    return done.stdout.strip()


def xoauth2(user: str, token: str) -> str:
    """Return what the mechanism XOAUTH2 answers."""
    return f"user={user}\1auth=Bearer {token}\1\1"
