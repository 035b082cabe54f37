"""Twelve real calls, beside the assistant's own: the schema holds them and questions about them are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from records_for_tests import NOON, ask

from knowledge.answering.assistant import Assistant
from knowledge.answering.publication import call_detail, list_calls
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.clock import parse_instant

PUBLISHED = Path(__file__).parent / "published"
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((PUBLISHED.parent / "published_questions.yml").read_text("utf-8"))
IDS = sorted(file.stem for file in PUBLISHED.glob("*.yml"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return an assistant that knows the real calls and the published ones."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('published') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    assert load(store, PUBLISHED, NOON, "tests") == IDS
    yield Assistant(Catalogue(store).snapshot())
    store.close()


def test_the_published_calls_stand_beside_the_real_ones(assistant: Assistant) -> None:
    known = set(assistant.base.summaries)
    assert len(IDS) == 12
    assert known == set(IDS) | {file.stem for file in FOLDER.glob("*.yml")}


def test_every_published_call_is_asked_about_on_several_topics() -> None:
    for record_id in IDS:
        assert len({item["topic"] for item in QUESTIONS if item["call"] == record_id}) >= 4, record_id


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: f"{item['call']}-{item['text']}")
def test_a_question_about_a_published_call_gets_what_it_expects_and_nothing_forbidden(
    item: dict[str, Any], assistant: Assistant
) -> None:
    now = parse_instant(item["now"]) if "now" in item else NOON
    answer = ask(assistant, item["call"], item["topic"], item["text"], now)
    lacking = [pattern for pattern in item["expects"] if not re.search(pattern, answer, re.IGNORECASE)]
    excess = [pattern for pattern in item["forbids"] if re.search(pattern, answer, re.IGNORECASE)]
    assert not lacking, f"lacks {lacking} in:\n{answer}"
    assert not excess, f"holds {excess} in:\n{answer}"


@pytest.mark.parametrize("record_id", IDS)
def test_every_published_call_is_given_as_open_data_with_its_sources(record_id: str, assistant: Assistant) -> None:
    detail = call_detail(assistant.base, record_id, NOON)
    documents = {document["id"] for document in detail["documents"]}
    facts = [fact for topic in detail["topics"].values() for fact in topic["facts"]]
    assert facts and all(fact["document"] in documents for fact in facts)
    assert {call["id"]: call["situation"] for call in list_calls(assistant.base, NOON)}[record_id] == detail[
        "situation"
    ]


@pytest.mark.parametrize(
    ("record_id", "state"), [("normandie-ami-handicap-2025", "not_stated"), ("idf-cae-2025", "unknown")]
)
def test_silence_is_not_stated_in_a_page_read_whole_and_unknown_in_a_page_read_in_part(
    record_id: str, state: str, assistant: Assistant
) -> None:
    detail = call_detail(assistant.base, record_id, NOON)
    silent = [topic["state"] for topic in detail["topics"].values() if not topic["facts"]]
    assert silent and set(silent) == {state}
