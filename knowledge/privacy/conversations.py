"""What ties a kept question to its conversation, so that both are erased together: a keyed hash, and nothing readable."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping

SETTING = "CONVERSATION_SECRET"
"""The launcher draws it from SECRET_KEY; every process of an installation has the same."""


def conversation_hash(conversation: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the name under which what a conversation leaves is kept; empty without a key: it then goes by its age."""
    key = environ.get(SETTING, "").strip()
    return hmac.new(key.encode(), conversation.encode(), hashlib.sha256).hexdigest() if key else ""
