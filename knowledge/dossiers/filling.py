"""What a dossier asks, one thing at a time: the establishment and its contact, then each criterion of the call."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.base.records import Record
from knowledge.checklist.items import criteria_of
from knowledge.conditions.reading import DEPARTMENT
from knowledge.finess.numbers import Remark, check_finess, check_siret, compact
from knowledge.french.signs import without_faulty
from knowledge.french.text import fold
from knowledge.patterns import compile_pattern
from knowledge.places.codes import department
from knowledge.privacy.masking import MASK

_FILE = Path(__file__).with_name("fields.yml")
LONGEST_LINE = 200
LONGEST_LETTER = 4000
LETTER = "letter"
FINESS_KIND, DEPARTMENT_OF_TOWN = "establishment.finess_kind", f"answers.{DEPARTMENT}"
_MOST_OF_IT = 0.6
_NUMBERS = {
    # Groups as people write them; nine characters, of which letters only for Corsica.
    "finess": compile_pattern(
        r"(?<![0-9A-Za-z])(?<![0-9][ .-])(?:(?:[0-9][ .-]?){8}|2[ .-]?[ABab][ .-]?(?:[0-9][ .-]?){6})[0-9]"
        r"(?![0-9A-Za-z])(?![ .-]?[0-9])"
    ),
    "siret": compile_pattern(r"(?<![0-9])(?:[0-9][ .-]?){13}[0-9](?![0-9])"),
    "email": compile_pattern(r"[^@\s<>(),;]+@[^@\s<>(),;]+\.[^@\s<>(),;.]+"),
}


class FieldKind(str, Enum):
    """The form of a field's value."""

    LINE = "line"
    FINESS = "finess"
    FINESS_KIND = "finess_kind"
    SIRET = "siret"
    EMAIL = "email"
    LETTER = "letter"
    ANSWER = "answer"  # to a question common to all calls, in the words of eligibility


