"""Faults of a record's criteria that a schema cannot say, each with its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml

from knowledge.conditions.model import Question, QuestionType
from knowledge.conditions.reading import KIND, common_questions, question_from
from knowledge.files import ESTABLISHMENTS
from knowledge.places.codes import UnknownTerritory, region

Add = Callable[[tuple[Any, ...], str, str], None]
_TESTS: dict[QuestionType, tuple[str, ...]] = {
    QuestionType.DEPARTMENT: ("in", "in_regions"),
    QuestionType.CHOICE: ("in",),
    QuestionType.YES_NO: ("is",),
    QuestionType.NUMBER: ("at_least", "at_most"),
    QuestionType.DATE: ("not_before", "not_after"),
}
# The tests that go together: from the first limit to the second.
_RANGES = (_TESTS[QuestionType.NUMBER], _TESTS[QuestionType.DATE])


def check(content: Mapping[str, Any], add: Add) -> None:
    """Call `add` (path, message, remedy) for each fault of the `eligibility` of a record."""
    written = content.get("eligibility")
    if not written:
        return
    where = ("eligibility",)
    if content["kind"] != "call":
        add(where, "seul un appel a des critères d'éligibilité", "retirez « eligibility »")
    common = common_questions()
    own: dict[str, Question] = {}
    for index, entry in enumerate(written.get("questions", ())):
        path = (*where, "questions", index)
        if entry["id"] in common or entry["id"] in own:
            add(path, f"la question « {entry['id']} » existe déjà", "donnez un autre identifiant")
        if (entry["type"] == "choice") != bool(entry.get("choices")):
            add(path, "« choices » va avec le type « choice », et lui seul", "ajoutez ou retirez « choices »")
        own[entry["id"]] = question_from(entry["id"], entry)
    facts = {fact["id"]: fact for entries in content["facts"].values() for fact in entries}
    used: set[str] = set()
    for index, criterion in enumerate(written["criteria"]):
        path = (*where, "criteria", index)
        _check_facts(criterion, facts, path, add)
        for rule_path, rule in _conditions(criterion, path):
            used.add(rule["question"])
            _check_condition(rule, {**common, **own}, rule_path, add)
    counted = Counter(criterion["id"] for criterion in written["criteria"])
    for name in (name for name, count in counted.items() if count > 1):
        add((*where, "criteria"), f"le critère « {name} » est écrit deux fois", "donnez un identifiant à chacun")
    for name in sorted(own.keys() - used):
        add((*where, "questions"), f"la question « {name} » ne sert à aucun critère", "retirez-la ou employez-la")


def _check_facts(criterion: Mapping[str, Any], facts: Mapping[str, Any], path: tuple[Any, ...], add: Add) -> None:
    for name in criterion["facts"]:
        if name not in facts:
            add((*path, "facts"), f"fait inconnu « {name} »", "donnez l'identifiant d'un fait de cette fiche")
    conflicts = [facts[name] for name in criterion["facts"] if facts.get(name, {}).get("state") == "conflict"]
    readings = criterion.get("readings")
    if readings and [len(fact.get("readings", ())) for fact in conflicts] != [len(readings)]:
        message = "il faut, parmi « facts », un seul fait en conflit, avec autant de lectures que de règles"
        add((*path, "readings"), message, "nommez ce fait, ou n'écrivez qu'une règle (« rule »)")


def _conditions(
    criterion: Mapping[str, Any], path: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    def walk(rule: dict[str, Any], where: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
        if "question" in rule:
            yield where, rule
        for name in ("all", "any"):
            for index, part in enumerate(rule.get(name, ())):
                yield from walk(part, (*where, name, index))
        for index, part in enumerate(rule.get("at_least_n", {}).get("of", ())):
            yield from walk(part, (*where, "at_least_n", "of", index))
        if "not" in rule:
            yield from walk(rule["not"], (*where, "not"))

    if "rule" in criterion:
        yield from walk(criterion["rule"], (*path, "rule"))
    for index, rule in enumerate(criterion.get("readings", ())):
        yield from walk(rule, (*path, "readings", index))


def _check_condition(rule: Mapping[str, Any], known: Mapping[str, Question], path: tuple[Any, ...], add: Add) -> None:
    question = known.get(rule["question"])
    if question is None:
        add(path, f"question inconnue « {rule['question']} »", "choisissez parmi : " + ", ".join(known))
        return
    allowed = (*_TESTS[question.type], *(("in_sectors",) if question.id == KIND else ()))
    tests = [name for name in rule if name != "question"]
    is_range = any(set(tests) == set(limits) for limits in _RANGES)
    if not tests or any(name not in allowed for name in tests) or (len(tests) > 1 and not is_range):
        message = f"« {question.id} » ne se compare pas ainsi"
        add(path, message, "employez " + " ou ".join(f"« {name} »" for name in allowed))
        return
    if is_range and any(low in rule and rule[low] > rule[high] for low, high in _RANGES):
        add(path, "aucune réponse ne convient : la première limite dépasse la seconde", "vérifiez les deux limites")
    choices = _kinds() if question.id == KIND else {choice.id for choice in question.choices}
    for value in rule.get("in", ()):
        if value not in choices:
            add((*path, "in"), f"choix inconnu « {value} »", "donnez l'identifiant d'un choix de cette question")
    for code in rule.get("in_regions", ()):
        try:
            region(code)
        except UnknownTerritory:
            add((*path, "in_regions"), f"région inconnue « {code} »", "vérifiez le code INSEE de la région")


@lru_cache(maxsize=1)
def _kinds() -> set[str]:
    return set(yaml.safe_load(ESTABLISHMENTS.read_text("utf-8")))
