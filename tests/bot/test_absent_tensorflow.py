"""TensorFlow is left out only where nothing can need it."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot.nlu import absent_tensorflow

ROOT = Path(__file__).parents[2]


def _archive(file: Path, *components: str) -> Path:
    metadata = file.with_suffix(".json")
    nodes = {str(number): {"uses": name} for number, name in enumerate(components)}
    metadata.write_text(json.dumps({"train_schema": {"nodes": nodes}, "predict_schema": {"nodes": {}}}))
    with tarfile.open(file, "w:gz") as archive:
        archive.add(metadata, "metadata.json")
    return file


@pytest.mark.parametrize(
    ("components", "needed"),
    [
        (["rasa.core.policies.rule_policy.RulePolicy", "bot.nlu.intent_classifier.IntentClassifier"], False),
        (["rasa.nlu.classifiers.diet_classifier.DIETClassifier"], True),
        (["rasa.core.policies.ted_policy.TEDPolicy"], True),
        (["somebody.else.Component"], True),
    ],
)
def test_tensorflow_stays_when_a_component_may_use_it(tmp_path: Path, components: list[str], needed: bool) -> None:
    assert absent_tensorflow.needs_tensorflow(_archive(tmp_path / "model.tar.gz", *components)) is needed


def test_tensorflow_stays_when_the_model_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"broken")
    for name in ("broken.tar.gz", "absent.tar.gz"):
        assert absent_tensorflow.needs_tensorflow(tmp_path / name)


def test_rasa_starts_without_tensorflow() -> None:
    script = """
import sys
from bot.nlu import absent_tensorflow
assert absent_tensorflow.leave_out() and absent_tensorflow.leave_out()
import rasa.core.run, rasa.core.agent, rasa.engine.recipes.default_recipe
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
import tensorflow as tf
assert not isinstance(3, tf.Tensor)
assert "tensorflow.python" not in sys.modules
try:
    tf.constant(1)
except absent_tensorflow.TensorFlowAbsent as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "constant" in done.stdout
