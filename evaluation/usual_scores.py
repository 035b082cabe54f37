"""The same measures for the usual Rasa pipeline (evaluation/usual/config.yml), cached by the data's hash.

Training it takes about twenty minutes a fold on two cores, so results are kept in
evaluation/usual/results/, beside the hash of the examples, of its configuration and of the questions.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from evaluation.bench.servers import USUAL, environment, free_ports, start_actions, start_rasa, train
from evaluation.questions import Question, Verdict, judge
from evaluation.understanding import ROOT, Understanding, data_hash, folds, score, training_examples

RESULTS = Path(__file__).parent / "usual" / "results"
Answers = tuple[list[Verdict], list[float]]


def usual_scores(questions: Sequence[Question], *, compute: bool) -> tuple[Answers | None, Understanding | None]:
    """Return the answers to `questions` and the cross-validated scores, from the cache or by training (`compute`)."""
    intents_file = RESULTS / f"intents-{data_hash(USUAL.config)}.json"
    answers_file = RESULTS / f"answers-{data_hash(USUAL.config)}.json"
    RESULTS.mkdir(exist_ok=True)
    if compute and not answers_file.exists():
        answers_file.write_text(json.dumps(_answers(questions), ensure_ascii=False, indent=1), "utf-8")
    if compute and not intents_file.exists():
        intents_file.write_text(json.dumps(_predictions(), ensure_ascii=False), "utf-8")
    understanding = None
    if intents_file.exists():
        understanding = score(training_examples()[1], json.loads(intents_file.read_text("utf-8")))
    if not answers_file.exists():
        return None, understanding
    kept: dict[str, Any] = json.loads(answers_file.read_text("utf-8"))
    known = [question for question in questions if question.id in kept]
    if len(known) < len(questions):
        return None, understanding
    verdicts = [judge(question, kept[question.id]["text"]) for question in known]
    return (verdicts, [kept[question.id]["seconds"] for question in known]), understanding


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


def _predictions() -> list[str]:
    """Return the intent predicted for each training example by a model that did not see it."""
    texts, intents = training_examples()
    predicted = [""] * len(texts)
    for number, (learn, test) in enumerate(folds(intents), 1):
        print(f"  alternative habituelle : pli {number}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _write_data(folder, [texts[item] for item in learn], [intents[item] for item in learn])
            train(USUAL, folder)
            (folder / "texts.json").write_text(json.dumps([texts[item] for item in test]), "utf-8")
            # In a process of its own: TensorFlow gives its memory back only by ending.
            command = [
                sys.executable,
                "-m",
                "evaluation.usual.predict",
                str(USUAL.model(folder)),
                str(folder / "texts.json"),
            ]
            done = subprocess.run(
                command, cwd=ROOT, env=environment(folder, 0), check=True, capture_output=True, text=True
            )
            for item, guess in zip(test, json.loads(done.stdout.splitlines()[-1])):
                predicted[item] = guess
    return predicted


def _answers(questions: Sequence[Question]) -> dict[str, dict[str, Any]]:
    """Return what the usual pipeline, with our actions and knowledge, answers to each question."""
    import httpx

    texts, intents = training_examples()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_data(folder, texts, intents)
        print("  alternative habituelle : apprentissage sur toutes les données", file=sys.stderr)
        train(USUAL, folder)
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
                        body = {"sender": question.id, "message": turn}
                        items = client.post("/webhooks/rest/webhook", json=body).json()
                    seconds = (time.perf_counter() - start) / (1 + len(question.context))
                    parts = [(item.get("custom") or item).get("text") or "" for item in items]
                    found[question.id] = {"text": "\n\n".join(parts), "seconds": round(seconds, 4)}
        finally:
            rasa.stop()
            actions.stop()
    return found
