"""Checking what is to be kept: only known fields, only questions and items of the call, nothing too long."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from knowledge.checklist.items import checklist_of, criteria_of
from knowledge.conditions.reading import KIND
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.profile import answers_from
from knowledge.errors import InvalidAnswers, InvalidContent
from knowledge.french.signs import has_faulty

_FILE = Path(__file__).with_name("content_schema.json")


@lru_cache(maxsize=1)
def _validator() -> Draft7Validator:
    return Draft7Validator(json.loads(_FILE.read_text("utf-8")))


def check_content(content: Mapping[str, Any], judge: Judge) -> dict[str, Any]:
    """Return `content` as it is to be kept for the call of `judge`: answers normalised.

    Raises:
        InvalidContent: unknown fields, values of another form, questions or items that the call does not have.
    """
    # First: a message about a faulty value repeats it.
    problems = {path: "characters" for path, text in _texts(content, ()) if has_faulty(text, lines=_has_lines(path))}
    if problems:
        raise InvalidContent(problems)
    for error in _validator().iter_errors(content):
        path = ".".join(map(str, error.absolute_path)) or "content"
        problems[path] = "unknown" if error.validator == "additionalProperties" else "value"
    if problems:
        raise InvalidContent(problems)
    items = {item.id for item in checklist_of(judge.record).items}
    problems.update({f"checklist.{name}": "unknown" for name in content.get("checklist", {}) if name not in items})
    criteria = {fact.id for fact in criteria_of(judge.record)}
    problems.update({f"letter.{name}": "unknown" for name in content.get("letter", {}) if name not in criteria})
    answers: dict[str, Any] = {}
    try:
        answers = answers_from(content.get("answers", {}), judge.questions, judge.kinds)
    except InvalidAnswers as error:
        reasons = {"question": "unknown", "answer": "value"}
        problems.update({f"answers.{name}": reasons[reason] for name, reason in error.problems.items()})
    if problems:
        raise InvalidContent(problems)
    return {**content, **({"answers": answers} if "answers" in content else {})}


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each text of a content, its fields' names included, with where it stands."""
    if isinstance(value, str):
        yield ".".join(path) or "content", value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if has_faulty(str(name), lines=False):
                yield ".".join(path) or "content", str(name)
            else:
                yield from _texts(item, (*path, str(name)))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item, path)


def _has_lines(path: str) -> bool:
    """Return whether a text may have several lines: letters and notes."""
    return path.startswith("letter.") or path.endswith(".note")


def merged(content: Mapping[str, Any], said: Mapping[str, Any], judge: Judge) -> dict[str, Any]:
    """Return a content with what was said since: answers one by one, items of the checklist field by field.

    An answer that is None empties the one before it. What is said of the establishment in passing (its town) fills what is empty only. Its sector follows from its kind.
    """
    answers = {**content.get("answers", {}), **said.get("answers", {})}
    answers = {name: value for name, value in answers.items() if value is not None}
    items = {name: dict(mark) for name, mark in content.get("checklist", {}).items()}
    for name, mark in said.get("checklist", {}).items():
        items[name] = {**items.get(name, {}), **mark}
    kind = judge.kinds.known.get(answers.get(KIND, ""))
    told = {**said.get("establishment", {}), **content.get("establishment", {})}
    establishment = {**told, **({"sector": kind.sector} if kind else {})}
    parts = {"establishment": establishment, "answers": answers, "checklist": items}
    return {**content, **{name: part for name, part in parts.items() if part}}
