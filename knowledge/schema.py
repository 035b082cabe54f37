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

import yaml
from jsonschema import Draft7Validator, FormatChecker

from knowledge.errors import Problem
from knowledge.topics import load_topics

SCHEMA_FILE = Path(__file__).with_name("schema.json")
_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REMEDIES = {
    "required": "ajoutez le champ manquant",
    "additionalProperties": "retirez ou corrigez le nom de ce champ (voir knowledge/schema.json)",
    "enum": "choisissez une des valeurs permises",
    "pattern": "respectez la forme attendue",
    "format": "écrivez une date existante, AAAA-MM-JJ, entre guillemets",
    "type": "changez la nature de la valeur (mettez les dates et les codes entre guillemets)",
    "maxLength": "raccourcissez le texte",
    "minLength": "complétez le texte",
    "minItems": "ajoutez au moins un élément ou retirez la liste",
    "oneOf": "vérifiez « type » et les champs de cette valeur",
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
                self._lines[(*path, key.value)] = key.start_mark.line + 1
                self._walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*path, index))

    def of(self, path: tuple[Any, ...]) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


class _UniqueKeys(_loader):  # type: ignore[misc,valid-type]
    """A loader that refuses a key written twice, which YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"« {key.value} » écrit deux fois", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


def read_file(file: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the content of one record file and its faults (content is None when unreadable)."""
    try:
        text = file.read_text("utf-8")
        content = yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - subclass of the safe loader
    except UnicodeDecodeError:
        return None, [Problem(file, 1, "fichier", "n'est pas en UTF-8", "enregistrez le fichier en UTF-8")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "YAML illisible"
        return None, [Problem(file, line, "YAML", what, "vérifiez l'indentation, les deux-points et les guillemets")]
    lines = _Lines(text)
    if not isinstance(content, dict):
        return None, [Problem(file, 1, "fichier", "vide ou sans champs", "partez d'une fiche existante")]
    return content, check_content(content, file, lines)


def check_content(content: dict[str, Any], file: Path, lines: _Lines | None = None) -> list[Problem]:
    """Return the faults of a record's content (empty: it can be published)."""
    problems = []

    def add(path: tuple[Any, ...], message: str, remedy: str) -> None:
        line = lines.of(path) if lines else 1
        problems.append(Problem(file, line, ".".join(map(str, path)) or "fiche", message, remedy))

    for error in sorted(_validator().iter_errors(content), key=lambda item: list(map(str, item.absolute_path))):
        remedy = _REMEDIES.get(str(error.validator), "voir la description du champ dans knowledge/schema.json")
        if error.validator == "enum":
            remedy += " : " + ", ".join(map(str, error.validator_value))
        add(tuple(error.absolute_path), _in_french(error), remedy)
    if not problems:
        _check_meaning(content, add)
    return problems


def _in_french(error: Any) -> str:
    value = json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return "il manque " + ", ".join(f"« {name} »" for name in missing)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return "champ inconnu : " + ", ".join(f"« {name} »" for name in error.instance if name not in known)
    if error.validator == "type":
        return f"{value} n'est pas de nature « {error.validator_value} »"
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
                add(path, f"l'identifiant « {fact['id']} » sert deux fois", "donnez un identifiant propre à chaque fait")
            seen.add(fact["id"])
            for aspect in fact.get("aspects", []):
                if aspect not in topics[topic].aspects:
                    add((*path, "aspects"), f"point inconnu « {aspect} »", "choisissez parmi : " + ", ".join(topics[topic].aspects))
            named = [fact.get("source", {}).get("document")]
            named += [reading.get("source", {}).get("document") for reading in fact.get("readings", [])]
            for document in named:
                if document and document not in documents:
                    add((*path, "source"), f"document inconnu « {document} »", "choisissez parmi : " + ", ".join(sorted(documents)))
            if fact.get("state") == "conflict" and not fact.get("readings"):
                add(path, "un conflit sans lectures", "ajoutez « readings », une par lecture")
            silent = fact.get("state") in {"not_stated", "unknown", "not_applicable"}
            if not silent and not any(fact.get(key) for key in ("text", "value", "readings")):
                add(path, "un fait sans texte ni valeur", "ajoutez « text » ou « value »")
    period = content.get("period", {})
    if period.get("starts") and period.get("ends") and period["starts"] > period["ends"]:
        add(("period",), "la période finit avant de commencer", "vérifiez les deux dates")
    if content["kind"] == "call" and not (content.get("territory") or {}):
        add(("territory",), "un appel sans territoire", "indiquez « regions » ou « national: true »")
