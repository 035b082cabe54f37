"""The vocabulary of topics: well formed, in French that completes the sentences it is put in."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from knowledge.base.topics import TOPICS_FILE, load_topics

CONTENT: dict[str, Any] = yaml.safe_load(TOPICS_FILE.read_text("utf-8"))
ASPECTS = [(topic, aspect) for topic, entry in CONTENT.items() for aspect in entry["aspects"]]


@pytest.mark.parametrize(("topic", "aspect"), ASPECTS)
def test_a_label_is_whole(topic: str, aspect: str) -> None:
    """An unquoted comma in a flow mapping would cut the label and leave stray keys."""
    entry = CONTENT[topic]["aspects"][aspect]
    assert set(entry) == {"label", "cues"}
    assert entry["label"].count("(") == entry["label"].count(")")
    assert not entry["label"].endswith((".", ",", " "))


@pytest.mark.parametrize("topic", CONTENT)
def test_the_next_topics_exist_and_lead_elsewhere(topic: str) -> None:
    following = CONTENT[topic]["next"]
    assert 2 <= len(following) <= 3
    assert set(following) <= set(CONTENT) - {topic}


@pytest.mark.parametrize(
    ("topic", "question", "aspect"),
    [
        ("deadline", "À quelle HEURE ferme le dépôt ?", "hour"),
        ("funding", "cest gratui ou payant", "free"),
        ("documents", "Faut-il l'avis du C.S.E. ou du CSE ?", "works_council_opinion"),
        ("support", "sessions en visio ou sur place ?", "mode"),
        ("communication", "on envoie la plaquette à qui ?", "send_to"),
    ],
)
def test_a_question_aims_at_a_point_whatever_its_spelling(topic: str, question: str, aspect: str) -> None:
    assert aspect in load_topics()[topic].asked_aspects(question)
