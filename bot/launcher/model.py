"""The trained model: is it there, and is it that of the present files."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

NAME = "assistant"


class ModelState(Enum):
    """What the model is worth."""

    CURRENT = "current"
    ABSENT = "absent"
    STALE = "stale"  # trained from other files, or of unknown origin


def model_file(root: Path) -> Path:
    """Return where the model is."""
    return root / "models" / f"{NAME}.tar.gz"


def state(root: Path) -> ModelState:
    """Compare the model and its record with the present files."""
    if not model_file(root).is_file():
        return ModelState.ABSENT
    try:
        record = json.loads(_record_file(root).read_text("utf-8"))
        same = record == {"sources": sources_hash(root), "model": _file_hash(model_file(root))}
    except (OSError, ValueError):
        same = False
    return ModelState.CURRENT if same else ModelState.STALE


def write_record(root: Path, sources: str) -> None:
    """Note that the model was just trained from the files whose hash is `sources`."""
    record = {"sources": sources, "model": _file_hash(model_file(root))}
    _record_file(root).write_text(json.dumps(record, indent=2) + "\n", "utf-8")


def sources_hash(root: Path) -> str:
    """Return one fingerprint of everything that a model depends on."""
    total = hashlib.sha256(importlib.metadata.version("rasa").encode())
    for file in _sources(root):
        total.update(f"\0{file.relative_to(root).as_posix()}\0{_file_hash(file)}".encode())
    return total.hexdigest()


def training_command(python: str, root: Path) -> list[str]:
    """Return the command that trains the model and writes it in its place."""
    domain = "domain.yml" if (root / "domain.yml").is_file() else "domain"
    options = ["--config", "config.yml", "--domain", domain, "--data", "data"]
    # --force: Rasa's own cache sees neither the topics nor the modules that a component imports.
    return [python, "-m", "rasa", "train", *options, "--fixed-model-name", NAME, "--out", "models", "--force"]


def _sources(root: Path) -> Iterator[Path]:
    for name in ("config.yml", "domain.yml"):
        if (root / name).is_file():
            yield root / name
    # The components' code too, with what they read of the knowledge package: a model trained with
    # other topics or other ways to compare words may load and answer otherwise. Not the records: what
    # they add to the examples helps, but publishing one never asks for a training.
    for folder, pattern in (("domain", "*.yml"), ("data", "*.yml"), ("bot/nlu", "*.py")):
        yield from sorted((root / folder).rglob(pattern))
    for name in ("topics.yml", "asked.yml", "spelling.yml", "topics.py", "spelling.py", "text.py", "places.py"):
        if (root / "knowledge" / name).is_file():
            yield root / "knowledge" / name


def _record_file(root: Path) -> Path:
    return root / "models" / f"{NAME}.json"


def _file_hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
