"""The same measures for the usual Rasa pipeline (evaluation/usual/config.yml), cached by the data's hash.

Training it takes more than twenty minutes a fold on two cores, so what it predicted and answered is kept in
evaluation/usual/results/, under the hash of the examples and of its configuration; its models stay in
var/usual/. A run that was stopped goes on where it was: what is already there is not computed again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.bench.servers import USUAL, environment, free_ports, start_actions, start_rasa, train
from evaluation.questions import Question, Verdict, judge
from evaluation.understanding import (
    FOLDS,
    ROOT,
    Understanding,
    all_examples,
    data_hash,
    folds,
    score,
    training_examples,
)

RESULTS = Path(__file__).parent / "usual" / "results"
MODELS = ROOT / "var" / "usual"
Answers = tuple[list[Verdict], list[float]]


@dataclass(frozen=True)
class Usual:
    """What is known of the usual pipeline; `stale`: learnt from another version of the examples."""

    answers: Answers | None
    understanding: Understanding | None
    stale: bool


def usual_scores(questions: Sequence[Question], *, compute: bool) -> Usual:
    """Return the answers to `questions` and the cross-validated scores: what is kept, completed when `compute`.

    Without `compute`, what was kept for the last examples measured serves when there is nothing newer.
    """
    RESULTS.mkdir(exist_ok=True)
    answers, old_answers = _kept_answers(questions, compute=compute)
    understanding, old_folds = _understanding(compute=compute)
    return Usual(answers, understanding, old_answers or old_folds)


def _kept_answers(questions: Sequence[Question], *, compute: bool) -> tuple[Answers | None, bool]:
    known = data_hash(all_examples(), USUAL.config)
    file = RESULTS / f"answers-{known}.json"
    if compute:
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
        missing = [question for question in questions if _key(question) not in kept]
        if missing:
            kept.update(_answers(missing, _model(known)))
            file.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
        _forget(RESULTS.glob("answers-*.json"), known)
    found = file if file.exists() else next(RESULTS.glob("answers-*.json"), None)
    kept = json.loads(found.read_text("utf-8")) if found else {}
    if any(_key(question) not in kept for question in questions):
        return None, False
    verdicts = [judge(question, kept[_key(question)]["text"]) for question in questions]
    return (verdicts, [kept[_key(question)]["seconds"] for question in questions]), found != file


def _key(question: Question) -> str:
    return hashlib.sha256("\n".join((*question.context, question.text)).encode()).hexdigest()[:16]


def _understanding(*, compute: bool) -> tuple[Understanding | None, bool]:
    texts, intents = training_examples()
    known = data_hash((texts, intents), USUAL.config)
    if compute:
        for number, (learn, test) in enumerate(folds(intents), 1):
            file = RESULTS / f"fold{number}-{known}.json"
            if not file.exists():
                print(f"  alternative habituelle : pli {number} sur {FOLDS}", file=sys.stderr)
                guesses = _predict([texts[i] for i in learn], [intents[i] for i in learn], [texts[i] for i in test])
                kept = {"expected": [intents[i] for i in test], "predicted": guesses}
                file.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        _forget(RESULTS.glob("fold*-*.json"), known)
    files = list(RESULTS.glob(f"fold*-{known}.json"))
    stale = not files
    files = files or list(RESULTS.glob("fold*-*.json"))
    if len(files) != FOLDS:
        return None, False
    parts = [json.loads(file.read_text("utf-8")) for file in files]
    expected, predicted = ([name for part in parts for name in part[side]] for side in ("expected", "predicted"))
    return score(expected, predicted), stale


def _forget(files: Iterable[Path], known: str) -> None:
    """Erase what was kept for other versions of the examples."""
    for file in files:
        if known not in file.name:
            file.unlink()


def _write_data(folder: Path, texts: Sequence[str], intents: Sequence[str]) -> None:
    blocks: dict[str, list[str]] = {}
    for text, intent in zip(texts, intents):
        blocks.setdefault(intent, []).append(f"- {text}\n")
    nlu = [{"intent": intent, "examples": "".join(lines)} for intent, lines in sorted(blocks.items())]
    (folder / "data").mkdir(parents=True)
    content = yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000)
    (folder / "data" / "nlu.yml").write_text(content, "utf-8")
    (folder / "data" / "rules.yml").write_text((ROOT / "data" / "rules.yml").read_text("utf-8"), "utf-8")
    (folder / "domain.yml").write_text((ROOT / "domain.yml").read_text("utf-8"), "utf-8")


def _predict(texts: Sequence[str], intents: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return the intents that a model trained on `texts` gives to `asked`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_data(folder, texts, intents)
        train(USUAL, folder)
        (folder / "texts.json").write_text(json.dumps(list(asked)), "utf-8")
        # In a process of its own: TensorFlow gives its memory back only by ending.
        command = ["-m", "evaluation.usual.predict", str(USUAL.model(folder)), str(folder / "texts.json")]
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(folder, 0),
            check=True,
            capture_output=True,
            text=True,
        )
        found: list[str] = json.loads(done.stdout.splitlines()[-1])
        return found


def _model(known: str) -> Path:
    """Return the model trained on all the examples, trained now unless it was before."""
    kept = MODELS / f"{known}.tar.gz"
    if not kept.exists():
        print("  alternative habituelle : apprentissage sur toutes les données", file=sys.stderr)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write_data(folder, *all_examples())
            train(USUAL, folder)
            MODELS.mkdir(parents=True, exist_ok=True)
            shutil.copy(USUAL.model(folder), kept)
    return kept


def _answers(questions: Sequence[Question], model: Path) -> dict[str, dict[str, Any]]:
    """Return what the usual pipeline, with our actions and knowledge, answers to each question."""
    import httpx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        USUAL.model(folder).parent.mkdir(parents=True)
        shutil.copy(model, USUAL.model(folder))
        rasa_port, actions_port = free_ports(2)
        actions = start_actions(folder, actions_port)
        rasa, _ = start_rasa(USUAL, folder, rasa_port, actions_port)
        found = {}
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{rasa_port}", timeout=60) as client:
                for question in questions:
                    start = time.perf_counter()
                    items: list[dict[str, Any]] = []
                    for turn in (*question.context, question.text):
                        body = {"sender": _key(question), "message": turn}
                        items = client.post("/webhooks/rest/webhook", json=body).json()
                    seconds = (time.perf_counter() - start) / (1 + len(question.context))
                    parts = [(item.get("custom") or item).get("text") or "" for item in items]
                    found[_key(question)] = {"text": "\n\n".join(parts), "seconds": round(seconds, 4)}
        finally:
            rasa.stop()
            actions.stop()
    return found
