"""Which record a question is answered from, and on which topic, over the real records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from records_for_tests import NOON, publication

from evaluation.questions import read_questions
from knowledge.answering.answers import answer_topic
from knowledge.answering.assistant import Assistant, Reply
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.base.topics import load_topics
from knowledge.understanding.choice import Context
from knowledge.understanding.evidence import Evidence
from knowledge.understanding.question import Question, asks_which_calls, names_a_day

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('answering') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    yield store
    store.close()


@pytest.fixture(scope="module")
def assistant(store: Store) -> Assistant:
    return Assistant(Catalogue(store).snapshot())


def reply(assistant: Assistant, text: str, topic: str, context: Context | None = None, **likely: float) -> Reply:
    question = Question(text, topic, assistant.mentions(text), likely or {topic: 0.9})
    return assistant.reply(question, context or Context(), NOON)


def said(found: Reply) -> str:
    return "\n".join(answer.text for answer in found.answers)


def test_the_call_of_a_body_that_the_base_does_not_know_gets_no_date_of_another(assistant: Assistant) -> None:
    text = said(reply(assistant, "Quelle est la date limite de l'appel à projets de la CNSA ?", "deadline"))
    assert "CNSA" in text and "aucun appel" in text
    assert "septembre" not in text and "juin" not in text


def test_the_call_of_another_body_named_for_comparison_leaves_the_one_in_hand(assistant: Assistant) -> None:
    in_hand = Context(record_id="normandie-2024", topic="funding")
    found = reply(assistant, "C'est cumulable avec l'appel à projets de la CNSA ?", "cofunding", in_hand)
    assert found.answers[0].record and found.answers[0].record.id == "normandie-2024"


def test_once_published_the_call_of_such_a_body_is_answered(tmp_path: object, assistant: Assistant) -> None:
    store = Store(f"sqlite:///{tmp_path}/store.sqlite3")
    store.migrate()
    store.publish([publication("cnsa-2026", title="Appel à projets de la CNSA 2026")], "tests", NOON)
    known = Assistant(Catalogue(store).snapshot())
    assert "15 janvier 2027" in said(reply(known, "date limite de l'appel de la CNSA", "deadline"))
    store.close()


def test_what_looks_like_a_list_but_asks_something_of_the_one_call_of_a_place_is_answered(assistant: Assistant) -> None:
    asked = "Bon, il me faut le nombre d'établissements présents en Guadeloupe"
    found = reply(assistant, asked, "list", list=0.34, selection=0.12, results=0.09)
    assert "21 établissements" in said(found)
    assert "voici ce que je connais" in said(reply(assistant, "Quels appels en Guadeloupe ?", "list", list=0.9))


def test_the_deadlines_of_each_call_are_listed_call_by_call(assistant: Assistant) -> None:
    found = said(reply(assistant, "La date limite de chacun des appels ?", "list", list=0.9, deadline=0.2))
    assert "5 septembre 2022" in found and "28 juin 2019" in found


def test_a_day_to_confirm_hints_at_the_deadline(assistant: Assistant) -> None:
    asked = "On m'a dit le 12 octobre pour La Réunion, vous confirmez ?"
    found = reply(assistant, asked, "territory", territory=0.3, next_edition=0.2)
    assert found.answers[0].topic in {"deadline", "calendar"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("liste des AAC ARS", True),
        ("quels AMI pour un EHPAD ?", True),
        ("vous avez quelque chose à Lille ?", True),
        ("la liste de ce qu'il faut préparer pour l'appel de Normandie", False),
    ],
)
def test_words_that_ask_which_calls_there_are(text: str, expected: bool) -> None:
    assert asks_which_calls(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 31 janvier 2024", True),
        ("05/09/2022", True),
        ("le 1er juin", True),
        ("en 2024", False),
        ("les 5 sessions", False),
    ],
)
def test_a_day_is_told_from_a_year_and_from_a_count(text: str, expected: bool) -> None:
    assert names_a_day(text) is expected


def test_a_record_can_be_answered_under_the_topic_of_another(loaded: Assistant) -> None:
    """« Faut-il l'avis du CSE à La Réunion, comme en Normandie ? » aims at a point of another topic in one of the two."""
    question = "Pour La Réunion il faut l'avis favorable du CSE comme en Normandie ?"
    for record_id in loaded.base.summaries:
        record = loaded.base.get(record_id)
        ranked = loaded.index(record_id).rank(question, {"documents": 0.9})
        silent = [item for item in ranked if item.silent]
        for topic_id in load_topics():
            assert answer_topic(Evidence(record, tuple(ranked)), topic_id, NOON).text
            for item in silent:
                assert answer_topic(Evidence(record, (item, *ranked)), topic_id, NOON).text


@pytest.mark.parametrize(
    ("kinds", "told"),
    [(("ehpad",), False), (("esms",), False), (("social_establishment",), True), (("essms",), True), ((), True)],
)
def test_what_concerns_other_establishments_is_left_out(kinds: tuple[str, ...], told: bool, loaded: Assistant) -> None:
    """An EHPAD has no use for what the document says, and contradicts, of the social sector."""
    mentions = replace(loaded.mentions("en Normandie"), establishments=kinds)
    question = Question(
        "mon établissement du secteur social peut-il candidater ?", "eligibility", mentions, {"eligibility": 0.9}
    )
    text = loaded.reply(question, Context(), NOON).answers[0].text
    assert ("Secteur social" in text) is told


def test_no_question_breaks_whatever_was_understood_and_in_hand(loaded: Assistant) -> None:
    """Any question, taken for any topic, after any other: the model and the memory may be wrong, an answer comes."""
    chance = random.Random(1)
    topics, records = list(load_topics()), [None, *loaded.base.summaries]
    questions = [item for name in ("questions", "questions_apart") for item in read_questions(ROOT / "tests" / name)]
    for question in questions[::2]:
        topic = chance.choice([*topics, "list", "compare", "definition", "context"])
        context = Context(record_id=chance.choice(records), topic=chance.choice([None, *topics]))
        likely = {name: chance.random() for name in chance.sample(topics, 4)}
        asked = Question(question.text, topic, loaded.mentions(question.text), likely)
        assert all(answer.text for answer in loaded.reply(asked, context, NOON).answers)
