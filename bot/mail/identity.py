"""What names a mail: keyed hashes for the ledger, and the Message-ID of its reply, always the same.

Read from the raw header, not from the decoded mail: whatever the decoding stumbles on, the mail has a name by then.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from knowledge.patterns import compile_pattern

_MESSAGE_ID = compile_pattern(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,500}>")


@dataclass(frozen=True)
class Identity:
    """Names of one mail.

    Attributes:
        message_id: the mail's own, fit for a search; empty when it has none.
        message, content: keyed hashes, see `knowledge.mail.item.Sighting`.
        reply_id: Message-ID of the reply.
        number: evenly spread and always the same, to draw lots.
    """

    message_id: str
    message: str
    content: str
    reply_id: str
    number: int


class Namer:
    """Names mails.

    Args:
        secret: key of the hashes.
        domain: of the mailbox's address.
    """

    def __init__(self, secret: bytes, domain: str) -> None:
        self._secret, self._domain = secret, domain

    def hash(self, kind: str, text: str) -> str:
        """Return a hash that only this key makes, for one kind of thing (64 hexadecimal digits)."""
        return hmac.new(self._secret, f"{kind}\n{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def name(self, raw: bytes) -> Identity:
        """Name a mail from its source, or from its header alone."""
        header, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        fields = BytesHeaderParser().parsebytes(header + b"\n\n")
        known = [_flat(fields, name) for name in ("Date", "From", "Subject")]
        message_id = message_id_in(_flat(fields, "Message-ID"))
        # Without a Message-ID, two mails are the same when they say the same thing.
        own = message_id or "\n".join([*known, hashlib.sha256(body).hexdigest()])
        return self._identity(message_id, own, "\n".join(known))

    def name_unread(self, uidvalidity: int, uid: int) -> Identity:
        """Name a mail that the server cannot give."""
        return self._identity("", f"{uidvalidity} {uid}", "")

    def _identity(self, message_id: str, own: str, known: str) -> Identity:
        reply = self.hash("reply", own)
        return Identity(
            message_id=message_id,
            message=self.hash("message", own),
            content=self.hash("content", known),
            reply_id=f"<arsbot.{reply[:32]}@{self._domain}>",
            number=int(self.hash("lot", own)[:12], 16),
        )


def message_id_in(text: str) -> str:
    """Return the first Message-ID of a text, with its brackets; empty without one."""
    found = _MESSAGE_ID.search(text)
    return found.group() if found else ""


def message_ids_in(text: str) -> list[str]:
    """Return every Message-ID of a text, in order."""
    return _MESSAGE_ID.findall(text)


def _flat(fields: object, name: str) -> str:
    value = fields[name]  # type: ignore[index]
    return " ".join(str(value).split()) if value is not None else ""
