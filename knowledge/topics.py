"""The topics a record can be asked about, read from topics.yml, and the points that a question aims at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.text import fold

TOPICS_FILE = Path(__file__).with_name("topics.yml")


@dataclass(frozen=True)
class Aspect:
    """A precise point within a topic; `label` completes « ne précise pas … »."""

    id: str
    label: str
    cues: re.Pattern[str]


@dataclass(frozen=True)
class Topic:
    """A topic, its French names and the topics that users go to next."""

    id: str
    label: str
    title: str
    following: tuple[str, ...]
    aspects: dict[str, Aspect]

    def asked_aspects(self, question: str) -> tuple[str, ...]:
        """Return the ids of the aspects whose cues stand in `question` (any spelling)."""
        folded = fold(question)
        return tuple(aspect.id for aspect in self.aspects.values() if aspect.cues.search(folded))


@lru_cache(maxsize=1)
def load_topics() -> dict[str, Topic]:
    """Return the topics by id, in the file's order."""
    content = yaml.safe_load(TOPICS_FILE.read_text("utf-8"))
    return {
        topic_id: Topic(
            topic_id,
            entry["label"],
            entry["title"],
            tuple(entry["next"]),
            {
                aspect_id: Aspect(aspect_id, aspect["label"], re.compile(r"\b(?:" + "|".join(aspect["cues"]) + ")"))
                for aspect_id, aspect in entry["aspects"].items()
            },
        )
        for topic_id, entry in content.items()
    }
