"""What both sides learn from and are asked: a part of data/, and questions that it does not hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LONGEST = 1000  # characters: the limit of the public API


class _Block(str):
    """A text written as a block, as Rasa reads examples."""


yaml.SafeDumper.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def write_sample(root: Path, folder: Path, most: int) -> int:
    """Write domain.yml and data/ (at most `most` examples, all the rules) to `folder`; return the number kept."""
    examples: dict[str, list[str]] = {}
    rest: list[dict[str, Any]] = []
    for file in sorted((root / "data").rglob("*.yml")):
        content = yaml.safe_load(file.read_text("utf-8"))
        for item in content.pop("nlu", []):
            if "intent" in item:
                lines = (line.strip().removeprefix("- ") for line in item["examples"].splitlines())
                examples.setdefault(item["intent"], []).extend(line for line in lines if line)
        if content.keys() - {"version"}:
            rest.append(content)
    kept = stratified(examples, most)
    data = folder / "data"
    data.mkdir(parents=True)
    nlu = [{"intent": name, "examples": _Block("".join(f"- {item}\n" for item in kept[name]))} for name in kept]
    _dump(data / "nlu.yml", {"version": "3.1", "nlu": nlu})
    for number, content in enumerate(rest):
        _dump(data / f"rules{number}.yml", content)
    shutil.copy(root / "domain.yml", folder / "domain.yml")
    return sum(map(len, kept.values()))


def stratified(examples: dict[str, list[str]], most: int) -> dict[str, list[str]]:
    """Return at most `most` examples, as many of each intent as its share, two at least, evenly spread.

    The same examples give the same sample.
    """
    total = sum(map(len, examples.values()))
    share = min(1.0, (most - 2 * len(examples)) / max(1, total - 2 * len(examples)))
    kept = {}
    for name, items in sorted(examples.items()):
        count = min(len(items), 2 + int(share * max(0, len(items) - 2)))
        kept[name] = [items[index * len(items) // count] for index in range(count)]
    return kept


def questions(root: Path) -> list[str]:
    """Return the questions of tests/questions, none of which is an example of data/, mixed in a fixed order."""
    found: dict[str, None] = {}
    for file in sorted((root / "tests" / "questions").glob("*.yml")):
        for text in _texts(yaml.safe_load(file.read_text("utf-8"))):
            if text and not text.startswith("/") and len(text) <= LONGEST:
                found.setdefault(text)
    texts = list(found)
    step = next(
        step for step in range(7, 1000) if all(len(texts) % factor or step % factor for factor in range(2, 1000))
    )
    return [texts[index * step % len(texts)] for index in range(len(texts))]


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, list):
        for item in content:
            yield from _texts(item)
    elif isinstance(content, dict):
        if isinstance(content.get("text"), str):
            yield content["text"].strip()
        for value in content.values():
            if isinstance(value, (dict, list)):
                yield from _texts(value)


def _dump(file: Path, content: dict[str, Any]) -> None:
    file.write_text(yaml.dump(content, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False), "utf-8")
