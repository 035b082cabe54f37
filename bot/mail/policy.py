"""How our own mails are written."""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy


class _Identifiers(UnstructuredHeader, BaseHeader):
    """Message-IDs, folded between two of them only.

    The library folds a header at 78 characters and writes a longer word as an encoded one (RFC 2047), where an
    identifier must stay as it is (RFC 5322, 3.6.4): some servers make identifiers of 100 characters and more, and a
    reply that does not repeat them leaves its conversation.
    """

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it travels, one identifier per line."""
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references"):
        registry.map_to_type(name, _Identifiers)
    return registry


# CR LF; 7 bits, so that nothing on the way has a reason to re-encode it.
POLICY = SMTP.clone(cte_type="7bit", header_factory=_headers())
