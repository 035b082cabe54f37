"""From folders of YAML files to the store, all or nothing; and back (export)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge.base.marks import marks_of
from knowledge.base.reading import record_from
from knowledge.base.schema import read_file
from knowledge.base.situation import Timing
from knowledge.base.store import Publication, Store
from knowledge.base.topics import load_topics
from knowledge.errors import InvalidRecords, Problem
from knowledge.files import ESTABLISHMENTS, GLOSSARY

FOLDER = Path(__file__).parents[1] / "calls"
_SUMMARY_FIELDS = (
    "title",
    "short_title",
    "aliases",
    "procedures",
    "programme",
    "edition",
    "years",
    "establishment_kinds",
)


def publication_of(record_id: str, content: dict[str, Any]) -> Publication:
    """Return what is to be published for the content of one file."""
    record = record_from(record_id, content)
    summary = {name: content[name] for name in _SUMMARY_FIELDS if content.get(name)}
    summary["regions"] = list(record.regions)
    summary["departments"] = list(record.departments)
    summary["national"] = record.national
    summary["topics"] = list(content["facts"])
    summary["marks"] = list(marks_of(record))
    summary["timing"] = Timing.of(record).as_dict()
    return Publication(record_id, content["kind"], content, summary)


def read_folder(folder: Path) -> list[Publication]:
    """Read every `*.yml` of a folder, or one such file.

    Raises:
        InvalidRecords: a file is faulty, or there is none.
    """
    files = [folder] if folder.is_file() else sorted(folder.glob("*.yml"))
    problems: list[Problem] = []
    publications = []
    if not files:
        problems.append(Problem(folder, 1, "dossier", "aucun fichier .yml", "indiquez le dossier des fiches"))
    for file in files:
        content, faults = read_file(file)
        problems += faults
        if content is not None and not faults:
            publications.append(publication_of(file.stem, content))
    if problems:
        raise InvalidRecords(problems)
    return publications


def read_terms() -> list[Publication]:
    """Read the glossary and the kinds of establishment as publications of their own kinds."""
    terms = yaml.safe_load(GLOSSARY.read_text("utf-8"))
    kinds = yaml.safe_load(ESTABLISHMENTS.read_text("utf-8"))
    return [Publication(f"term:{key}", "term", content, content) for key, content in terms.items()] + [
        Publication(f"establishment:{key}", "establishment", content, content) for key, content in kinds.items()
    ]


def ways_of_asking() -> list[tuple[str, str]]:
    """Return (topic, question) of each way of asking written in the project's records and in asked.yml."""
    general = [(topic.id, way) for topic in load_topics().values() for way in topic.ways]
    contents = [publication.content["facts"] for publication in read_folder(FOLDER)]
    own = [
        (topic, way)
        for facts in contents
        for topic, entries in facts.items()
        for e in entries
        for way in e.get("asked", ())
    ]
    return general + own


def load(store: Store, folder: Path, now: datetime, author: str) -> list[str]:
    """Publish the files of `folder`, the glossary and the kinds of establishment; return the changed ids.

    Raises:
        InvalidRecords: nothing was published.
    """
    return store.publish(read_folder(folder) + read_terms(), author, now)


def export(store: Store, folder: Path) -> list[Path]:
    """Write every live record as a YAML file; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for record_id, content in store.contents(("call", "resource", "event")):
        file = folder / f"{record_id}.yml"
        text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
        file.write_text(text, "utf-8")
        files.append(file)
    return files


class _Dumper(yaml.SafeDumper):
    """A dumper that gives back the rare line ends (pasted from other programs) as they were."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if set(text) & set("\r\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)
