"""The topics a record can be asked about, read from topics.yml, and the points that a question aims at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.french.text import fold
from knowledge.patterns import compile_pattern

TOPICS_FILE = Path(__file__).parents[1] / "topics.yml"
ASKED_FILE = Path(__file__).parents[1] / "asked.yml"


@dataclass(frozen=True)
class Aspect:
    """A precise point within a topic; `label` completes « ne précise pas … », `asked` are ways of asking for it."""

    id: str
    label: str
    cues: re.Pattern[str]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A topic, its French names, the topics that users go to next, and ways of asking about it at large."""

    id: str
    label: str
    title: str
    following: tuple[str, ...]
    aspects: dict[str, Aspect]
    asked: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """Ways of asking about the topic at large and about each of its points."""
        return (*self.asked, *(way for aspect in self.aspects.values() for way in aspect.asked))

    def asked_aspects(self, question: str) -> tuple[str, ...]:
        """Return the ids of the aspects whose cues stand in `question` (any spelling)."""
        folded = fold(question)
        return tuple(aspect.id for aspect in self.aspects.values() if aspect.cues.search(folded))


@lru_cache(maxsize=1)
def load_topics() -> dict[str, Topic]:
    """Return the topics by id, in the file's order."""
    content = yaml.safe_load(TOPICS_FILE.read_text("utf-8"))
    asked = yaml.safe_load(ASKED_FILE.read_text("utf-8"))
    return {
        topic_id: Topic(
            topic_id,
            entry["label"],
            entry["title"],
            tuple(entry["next"]),
            {
                aspect_id: Aspect(
                    aspect_id,
                    aspect["label"],
                    compile_pattern(r"\b(?:" + "|".join(aspect["cues"]) + ")"),
                    tuple(asked.get(topic_id, {}).get(aspect_id, ())),
                )
                for aspect_id, aspect in entry["aspects"].items()
            },
            (entry["title"], entry["label"], *asked.get(topic_id, {}).get("whole", ())),
        )
        for topic_id, entry in content.items()
    }
