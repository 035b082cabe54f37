"""The documents' own words (texts.yml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("texts.yml")


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content


def part(name: str) -> Any:
    """Return what stands under a dotted name.

    Raises:
        KeyError: nothing does.
    """
    node: Any = _content()
    for key in name.split("."):
        node = node[key]
    return node


def text(name: str, **values: object) -> str:
    """Return a text filled in; values are put as they are, whatever braces they hold."""
    return str(part(name)).format(**values)
