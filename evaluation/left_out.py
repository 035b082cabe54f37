"""`make fit-unseen`: the weights of the ranking and of the decision, learnt on calls other than the one they are measured on.

Calls: the base's (with their own ways of asking, then without), the published ones, and those of tests/unseen with their documents;
tests/unseen_apart is never read here. Printed: how often a right entry comes first, by kind of call, each call ranked by
weights that never saw it; then the weights learnt on all, to be copied to knowledge/ranking.py and knowledge/weighing.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import yaml
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bot.nlu.intent_model import IntentModel
from evaluation.fit import PENALTY, Example, likely_topics, right_entries
from evaluation.questions import FOLDER as QUESTIONS
from evaluation.questions import Question, read_questions
from evaluation.understanding import training_examples
from evaluation.unseen import FOLDER as UNSEEN
from evaluation.unseen import read_questions as read_unseen
from knowledge.loader import FOLDER as RECORDS
from knowledge.loader import read_folder
from knowledge.passages.document import read_document
from knowledge.passages.search import PassageIndex
from knowledge.places import find_places
from knowledge.ranking import CLUES, RecordIndex
from knowledge.reading import record_from
from knowledge.records import Record
from knowledge.weighing import clues_of

_PUBLISHED = QUESTIONS.parent / "knowledge"
_FREE = {"whole", "silent", "not_said", "spoken"}
# The few unseen calls count as much together as the many questions of the five documents.
_COUNTS = {"base": 1.0, "asked": 1.0, "published": 3.0, "unseen": 4.0}
_SILENT_WORDS = ("inconnu", "non dit", "précise")


@dataclass(frozen=True)
class Case:
    """A question on one call: `kind` of call, the clues of its entries, which are right, and whether it has an answer."""

    call: str
    kind: str
    example: Example
    answerable: bool
    index: RecordIndex
    topics: dict[str, float]


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
    yield from _on_unseen(model)


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


def _on_unseen(model: IntentModel) -> Iterator[Case]:
    indexes = {
        item.id: RecordIndex(
            without_ways(record_from(item.id, item.content)),
            PassageIndex(read_document((UNSEEN / "documents" / f"{item.id}.md").read_text("utf-8"))),
        )
        for item in read_folder(UNSEEN / "calls")
        if item.id in {question.call for question in read_unseen(UNSEEN)}
    }
    asked = read_unseen(UNSEEN)
    for item, topics in zip(asked, likely_topics(model, [item.text for item in asked])):
        expects = item.expects if item.answerable else ()
        yield _case(
            "unseen",
            Question(item.id, item.text, (), item.answerable, expects, (), "unseen"),
            indexes[item.call],
            topics,
        )


def _case(kind: str, question: Question, index: RecordIndex, topics: dict[str, float]) -> Case:
    example = Example(question.text, index.clues(question.text, topics), right_entries(question, index))
    return Case(index.record.id, kind, example, question.answerable, index, topics)


def learnt(found: Sequence[Case]) -> np.ndarray:
    """Return the weights under which the right entries are the likeliest (conditional logit)."""
    known = [(item.example.clues, item.example.right, _COUNTS[item.kind]) for item in found if item.example.right.any()]
    total = sum(count for _, _, count in known)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for clues, right, count in known:
            scores = clues @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            mass = shares[right].sum() + 1e-12
            value -= count * float(np.log(mass)) / total
            gradient = gradient - count * ((np.where(right, shares / mass, 0.0) - shares) @ clues) / total
        return value, gradient

    bounds = [(None, None) if name in _FREE else (0.0, None) for name in CLUES]
    result: np.ndarray = minimize(loss, np.full(len(CLUES), 0.5), jac=True, bounds=bounds, method="L-BFGS-B").x
    return result


def main() -> int:
    """Learn, measure with each call left out, print."""
    model = IntentModel().fit(*training_examples())
    found = list(cases(model))
    calls = sorted({item.call for item in found})
    print(f"{len(found)} questions sur {len(calls)} appels", flush=True)
    weights = {call: learnt([item for item in found if item.call != call]) for call in calls}
    for kind in _COUNTS:
        chosen = [item for item in found if item.kind == kind and item.answerable and item.example.right.any()]
        orders = [np.argsort(-(item.example.clues @ weights[item.call])) for item in chosen]
        firsts = [
            np.mean([item.example.right[order[:first]].any() for item, order in zip(chosen, orders)])
            for first in (1, 3)
        ]
        print(
            f"  {kind:10} {len(chosen):5} questions : bonne entrée en tête {firsts[0]:.3f}, parmi trois {firsts[1]:.3f}"
        )
    whole = learnt(found)
    print("WEIGHTS = np.array([" + ", ".join(f"{value:.2f}" for value in whole) + "])")
    _decisions(found)
    return 0


def _decisions(found: Sequence[Case]) -> None:
    """Print the two models of the decision, and how well each tells on calls left out (area under the curve)."""
    ranked = [item.index.rank(item.example.text, item.topics) for item in found]
    named = [clues_of(entries) for entries in ranked]
    names = list(named[0])
    table = np.array([[clues[name] for name in names] for clues in named])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = (table - mean) / spread
    calls = np.array([item.call for item in found])
    counts = np.array([_COUNTS[item.kind] for item in found])
    right = np.array([_is_right(item, entries) for item, entries in zip(found, ranked)])
    nothing = np.array([not item.answerable for item in found])
    for label, truth in (("SURE", right), ("NONE", nothing)):
        guessed = np.zeros(len(found))
        for call in sorted(set(calls)):
            out = calls == call
            part = LogisticRegression(C=0.3, max_iter=500).fit(scaled[~out], truth[~out], sample_weight=counts[~out])
            guessed[out] = part.predict_proba(scaled[out])[:, 1]
        fitted = LogisticRegression(C=0.3, max_iter=500).fit(scaled, truth, sample_weight=counts)
        slopes = fitted.coef_[0] / spread
        written = ", ".join(f'"{name}": {value:.2f}' for name, value in zip(names, slopes))
        print(
            f"{label} (aire {roc_auc_score(truth, guessed):.3f}) = {{{written}}}, {fitted.intercept_[0] - slopes @ mean:.2f}"
        )


def _is_right(item: Case, ranked: Sequence[object]) -> bool:
    first = next((entry for entry in ranked if not entry.silent and not entry.whole), None)  # type: ignore[attr-defined]
    if first is None or not item.answerable:
        return False
    place = next(at for at, fact in enumerate(item.index.entries) if fact is first.fact)  # type: ignore[attr-defined]
    return bool(item.example.right[place])


if __name__ == "__main__":
    sys.exit(main())