@dataclass(frozen=True)
class Field:
    """Something that a dossier asks.

    Attributes:
        id: « establishment.name », « letter.<fact id> »: where its value goes in the content.
        short, question: French.
        words: how people name it, on folded text; None for a criterion.
        lead: what people put before the answer, None when nothing is removed.
    """

    id: str
    kind: FieldKind
    short: str
    question: str
    words: re.Pattern[str] | None = None
    lead: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Filling:
    """Where the filling of a dossier stands: the field asked, and those left for later."""

    asked: str | None = None
    passed: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` reads; JSON."""
        return {"asked": self.asked, "passed": list(self.passed)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Filling:
        """Return the filling that `as_dict` wrote."""
        return cls(data.get("asked"), tuple(data.get("passed", ())))


def fields_of(record: Record) -> tuple[Field, ...]:
    """Return what the dossier of a call asks, in order."""
    written = _written()
    letter = [
        Field(
            f"{LETTER}.{fact.id}",
            FieldKind.LETTER,
            written["letter"]["short"].format(criterion=(fact.text or "").rstrip(".")),
            written["letter"]["question"].format(criterion=_sentence(fact.text or "")),
        )
        for fact in criteria_of(record)
    ]
    return (*_common(), *letter)


def field_of(fields: Sequence[Field], field_id: str | None) -> Field | None:
    """Return a field by its id."""
    return next((field for field in fields if field.id == field_id), None)


def value_of(content: Mapping[str, Any], field: Field) -> str | None:
    """Return what a dossier holds for a field."""
    part, _, name = field.id.partition(".")
    value: str | None = content.get(part, {}).get(name)
    return value


def with_value(content: Mapping[str, Any], field: Field, value: str | None) -> dict[str, Any]:
    """Return the content with one field changed; None empties it."""
    part, _, name = field.id.partition(".")
    kept = {key: old for key, old in content.get(part, {}).items() if key != name}
    return {**content, part: {**kept, name: value} if value else kept}


def next_field(content: Mapping[str, Any], fields: Sequence[Field], passed: Collection[str]) -> Field | None:
    """Return the first field still empty, but those passed; None when nothing is left to ask."""
    return next(
        (
            field
            for field in fields
            if applies(content, field) and not value_of(content, field) and field.id not in passed
        ),
        None,
    )


def applies(content: Mapping[str, Any], field: Field) -> bool:
    """Return whether a field makes sense: the nature of a number is asked once there is one, the département after a town."""
    needed = {FINESS_KIND: "finess", DEPARTMENT_OF_TOWN: "town"}.get(field.id)
    return needed is None or bool(content.get("establishment", {}).get(needed))


def shown(field: Field, value: str) -> str:
    """Return a value as people read it."""
    if field.kind is FieldKind.FINESS_KIND:
        return str(_written()["finess_kinds"][value]["shown"])
    if field.id == DEPARTMENT_OF_TOWN:
        return f"{department(value).name} ({value})"
    return value


def field_named(text: str, fields: Sequence[Field]) -> Field | None:
    """Return the only field that a message names (« corriger le nom »), or None."""
    folded = fold(text)
    named = [field for field in fields if field.words and field.words.search(folded)]
    # « Le nom de l'organisme » names the organism: the more precise of the two comes later in the sentence.
    return max(named, key=lambda field: _last(field, folded)) if named else None


def read(field: Field, text: str) -> str | None:
    """Return the value that `text` gives to a field, None when it gives none (no number, too long).

    Answers (FieldKind.ANSWER) are heard by knowledge.eligibility.hearing instead.
    """
    if field.kind.value in _NUMBERS:
        found = _NUMBERS[field.kind.value].search(text)
        if found is None:
            return None
        value = found.group()
        return value if field.kind is FieldKind.EMAIL else compact(value)
    if field.kind is FieldKind.FINESS_KIND:
        kinds = _written()["finess_kinds"].items()
        folded = fold(text)
        return next((kind for kind, entry in kinds if entry["said"].search(folded) or text == kind), None)
    value = without_faulty(text, lines=field.kind is not FieldKind.LINE).strip()
    if field.kind is FieldKind.LINE:
        # What was masked on its way here (a name, an address) is no value.
        value = value.replace(MASK, " ")
        value = _written()["lead"].sub("", " ".join(value.split()), count=1)
        value = field.lead.sub("", value, count=1) if field.lead else value
        value = value.strip(" .,;:«»\"'")
    most = LONGEST_LINE if field.kind is FieldKind.LINE else LONGEST_LETTER
    return value[:1].upper() + value[1:] if 0 < len(value) <= most else None


def has_number(field: Field, text: str) -> bool:
    """Return whether `text` holds the number that a field asks, whatever is said around it."""
    pattern = _NUMBERS.get(field.kind.value)
    return pattern is not None and pattern.search(text) is not None


def field_of_number(fields: Sequence[Field], text: str) -> Field | None:
    """Return the field whose number is all that `text` holds: given before it is asked, it is taken as such."""
    for field in fields:
        pattern = _NUMBERS.get(field.kind.value)
        found = pattern.search(text) if pattern and field.kind is not FieldKind.EMAIL else None
        if found and len(found.group()) >= _MOST_OF_IT * len(text.strip()):
            return field
    return None


def warning_of(field: Field, value: str) -> str | None:
    """Return the name of the phrase that warns of a doubtful value; never a refusal."""
    checks = {FieldKind.FINESS: check_finess, FieldKind.SIRET: check_siret}
    check = checks.get(field.kind)
    return "check_digit" if check and check(value) is not Remark.FINE else None


def stated(text: str) -> str | None:
    """Return what a correction says after « : », « est », « s'appelle »; None when it says nothing more."""
    parts = _written()["stated"].split(text, maxsplit=1)
    return parts[1].strip() or None if len(parts) > 1 else None


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _last(field: Field, folded: str) -> int:
    assert field.words
    return max(found.start() for found in field.words.finditer(folded))


@lru_cache(maxsize=1)
def _written() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    content["lead"] = compile_pattern(f"^{content['lead']}", re.IGNORECASE)
    content["stated"] = compile_pattern(content["stated"], re.IGNORECASE)
    for entry in content["finess_kinds"].values():
        entry["said"] = compile_pattern(entry["said"])
    return content


@lru_cache(maxsize=1)
def _common() -> tuple[Field, ...]:
    return tuple(
        Field(
            field_id,
            FieldKind(entry["kind"]),
            entry["short"],
            entry["question"],
            compile_pattern(entry["words"]),
            compile_pattern(f"^(?:{entry['lead']})", re.IGNORECASE) if entry.get("lead") else None,
        )
        for field_id, entry in _written()["fields"].items()
    )
