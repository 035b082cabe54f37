"""How well intents are told apart, by cross-validation on the training examples."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from bot.nlu.intent_model import IntentModel
from knowledge.base.loader import ways_of_asking

ROOT = Path(__file__).parent.parent
FOLDS = 3


def training_examples() -> tuple[list[str], list[str]]:
    """Return the texts and intents of data/."""
    texts, intents = [], []
    for file in sorted((ROOT / "data").rglob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8")).get("nlu", ()):
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    texts.append(line[2:].strip())
                    intents.append(block["intent"])
    return texts, intents


def all_examples() -> tuple[list[str], list[str]]:
    """Return the texts and intents that a model learns from: those of data/, then the base's ways of asking."""
    texts, intents = training_examples()
    ways = ways_of_asking()
    return texts + [way for _, way in ways], intents + [f"ask_{topic}" for topic, _ in ways]


def data_hash(examples: tuple[list[str], list[str]], *extra: Path) -> str:
    """Return a short hash of examples and of other files that decide a result."""
    digest = hashlib.sha256(json.dumps(examples, ensure_ascii=False).encode())
    for file in extra:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def folds(intents: list[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the same (train, test) positions for every pipeline compared."""
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    return list(splitter.split(np.zeros(len(intents)), intents))


@dataclass(frozen=True)
class Understanding:
    """Cross-validated scores: macro F1, accuracy, and the most frequent confusions (true, predicted, count)."""

    macro_f1: float
    accuracy: float
    confusions: list[tuple[str, str, int]]


def score(intents: list[str], predicted: list[str]) -> Understanding:
    """Return the scores of predictions."""
    pairs = Counter((true, guess) for true, guess in zip(intents, predicted) if true != guess)
    return Understanding(
        float(f1_score(intents, predicted, average="macro")),
        float(np.mean([true == guess for true, guess in zip(intents, predicted)])),
        [(true, guess, count) for (true, guess), count in pairs.most_common(10)],
    )


def cross_validate() -> tuple[Understanding, np.ndarray, list[str]]:
    """Return our model's scores, with the confidence and the prediction of each example."""
    texts, intents = training_examples()
    predicted = [""] * len(texts)
    confidence = np.zeros(len(texts))
    for train, test in folds(intents):
        model = IntentModel().fit([texts[index] for index in train], [intents[index] for index in train])
        rows = model.probabilities([texts[index] for index in test])
        for index, row in zip(test, rows):
            best = int(row.argmax())
            predicted[index], confidence[index] = model.intents[best], row[best]
    return score(intents, predicted), confidence, predicted
