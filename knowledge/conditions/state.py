"""Where an eligibility check stands, as a value that a conversation keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.conditions.rules import Value


@dataclass(frozen=True)
class Interview:
    """Where a check stands; `passed` are the questions left open on purpose, `asked` the one waiting for an answer."""

    record_id: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    asked: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads; JSON."""
        return {"call": self.record_id, "answers": dict(self.answers), "passed": list(self.passed), "asked": self.asked}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Interview:
        """Return the interview that `as_dict` wrote."""
        return cls(data["call"], dict(data["answers"]), tuple(data["passed"]), data["asked"])
