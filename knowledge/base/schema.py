"""Reading YAML files and checking them: every fault with its file, line, field, and remedy.

Files are checked against schema.json (its descriptions are the writers' guide), then for what a
schema cannot say: unknown topics and aspects, duplicated ids, missing documents, facts with nothing
to say.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml
from jsonschema import Draft7Validator, FormatChecker

from knowledge.base.proofreading import check_dates
from knowledge.base.topics import load_topics
from knowledge.conditions.checking import check as check_eligibility
from knowledge.errors import Problem
from knowledge.places.codes import UnknownTerritory, department, region

SCHEMA_FILE = Path(__file__).with_name("schema.json")
_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REMEDIES = {
    "required": "ajoutez le champ manquant",
    "additionalProperties": "retirez ou corrigez le nom de ce champ (voir knowledge/base/schema.json)",
    "enum": "choisissez une des valeurs permises",
    "pattern": "respectez la forme attendue",
    "format": "écrivez une date existante, AAAA-MM-JJ, entre guillemets",
    "type": "changez la nature de la valeur (mettez les dates et les codes entre guillemets)",
    "maxLength": "raccourcissez le texte",
    "minLength": "complétez le texte",
    "minItems": "ajoutez au moins un élément ou retirez la liste",
    "oneOf": "vérifiez « type » et les champs de cette valeur",
}
_NATURES = {
    "string": "texte",
    "array": "liste",
    "object": "groupe de champs",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "true ou false",
}


@lru_cache(maxsize=1)
def _validator() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA_FILE.read_text("utf-8")), format_checker=FormatChecker())


class _Lines:
    """Line numbers of each node of a YAML text, by path."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[Any, ...], int] = {}
        root = yaml.compose(text, Loader=_loader)
        if root is not None:
            self._walk(root, ())

    def _walk(self, node: yaml.Node, path: tuple[Any, ...]) -> None:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = (*path, key.value)
                self._lines[below] = key.start_mark.line + 1
                self._walk(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*path, index))

    def of(self, path: tuple[Any, ...]) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


class _Refused(yaml.constructor.ConstructorError):
    """A fault that we name ourselves, in French, with its remedy."""

    def __init__(self, message: str, remedy: str, mark: Any) -> None:
        super().__init__(None, None, message, mark)
        self.remedy = remedy


class _UniqueKeys(_loader):  # type: ignore[misc,valid-type]
    """A loader that refuses a key written twice, which YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.tag not in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}:
                remedy = "mettez les textes à accolades entre guillemets"
                raise _Refused("un nom de champ illisible", remedy, key.start_mark)
            if key.value in seen:
                raise _Refused(f"« {key.value} » écrit deux fois", "gardez un seul des deux", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:  # 2023-02-30 without quotes
            message = f"« {node.value} » n'est pas une valeur possible"
            raise _Refused(message, _REMEDIES["format"], node.start_mark) from error


def read_file(file: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the content of one record file and its faults (content is None when unreadable)."""
    try:
        text = file.read_text("utf-8")
        content = yaml.load(text, Loader=_UniqueKeys)
    except UnicodeDecodeError:
        return None, [Problem(file, 1, "fichier", "n'est pas en UTF-8", "enregistrez le fichier en UTF-8")]
    except yaml.YAMLError as error:
        # A quote left open is only noticed at the end of the file: its beginning helps more.
        quoted = "quoted scalar" in (getattr(error, "context", None) or "")
        mark = getattr(error, "context_mark" if quoted else "problem_mark", None)
        line = mark.line + 1 if mark else 1
        if isinstance(error, _Refused):
            return None, [Problem(file, line, "YAML", str(error.problem), error.remedy)]
        remedy = "vérifiez l'indentation, les deux-points et les guillemets, ici ou juste avant"
        return None, [Problem(file, line, "YAML", "écriture YAML illisible à partir d'ici", remedy)]
    if not isinstance(content, dict):
        return None, [Problem(file, 1, "fichier", "vide ou sans champs", "partez d'une fiche existante")]
    return content, check_content(content, file, _Lines(text))


def check_content(content: dict[str, Any], file: Path, lines: _Lines | None = None) -> list[Problem]:
    """Return the faults of a record's content (empty: it can be published)."""
    problems = []

    def add(path: tuple[Any, ...], message: str, remedy: str) -> None:
        line = lines.of(path) if lines else 1
        problems.append(Problem(file, line, ".".join(map(str, path)) or "fiche", message, remedy))

    found = [fault for error in _validator().iter_errors(content) for fault in _meant(error)]
    for error in sorted(found, key=lambda item: list(map(str, item.absolute_path))):
        remedy = _REMEDIES.get(str(error.validator), "voir la description du champ dans knowledge/base/schema.json")
        if error.validator == "enum":
            remedy += " : " + ", ".join(map(str, error.validator_value))
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            path += tuple(name for name in error.instance if name not in error.schema.get("properties", {}))[:1]
        add(path, _in_french(error), remedy)
    if not problems:
        _check_meaning(content, add)
    return problems


