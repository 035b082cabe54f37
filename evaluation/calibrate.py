"""`make calibrate`: how the confidence threshold trades answers for mistakes, on data not learnt from.

In scope: every example of data/, predicted by a model that did not see it. For each threshold: the share
of messages answered, and the share of those answered on the right topic. Writes docs/calibration.md and
docs/calibration.svg; the threshold itself is set by hand in config.yml, from that curve.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from evaluation.understanding import ROOT, cross_validate, training_examples

DOCS = ROOT / "docs"
STEPS = np.round(np.arange(0.0, 0.96, 0.05), 2)


def curve(right: np.ndarray, confidence: np.ndarray) -> list[tuple[float, float, float]]:
    """Return (threshold, share answered, share right among those answered) for each step."""
    points = []
    for step in STEPS:
        kept = confidence >= step
        points.append((float(step), float(kept.mean()), float(right[kept].mean()) if kept.any() else 1.0))
    return points


def _threshold() -> float:
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    return float(next(item["threshold"] for item in config["pipeline"] if "threshold" in item))


def _draw(points: list[tuple[float, float, float]], chosen: float, file: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "calibration"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    axes.plot([p[0] for p in points], [p[1] for p in points], marker="o", label="messages compris")
    axes.plot([p[0] for p in points], [p[2] for p in points], marker="s", label="bon thème parmi eux")
    axes.axvline(chosen, linestyle="--", color="black", label=f"seuil retenu ({chosen:g})".replace(".", ","))
    axes.set_xlabel("seuil de confiance")
    axes.set_ylim(0, 1.02)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    """Measure, draw, and write the page."""
    scores, confidence, predicted = cross_validate()
    right = np.array([true == guess for true, guess in zip(training_examples()[1], predicted)])
    points = curve(right, confidence)
    chosen = _threshold()
    DOCS.mkdir(exist_ok=True)
    _draw(points, chosen, DOCS / "calibration.svg")
    rows = "\n".join(
        f"| {t:.2f} | {100 * answered:.1f} % | {100 * good:.1f} % |".replace(".", ",") for t, answered, good in points
    )
    (DOCS / "calibration.md").write_text(
        f"""# Seuil de confiance

Page écrite par `make calibrate`. Chaque exemple de `data/` est classé par un modèle qui ne l'a pas vu
(3 plis, {len(right)} exemples, F1 macro {scores.macro_f1:.3f}).

![Courbe](calibration.svg)

| seuil | messages compris | bon thème parmi eux |
|---|---|---|
{rows}

Seuil retenu dans `config.yml` : **{chosen:g}**. Il est bas à dessein : sous ce seuil la question n'est pas
perdue, les faits de la fiche sont classés d'après ses mots et son sens (`knowledge/understanding/ranking.py`), et l'assistant
dit que ce n'est qu'une approche ; au-dessus, un thème probable à moins de 50 % est présenté avec la même réserve.
""",
        "utf-8",
    )
    print(f"docs/calibration.md écrit ; F1 macro {scores.macro_f1:.3f}")


if __name__ == "__main__":
    main()
