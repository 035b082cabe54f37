"""The phrases that the assistant says, read from phrases.yml: nobody writes French in Python."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_PHRASES_FILE = Path(__file__).parents[1] / "phrases.yml"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_PHRASES_FILE.read_text("utf-8"))
    return content


def phrase(name: str, **values: object) -> str:
    """Return a phrase filled in; `name` may be dotted (« situation.closed »).

    Raises:
        KeyError: no such phrase, or a value is missing.
    """
    node: Any = _phrases()
    for part in name.split("."):
        node = node[part]
    return str(node).format(**values)