def _meant(error: Any) -> list[Any]:
    """Return the faults of the alternative that the writer chose (by « type »), else the fault itself."""
    branches: dict[Any, list[Any]] = {}
    refused = set()
    for inner in error.context:
        branch = inner.schema_path[0]
        branches.setdefault(branch, []).append(inner)
        if (inner.validator == "const" and "type" in inner.path) or inner.validator_value == "null":
            refused.add(branch)
    chosen = [faults for branch, faults in branches.items() if branch not in refused]
    return [fault for inner in chosen[0] for fault in _meant(inner)] if len(chosen) == 1 else [error]


def _in_french(error: Any) -> str:
    value = json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return "il manque " + ", ".join(f"« {name} »" for name in missing)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return "champ inconnu : " + ", ".join(f"« {name} »" for name in error.instance if name not in known)
    if error.validator == "type":
        return f"{value} n'est pas de nature « {_NATURES.get(error.validator_value, error.validator_value)} »"
    if error.validator == "minItems":
        return "une liste vide"
    if error.validator in {"maxLength", "minLength"}:
        return f"{len(error.instance)} caractères, limite {error.validator_value}"
    return f"{value} n'est pas une valeur permise ({error.validator})"


def _check_meaning(content: dict[str, Any], add: Any) -> None:
    topics = load_topics()
    documents = {document["id"] for document in content["documents"]}
    seen: set[str] = set()
    for topic, facts in content["facts"].items():
        if topic not in topics:
            add(("facts", topic), f"thème inconnu « {topic} »", "choisissez parmi : " + ", ".join(topics))
            continue
        for index, fact in enumerate(facts):
            path = ("facts", topic, index)
            if fact["id"] in seen:
                add(
                    path, f"l'identifiant « {fact['id']} » sert deux fois", "donnez un identifiant propre à chaque fait"
                )
            seen.add(fact["id"])
            _check_names(fact, path, documents, add)
            if fact.get("state") == "conflict" and not fact.get("readings"):
                add(path, "un conflit sans lectures", "ajoutez « readings », une par lecture")
            silent = fact.get("state") in {"not_stated", "unknown", "not_applicable"}
            if not silent and not any(fact.get(key) for key in ("text", "value", "readings")):
                add(path, "un fait sans texte ni valeur", "ajoutez « text » ou « value »")
    _check_territory(content, add)
    period = content.get("period", {})
    if period.get("starts") and period.get("ends") and period["starts"] > period["ends"]:
        add(("period",), "la période finit avant de commencer", "vérifiez les deux dates")
    check_eligibility(content, add)
    check_dates(content, add)


def _check_names(fact: dict[str, Any], path: tuple[Any, ...], documents: set[str], add: Any) -> None:
    """Report the points and documents that a fact names and that do not exist."""
    known = load_topics()[path[1]].aspects
    for aspect in fact.get("aspects", []):
        if aspect not in known:
            add((*path, "aspects"), f"point inconnu « {aspect} »", "choisissez parmi : " + ", ".join(known))
    named = [item.get("source", {}).get("document") for item in (fact, *fact.get("readings", []))]
    for document in named:
        if document and document not in documents:
            remedy = "choisissez parmi : " + ", ".join(sorted(documents))
            add((*path, "source"), f"document inconnu « {document} »", remedy)


def _check_territory(content: dict[str, Any], add: Any) -> None:
    """Report a call without territory, and codes that are no region or département."""
    territory = content.get("territory", {})
    if content["kind"] == "call" and not any(territory.get(key) for key in ("national", "regions", "departments")):
        add(("territory",), "un appel sans territoire", "indiquez « regions » ou « national: true »")
    for name, find in (("regions", region), ("departments", department)):
        for index, code in enumerate(territory.get(name, [])):
            try:
                find(code)
            except UnknownTerritory:
                remedy = "vérifiez les codes INSEE des régions et des départements"
                add(("territory", name, index), f"code inconnu « {code} »", remedy)
    if "time_zone" in territory and territory["time_zone"] not in available_timezones():
        remedy = "donnez un nom de la base IANA, comme Indian/Reunion, ou retirez le champ"
        add(("territory", "time_zone"), f"fuseau horaire inconnu « {territory['time_zone']} »", remedy)
