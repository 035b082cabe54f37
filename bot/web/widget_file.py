"""The widget's built file, and what a page needs to accept these bytes and no others."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders


@dataclass(frozen=True)
class WidgetFile:
    """The file; `name` changes with its bytes, `integrity` is for the attribute of the same name (W3C, SRI)."""

    data: bytes
    name: str
    integrity: str


@lru_cache(maxsize=1)
def widget_file() -> WidgetFile:
    """Return the file that this copy of the assistant was delivered with."""
    data = Path(finders.find("web/widget.js")).read_bytes()
    digest = base64.b64encode(hashlib.sha384(data).digest()).decode()
    return WidgetFile(data, f"widget.{hashlib.sha256(data).hexdigest()[:16]}.js", f"sha384-{digest}")
