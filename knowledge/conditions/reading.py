"""From the content of files (already checked) to questions, criteria and rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.conditions.model import Choice, Criterion, Eligibility, Question, QuestionType
from knowledge.conditions.rules import All, AtLeast, Between, Dated, Is, Not, OneOf, Rule
from knowledge.places.codes import departments

_FILE = Path(__file__).with_name("questions.yml")
KIND, DEPARTMENT, AUTHORITY = "establishment_kind", "department", "authority"
SECTOR = "sector:"
"""Mark of a choice that stands for every kind of a sector, resolved when a profile is judged."""


@lru_cache(maxsize=1)
def common_content() -> dict[str, Any]:
    """Return questions.yml."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content


@lru_cache(maxsize=1)
def common_questions() -> Mapping[str, Question]:
    """Return the questions that every call may ask, by id; the kinds of establishment are filled in by the profile."""
    return {key: question_from(key, entry) for key, entry in common_content().items() if key != "sectors"}


def question_from(question_id: str, entry: Mapping[str, Any]) -> Question:
    """Return the question that an entry describes."""
    kind = QuestionType(entry["type"])
    choices = tuple(Choice(choice["id"], choice["label"]) for choice in entry.get("choices", ()))
    if kind is QuestionType.DEPARTMENT:
        choices = tuple(Choice(item.code, f"{item.name} ({item.code})") for item in departments())
    return Question(
        question_id,
        entry["label"],
        entry["short"],
        kind,
        entry["change"],
        entry.get("help"),
        choices,
        entry.get("change_no"),
    )


def eligibility_from(entry: Mapping[str, Any]) -> Eligibility:
    """Return the criteria that the `eligibility` of a record describes."""
    return Eligibility(
        tuple(
            Criterion(
                item["id"],
                item["label"],
                tuple(item["facts"]),
                tuple(rule_from(reading) for reading in item.get("readings") or [item["rule"]]),
            )
            for item in entry["criteria"]
        ),
        tuple(question_from(item["id"], item) for item in entry.get("questions", ())),
    )


def default_eligibility(content: Mapping[str, Any]) -> Eligibility:
    """Return the criteria of a call that writes none: its territory and its public, as the record's fields give them."""
    facts = tuple(fact["id"] for fact in content["facts"].get("eligibility", ()))
    labels = {key: question.short for key, question in common_questions().items()}
    criteria = []
    territory = content.get("territory") or {}
    if not territory.get("national"):
        codes = territory.get("departments") or _of_regions(territory.get("regions", ()))
        rule: Rule = OneOf(DEPARTMENT, frozenset(codes))
        criteria.append(Criterion(DEPARTMENT, labels[DEPARTMENT].capitalize(), facts, (rule,)))
    kinds = content.get("establishment_kinds", ())
    if kinds:
        criteria.append(Criterion(KIND, labels[KIND].capitalize(), facts, (OneOf(KIND, frozenset(kinds)),)))
    return Eligibility(tuple(criteria))


def rule_from(entry: Mapping[str, Any]) -> Rule:
    """Return the rule that an entry describes."""
    if "all" in entry:
        return All(tuple(map(rule_from, entry["all"])))
    if "any" in entry:
        return AtLeast(1, tuple(map(rule_from, entry["any"])))
    if "at_least_n" in entry:
        return AtLeast(entry["at_least_n"]["count"], tuple(map(rule_from, entry["at_least_n"]["of"])))
    if "not" in entry:
        return Not(rule_from(entry["not"]))
    question = entry["question"]
    if "in" in entry:
        return OneOf(question, frozenset(entry["in"]))
    if "in_regions" in entry:
        return OneOf(question, frozenset(_of_regions(entry["in_regions"])))
    if "in_sectors" in entry:
        return OneOf(question, frozenset(f"{SECTOR}{sector}" for sector in entry["in_sectors"]))
    if "is" in entry:
        return Is(question, entry["is"])
    if "not_before" in entry or "not_after" in entry:
        return Dated(question, entry.get("not_before"), entry.get("not_after"))
    return Between(question, entry.get("at_least"), entry.get("at_most"))


def _of_regions(codes: Any) -> list[str]:
    return [item.code for item in departments() if item.region_code in set(codes)]
