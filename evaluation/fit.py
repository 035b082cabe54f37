"""`make fit`: the weights of the ranking's clues (knowledge/ranking.py), fitted on questions whose answer is known.

Two kinds of questions: the ways of asking written in the base, each left out of the index while it is asked,
so that its nearness to itself tells nothing; and the questions of tests/questions, whose right entries are
those that hold what is expected. The weights are those under which the right entries of a record have the
highest probability among all its entries (conditional logit), the two kinds counting as much.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bot.nlu.intent_model import IntentModel
from evaluation.questions import FOLDER, Question, read_questions
from evaluation.understanding import training_examples
from knowledge.loader import FOLDER as RECORDS
from knowledge.loader import read_folder
from knowledge.places import find_places
from knowledge.ranking import CLUES, WEIGHTS, RecordIndex
from knowledge.reading import record_from
from knowledge.rendering import fact_lines

KEPT_TOPICS = 5  # as many as the message carries from the intent model to the actions
PENALTY = 2e-3
FREE = {"whole", "silent", "not_said"}  # kinds of entries: their weights may be negative
_TOPIC = "ask_"


@dataclass(frozen=True)
class Example:
    """A question: the clues of each entry of its record, and which entries are right."""

    text: str
    clues: np.ndarray
    right: np.ndarray


def likely_topics(model: IntentModel, texts: Sequence[str]) -> list[dict[str, float]]:
    """Return the most likely topics of each text, as a message carries them."""
    found = []
    for row in model.probabilities(list(texts)):
        best = row.argsort()[::-1][:KEPT_TOPICS]
        names = [(model.intents[item], float(row[item])) for item in best]
        found.append({name.removeprefix(_TOPIC): value for name, value in names if name.startswith(_TOPIC)})
    return found


def ways_of_asking(model: IntentModel, known: Sequence[RecordIndex]) -> Iterator[Example]:
    """Yield the ways of asking of every record, each with the clues it would have if it were not written there."""
    for index in known:
        listed = index.examples()
        for (place, text, owners), topics in zip(listed, likely_topics(model, [text for _, text, _ in listed])):
            clues = index.clues(text, topics, without=place)
            right = np.zeros(len(clues), dtype=bool)
            right[list(owners)] = True
            yield Example(text, clues, right)


def asked_questions(model: IntentModel, known: Sequence[RecordIndex], path: Path) -> Iterator[Example]:
    """Yield the questions of `path` that one record is about, with the entries that hold what is expected.

    A question that the documents leave without answer has for right entries the record's silences.
    """
    asked = [question for question in read_questions(path) if not question.context]
    for question, topics in zip(asked, likely_topics(model, [question.text for question in asked])):
        regions = {code for place in find_places(question.text) for code in place.region_codes}
        pool = [index for index in known if not regions or regions & set(index.record.regions)]
        found = [(index, right) for index in pool if (right := right_entries(question, index)).any()]
        if len(found) == 1 or (found and regions):
            index, right = found[0]
            yield Example(question.text, index.clues(question.text, topics), right)


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


def loss(weights: np.ndarray, found: Sequence[Example]) -> tuple[float, np.ndarray]:
    """Return the mean negative log-probability of the right entries, and its gradient."""
    total, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
    for example in found:
        scores = example.clues @ weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        mass = shares[example.right].sum()
        total -= float(np.log(mass + 1e-12)) / len(found)
        among = np.where(example.right, shares / (mass + 1e-12), 0.0)
        gradient = gradient - (among - shares) @ example.clues / len(found)
    return total, gradient


def found_first(weights: np.ndarray, found: Sequence[Example], first: int) -> float:
    """Return the share of questions with a right entry among the `first` ones."""
    hits = [example.right[np.argsort(-(example.clues @ weights))[:first]].any() for example in found]
    return sum(hits) / len(hits)


def main() -> int:
    """Fit on two thirds, check on the last, print the weights."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fit", description=__doc__)
    parser.add_argument("--questions", type=Path, nargs="*", default=[FOLDER], help="fichiers ou dossiers de questions")
    arguments = parser.parse_args()
    print("apprentissage du modèle d'intentions…", file=sys.stderr)
    model = IntentModel().fit(*training_examples())
    known = [RecordIndex(record_from(item.id, item.content)) for item in read_folder(RECORDS)]
    kinds = [
        list(ways_of_asking(model, known)),
        [example for path in arguments.questions for example in asked_questions(model, known, path)],
    ]
    learn = [[example for number, example in enumerate(kind) if number % 3] for kind in kinds]
    bounds = [(None, None) if name in FREE else (0.0, None) for name in CLUES]

    def both(weights: np.ndarray) -> tuple[float, np.ndarray]:
        (first, towards_first), (second, towards_second) = (loss(weights, kind) for kind in learn)
        return first + second, towards_first + towards_second

    fitted = minimize(both, WEIGHTS, jac=True, bounds=bounds, method="L-BFGS-B").x
    print("part des questions dont la bonne entrée vient en tête, puis parmi les trois premières")
    for label, kind in zip(("façons de demander", "questions"), kinds):
        for name, weights in (("actuels", WEIGHTS), ("ajustés", fitted)):
            figures = [found_first(weights, kind[::3], first) for first in (1, 3)]
            print(f"  {len(kind):5} {label:20} {name:8} {figures[0]:.3f}  {figures[1]:.3f}")
    for name, before, after in zip(CLUES, WEIGHTS, fitted):
        print(f"  {name:14} {before:6.2f} → {after:6.2f}")
    print("WEIGHTS = np.array([" + ", ".join(f"{value:.2f}" for value in fitted) + "])")
    return 0


if __name__ == "__main__":
    sys.exit(main())
