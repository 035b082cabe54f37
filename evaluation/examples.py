"""Questions whose right answer is known, with what the ranking and the decision see of each: what `make fit` learns from.

Calls: the base's (with their own ways of asking, then without), the published ones, and those of tests/unseen, with their documents
and without; tests/unseen_apart is never read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import yaml

from bot.nlu.intent_model import IntentModel
from evaluation.questions import FOLDER as QUESTIONS
from evaluation.questions import Question, read_questions
from evaluation.unseen import FOLDER as UNSEEN
from evaluation.unseen import plain
from evaluation.unseen import read_questions as read_unseen
from knowledge.base.loader import FOLDER as RECORDS
from knowledge.base.loader import read_folder
from knowledge.base.passages.document import read_document
from knowledge.base.passages.search import PassageIndex
from knowledge.base.reading import record_from
from knowledge.base.records import Record
from knowledge.places.finding import find_places
from knowledge.understanding.evidence import gather
from knowledge.understanding.ranking import RecordIndex
from knowledge.understanding.weighing import clues_of, first_said
from knowledge.wording.rendering import fact_lines

KEPT_TOPICS = 5  # as many as the message carries from the intent model to the actions
KINDS = ("base", "asked", "published", "unseen", "alone")
_PUBLISHED = QUESTIONS.parent / "knowledge"
_SILENT_WORDS = ("inconnu", "non dit", "précise")
_TOPIC = "ask_"


@dataclass(frozen=True)
class Case:
    """A question on one call.

    Attributes:
        kind: of call, one of KINDS.
        clues: an array (entries, clues of the ranking).
        right: which entries are right; of a question without answer, the silences.
        answerable: whether it has an answer.
    """

    call: str
    kind: str
    text: str
    clues: np.ndarray
    right: np.ndarray
    answerable: bool
    expects: tuple[str, ...]
    index: RecordIndex
    topics: dict[str, float]

    def weighed(self) -> tuple[dict[str, float], bool, bool] | None:
        """Return what the decision sees, whether the best fact is right, and the best passage; None without facts."""
        evidence = gather(self.index, self.text, self.topics)
        best = first_said(evidence.ranked)
        if best is None:
            return None
        place = next(at for at, fact in enumerate(self.index.entries) if fact is best.fact)
        text = plain(evidence.passages[0].passage.text) if evidence.passages else ""
        holds = bool(text) and all(re.search(item, text, re.IGNORECASE) for item in self.expects)
        return clues_of(evidence), self.answerable and bool(self.right[place]), self.answerable and holds


def without_ways(record: Record) -> Record:
    """Return a record as an agency writes it: without ways of asking."""
    return replace(record, facts=tuple(replace(fact, asked=()) for fact in record.facts))


def cases(model: IntentModel) -> Iterator[Case]:
    """Yield every question whose right entries are known."""
    records = [record_from(item.id, item.content) for item in read_folder(RECORDS)]
    asked = [question for question in read_questions(QUESTIONS) if not question.context]
    for kind, known in (("base", list(map(without_ways, records))), ("asked", records)):
        yield from _on_the_base(model, kind, [RecordIndex(record) for record in known], asked)
    yield from _on_published(model)
    yield from _on_unseen(model, "unseen")
    yield from _on_unseen(model, "alone")


def _on_the_base(
    model: IntentModel, kind: str, known: Sequence[RecordIndex], asked: Sequence[Question]
) -> Iterator[Case]:
    for question, topics in zip(asked, likely_topics(model, [item.text for item in asked])):
        regions = {code for place in find_places(question.text) for code in place.region_codes}
        pool = [index for index in known if not regions or regions & set(index.record.regions)]
        found = [index for index in pool if right_entries(question, index).any()]
        if len(found) == 1 or found and regions:
            yield _case(kind, question, found[0], topics)


def _on_published(model: IntentModel) -> Iterator[Case]:
    known = {item.id: item.content for item in read_folder(_PUBLISHED / "published")}
    indexes = {name: RecordIndex(without_ways(record_from(name, content))) for name, content in known.items()}
    written = yaml.safe_load((_PUBLISHED / "published_questions.yml").read_text("utf-8"))
    for item, topics in zip(written, likely_topics(model, [item["text"] for item in written])):
        answerable = not any(word in expected for expected in item["expects"] for word in _SILENT_WORDS)
        expects = tuple(item["expects"]) if answerable else ()
        question = Question(item["text"], item["text"], (), answerable, expects, (), "published")
        if right_entries(question, indexes[item["call"]]).any():
            yield _case("published", question, indexes[item["call"]], topics)


def _on_unseen(model: IntentModel, kind: str) -> Iterator[Case]:
    indexes = {}
    for written in read_folder(UNSEEN / "calls"):
        text = (UNSEEN / "documents" / f"{written.id}.md").read_text("utf-8")
        passages = PassageIndex(read_document(text)) if kind == "unseen" else None
        indexes[written.id] = RecordIndex(without_ways(record_from(written.id, written.content)), passages)
    asked = read_unseen(UNSEEN)
    for item, topics in zip(asked, likely_topics(model, [item.text for item in asked])):
        expects = item.expects if item.answerable else ()
        question = Question(item.id, item.text, (), item.answerable, expects, (), kind)
        yield _case(kind, question, indexes[item.call], topics)


def _case(kind: str, question: Question, index: RecordIndex, topics: dict[str, float]) -> Case:
    clues, right = index.clues(question.text, topics), right_entries(question, index)
    expects = tuple(question.expects)
    return Case(index.record.id, kind, question.text, clues, right, question.answerable, expects, index, topics)


def likely_topics(model: IntentModel, texts: Sequence[str]) -> list[dict[str, float]]:
    """Return the most likely topics of each text, as a message carries them."""
    found = []
    for row in model.probabilities(list(texts)):
        best = row.argsort()[::-1][:KEPT_TOPICS]
        names = [(model.intents[item], float(row[item])) for item in best]
        found.append({name.removeprefix(_TOPIC): value for name, value in names if name.startswith(_TOPIC)})
    return found


def right_entries(question: Question, index: RecordIndex) -> np.ndarray:
    """Return which entries of a record hold what a question expects; of one without answer, the silences."""
    if not question.answerable:
        return np.array([index.is_silence(place) for place in range(len(index.entries))])
    if not question.expects:
        return np.zeros(len(index.entries), dtype=bool)
    texts = ["\n".join(fact_lines(fact)) if fact.text or fact.value else "" for fact in index.entries]
    holds = np.array([[bool(re.search(item, text, re.IGNORECASE)) for item in question.expects] for text in texts])
    if holds.all(axis=1).any():
        right: np.ndarray = holds.all(axis=1)
        return right
    return holds.any(axis=1) if holds.any(axis=0).all() else np.zeros(len(texts), dtype=bool)
