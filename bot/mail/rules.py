"""The rules of the triage, read from triage.yml, checked and compiled once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from knowledge.patterns import compile_pattern

_FILE = Path(__file__).with_name("triage.yml")
_SCHEMA = Path(__file__).with_name("triage.schema.json")
Pattern = re.Pattern[str]
LONGEST_SENTENCE = 1_500
"""Characters that a rule is looked for in: of a sentence, a header, or a text with a `shape`."""


class InvalidRules(ValueError):
    """triage.yml is faulty; the message says where."""


@dataclass(frozen=True)
class Aside:
    """Why a mail is left aside: one of these holds. `shape` needs `at_least` patterns, in `at_most` words."""

    name: str
    headers: Mapping[str, Pattern]
    attached: Pattern | None
    sender: Pattern | None
    subject: Pattern | None
    shape: tuple[Pattern, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True)
class Sensitive:
    """Why a mail goes to a person: a sentence says it, `but` sets a sentence aside, `always` decides whatever `but`.

    None of `nowhere` may stand in any sentence.
    """

    name: str
    says: Pattern
    always: Pattern | None
    but: Pattern | None
    nowhere: Pattern | None

    def holds(self, sentence: str, said: bool = False) -> bool:
        """Return whether a folded sentence decides; `said` when something else than `says` was found in it."""
        if self.always and self.always.search(sentence):
            return True
        if not said and not self.says.search(sentence):
            return False
        return not (self.but and self.but.search(sentence))


@dataclass(frozen=True)
class Rules:
    """All of triage.yml. `languages` holds the frequent words of each, `few` the words below which a text is French,
    `asks` what a mail without a question mark says when it asks something.
    """

    automatic: tuple[Aside, ...]
    unwanted: tuple[Aside, ...]
    human: tuple[Sensitive, ...]
    asks: Pattern
    problems: Mapping[str, frozenset[str]]
    rewriters: tuple[str, ...]
    languages: Mapping[str, frozenset[str]]
    few: int


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules of the project.

    Raises:
        InvalidRules: triage.yml is faulty.
    """
    return load(_FILE)


def load(file: Path) -> Rules:
    """Return the rules of a file shaped as triage.yml.

    Raises:
        InvalidRules: it is not; the message names the entry.
    """
    try:
        written = yaml.safe_load(file.read_text("utf-8"))
        jsonschema.validate(written, json.loads(_SCHEMA.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise InvalidRules(f"{file.name}: {error}") from error
    except jsonschema.ValidationError as error:
        raise InvalidRules(f"{file.name}: {error.json_path}: {error.message}") from error
    languages = dict(written["languages"])
    return Rules(
        automatic=tuple(map(_aside, written["automatic"])),
        unwanted=tuple(map(_aside, written["unwanted"])),
        human=tuple(map(_sensitive, written["human"])),
        asks=_compiled("asks", [*written["calls"], *written["asks"]], words=True),
        problems={name: frozenset(found) for name, found in written["problems"].items()},
        rewriters=tuple(written["rewriters"]),
        few=languages.pop("few"),
        languages={name: frozenset(words.split()) for name, words in languages.items()},
    )


def _aside(entry: Mapping[str, Any]) -> Aside:
    name = entry["name"]
    return Aside(
        name=name,
        headers={header: _compiled(name, [pattern]) for header, pattern in entry.get("headers", {}).items()},
        attached=_compiled(name, entry["attached"]) if "attached" in entry else None,
        sender=_compiled(name, entry["sender"]) if "sender" in entry else None,
        subject=_compiled(name, entry["subject"]) if "subject" in entry else None,
        shape=tuple(_compiled(name, [pattern], words=True) for pattern in entry.get("shape", ())),
        at_least=entry.get("at_least", 1),
        at_most=entry.get("at_most", 0),
    )


def _sensitive(entry: Mapping[str, Any]) -> Sensitive:
    name = entry["name"]
    return Sensitive(
        name=name,
        says=_compiled(name, entry["says"], words=True),
        always=_compiled(name, entry["always"], words=True) if "always" in entry else None,
        but=_compiled(name, entry["but"], words=True) if "but" in entry else None,
        nowhere=_compiled(name, entry["nowhere"], words=True) if "nowhere" in entry else None,
    )


def _compiled(name: str, expressions: Iterable[str], words: bool = False) -> Pattern:
    expressions = list(expressions)
    for expression in expressions:
        try:
            compile_pattern(expression)
        except re.error as error:
            raise InvalidRules(f"{name}: {expression}: {error}") from error
    joined = "|".join(f"(?:{expression})" for expression in expressions)
    return compile_pattern(rf"\b(?:{joined})\b" if words else joined, re.IGNORECASE, reads=LONGEST_SENTENCE)
