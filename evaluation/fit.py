"""`make fit`: the weights of the ranking and of the decision, learnt on calls other than the one they are measured on.

Printed: how often a right entry comes first, by kind of call, each call ranked by weights that never saw it, and how well each model
of the decision tells right from wrong on calls left out (area under the curve); then knowledge/weights.yml is written, learnt on all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

import numpy as np
import yaml
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bot.nlu.intent_model import IntentModel
from evaluation.examples import KINDS, Case, cases
from evaluation.understanding import training_examples
from knowledge.understanding.ranking import CLUES
from knowledge.understanding.weights import FILE

PENALTY = 2e-3
_INVERSE_STRENGTH = 0.03  # of the decision's models: few calls, many clues
_FREE = {"whole", "silent", "not_said", "spoken"}  # their weights may be negative
# The few unseen calls count as much together as the many questions of the five documents.
_COUNTS = {"base": 1.0, "asked": 1.0, "published": 3.0, "unseen": 4.0, "alone": 2.0}
# Share of the questions without answer in what people ask; the sets hold more of them.
_NONE = 0.25
_HEAD = """# Written by `make fit` from the questions of tests/; not to be edited by hand. What each clue is: knowledge/understanding/ranking.py (ranking)
# and knowledge/understanding/weighing.py (decision: whether the best fact, the best passage, and anything at all answers).
"""


def learnt(found: Sequence[Case]) -> np.ndarray:
    """Return the weights under which the right entries are the likeliest (conditional logit)."""
    known = [(item.clues, item.right, _COUNTS[item.kind]) for item in found if item.right.any()]
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


def ranking(found: Sequence[Case]) -> dict[str, float]:
    """Return the weights of the ranking learnt on all; print how they do on calls left out."""
    calls = sorted({item.call for item in found})
    weights = {call: learnt([item for item in found if item.call != call]) for call in calls}
    for kind in KINDS:
        chosen = [item for item in found if item.kind == kind and item.answerable and item.right.any()]
        orders = [np.argsort(-(item.clues @ weights[item.call])) for item in chosen]
        firsts = [np.mean([item.right[order[:first]].any() for item, order in zip(chosen, orders)]) for first in (1, 3)]
        print(
            f"  {kind:10} {len(chosen):5} questions : bonne entrée en tête {firsts[0]:.3f}, parmi trois {firsts[1]:.3f}"
        )
    return {name: round(float(value), 2) for name, value in zip(CLUES, learnt(found))}


def decision(found: Sequence[Case]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the models of the decision learnt on all; print how they do on calls left out."""
    seen = [(item, known) for item in found if (known := item.weighed()) is not None]
    groups: dict[str, Callable[[Case], bool]] = {
        "with_document": lambda item: item.kind == "unseen",
        "alone": lambda item: item.kind != "unseen",
    }
    result: dict[str, dict[str, dict[str, float]]] = {}
    for group, belongs in groups.items():
        chosen = [(item, known) for item, known in seen if belongs(item)]
        names = list(chosen[0][1][0])
        table = np.array([[known[0][name] for name in names] for _, known in chosen])
        calls = np.array([item.call for item, _ in chosen])
        answerable = np.array([item.answerable for item, _ in chosen])
        counts = np.array([_COUNTS[item.kind] for item, _ in chosen])
        balance = (_NONE / (1 - _NONE)) * counts[answerable].sum() / max(1e-9, counts[~answerable].sum())
        counts = np.where(answerable, counts, counts * balance)
        truths = {"fact": [known[1] for _, known in chosen], "passage": [known[2] for _, known in chosen]}
        truths["answered"] = answerable.tolist()
        if group == "alone":
            del truths["passage"]
        result[group] = {
            label: _model(label, names, table, np.array(truth), calls, counts) for label, truth in truths.items()
        }
    return result


def _model(
    label: str, names: Sequence[str], table: np.ndarray, truth: np.ndarray, calls: np.ndarray, counts: np.ndarray
) -> dict[str, float]:
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = (table - mean) / spread
    guessed = np.zeros(len(truth))
    for call in sorted(set(calls)):
        out = calls == call
        part = LogisticRegression(C=_INVERSE_STRENGTH, max_iter=500)
        part.fit(scaled[~out], truth[~out], sample_weight=counts[~out])
        guessed[out] = part.predict_proba(scaled[out])[:, 1]
    print(f"  {label:10} {len(truth):5} questions : aire {roc_auc_score(truth, guessed):.3f}")
    fitted = LogisticRegression(C=_INVERSE_STRENGTH, max_iter=500).fit(scaled, truth, sample_weight=counts)
    slopes = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - slopes @ mean)
    return {"bias": round(bias, 3), **{name: round(float(value), 3) for name, value in zip(names, slopes)}}


def main(argv: list[str] | None = None) -> int:
    """Learn, measure with each call left out, write; return 0."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fit", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="mesure sans rien écrire")
    parser.add_argument("--decision-only", action="store_true", help="garde les poids du classement")
    arguments = parser.parse_args(argv)
    model = IntentModel().fit(*training_examples())
    found = list(cases(model))
    print(f"{len(found)} questions sur {len({item.call for item in found})} appels", flush=True)
    written = yaml.safe_load(FILE.read_text("utf-8"))
    if not arguments.decision_only:
        written["ranking"] = ranking(found)
        print("relancez avec --decision-only : la décision se règle sur le classement en place")
    else:
        written["decision"] = decision(found)
    if not arguments.dry_run:
        FILE.write_text(_HEAD + yaml.safe_dump(written, sort_keys=False, allow_unicode=True), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
