"""`make evaluate-unseen`: calls that played no part in what is measured, asked about in directors' own words.

Each call of a folder (`calls/ID.yml` without `asked`, `documents/ID.md`, `questions/ID.yml`) is published beside the base,
its document's passages loaded unless told otherwise; each question is asked on the page of that call. Beside it, in the same run,
search in the document: BM25 on stems, cut at 400 characters.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import yaml

from evaluation.stack import running_assistant
from knowledge.base.loader import FOLDER as RECORDS
from knowledge.base.loader import load
from knowledge.base.passages.document import read_document
from knowledge.base.passages.kept import keep_passages
from knowledge.base.passages.search import search
from knowledge.base.store import Store
from knowledge.clock import clock_from_env

FOLDER = Path(__file__).parent.parent / "tests" / "unseen"
NOW = "2026-11-30T12:00"
SHOWN, FIRST = 500, 160  # characters within which the answer must stand, and in the first sentence
CUT = 400  # of the search beside


@dataclass(frozen=True)
class Asked:
    """A question on one call; `answerable`: its document answers."""

    call: str
    id: str
    text: str
    answerable: bool
    expects: tuple[str, ...]
    forbids: tuple[str, ...]


@dataclass
class Outcome:
    """What was answered, and what it is worth."""

    asked: Asked
    text: str
    lead: str
    decision: str
    seconds: float
    found: str = ""

    @property
    def right(self) -> bool:
        """Whether what is expected stands within SHOWN characters, and nothing forbidden anywhere."""
        return _holds(self.asked, self.text[:SHOWN]) and not _forbidden(self.asked, self.text)

    @property
    def first(self) -> bool:
        """Whether the first sentence answers."""
        return _holds(self.asked, self.lead) and not _forbidden(self.asked, self.text)


@dataclass
class Score:
    """Shares over questions that have an answer, and over those that have none."""

    outcomes: list[Outcome] = field(default_factory=list)

    def share(self, answerable: bool, what: Any) -> float:
        """Return the share of some questions of which something holds."""
        chosen = [item for item in self.outcomes if item.asked.answerable is answerable]
        return sum(bool(what(item)) for item in chosen) / max(1, len(chosen))


def read_questions(folder: Path, only: Sequence[str] = ()) -> list[Asked]:
    """Return the questions of a folder, of some calls only when named."""
    found = []
    for file in sorted((folder / "questions").glob("*.yml")):
        if only and file.stem not in only:
            continue
        for item in yaml.safe_load(file.read_text("utf-8")):
            values = (tuple(item.get(name) or ()) for name in ("expects", "forbids"))
            found.append(Asked(file.stem, item["id"], item["text"], bool(item["answerable"]), *values))
    return found


def plain(text: str) -> str:
    """Return a text as it is judged: composed, straight apostrophes, plain spaces."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u2011", "-")
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text)


def _holds(asked: Asked, text: str) -> bool:
    return all(re.search(item, plain(text), re.IGNORECASE) for item in asked.expects)


def _forbidden(asked: Asked, text: str) -> bool:
    return any(re.search(item, plain(text), re.IGNORECASE) for item in asked.forbids)


def ask(address: str, questions: Sequence[Asked]) -> Iterator[Outcome]:
    """Ask each question in a conversation of its own, opened on the page of its call."""
    with httpx.Client(base_url=address, timeout=30) as http:
        for asked in questions:
            token = http.post("/api/sessions", json={"call": asked.call}).json()["token"]
            start = time.perf_counter()
            reply = http.post("/api/messages", json={"text": asked.text}, headers={"Authorization": f"Bearer {token}"})
            seconds = time.perf_counter() - start
            messages = reply.json().get("messages", []) if reply.status_code == 200 else [{"text": reply.text[:200]}]
            text = "\n".join(str(item["text"]) for item in messages)
            lead = str(messages[0].get("lead") or _first_sentence(text)) if messages else ""
            decision = str(messages[0].get("decision") or "") if messages else ""
            yield Outcome(asked, text, lead, decision, seconds)


def _first_sentence(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return (lines[1] if len(lines) > 1 else lines[0] if lines else "")[:FIRST]


def beside(folder: Path, questions: Sequence[Asked]) -> Iterator[Outcome]:
    """Answer with the best passages of the document, within CUT characters."""
    read = {
        call: read_document((folder / "documents" / f"{call}.md").read_text("utf-8"))
        for call in {item.call for item in questions}
    }
    for asked in questions:
        start = time.perf_counter()
        ranked = search(read[asked.call], asked.text)
        text = "\n".join(read[asked.call][place].text for place, _ in ranked[:5])[:CUT]
        yield Outcome(asked, text, text[:FIRST], "near", time.perf_counter() - start)


def publish(folder: Path, database_url: str, passages: bool) -> None:
    """Put the base, the calls of a folder, and the passages of their documents, in a database."""
    store = Store(database_url)
    store.migrate()
    now = clock_from_env().now()
    load(store, RECORDS, now, "evaluation")
    for record_id in load(store, folder / "calls", now, "evaluation"):
        document = folder / "documents" / f"{record_id}.md"
        if passages and document.exists():
            keep_passages(store, record_id, read_document(document.read_text("utf-8")), document.name, now)
    store.close()


def report(columns: dict[str, Score]) -> None:
    """Print the figures side by side."""
    answer = (
        ("juste, montré en 500 caractères", lambda s: s.share(True, lambda o: o.right)),
        ("juste dès la première phrase", lambda s: s.share(True, lambda o: o.first)),
        ("  dont réponses sûres", lambda s: s.share(True, lambda o: o.first and o.decision == "sure")),
        ("part de réponses sûres", lambda s: s.share(True, lambda o: o.decision == "sure")),
        ("sûres et justes, parmi les sûres", _precision),
        ("« au plus près »", lambda s: s.share(True, lambda o: o.decision == "near")),
        ("faux silences", lambda s: s.share(True, lambda o: o.decision == "not_said")),
    )
    nothing = (
        ("honnêtes", lambda s: s.share(False, lambda o: o.right or o.decision in ("not_said", "near"))),
        ("dit non précisé", lambda s: s.share(False, lambda o: o.decision == "not_said")),
        ("« au plus près »", lambda s: s.share(False, lambda o: o.decision == "near")),
        ("réponses sûres (à tort)", lambda s: s.share(False, lambda o: o.decision == "sure")),
    )
    print(" " * 38 + "".join(f"{name:>16}" for name in columns))
    for title, rows in (("ce que le document dit", answer), ("ce qu'il ne dit pas", nothing)):
        print(title)
        for label, figure in rows:
            print(f"  {label:<36}" + "".join(f"{figure(score):>16.1%}" for score in columns.values()))
    lengths = [median(len(o.text) for o in score.outcomes) for score in columns.values()]
    times = [median(o.seconds for o in score.outcomes) * 1000 for score in columns.values()]
    print(f"  {'longueur médiane (caractères)':<36}" + "".join(f"{value:>16.0f}" for value in lengths))
    print(f"  {'temps médian (ms)':<36}" + "".join(f"{value:>16.0f}" for value in times))


def _precision(score: Score) -> float:
    sure = [item for item in score.outcomes if item.asked.answerable and item.decision == "sure"]
    return sum(item.right for item in sure) / max(1, len(sure))


def main(argv: list[str] | None = None) -> int:
    """Run the measure; return 0."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.unseen", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="dossier des appels (défaut : tests/unseen)")
    parser.add_argument("--calls", nargs="*", default=[], help="quelques appels seulement")
    parser.add_argument("--without-passages", action="store_true", help="les fiches seules, sans leur document")
    parser.add_argument("--details", type=Path, help="fichier où écrire chaque réponse")
    arguments = parser.parse_args(argv)
    questions = read_questions(arguments.folder, arguments.calls)
    print(f"{len(questions)} questions sur {len({item.call for item in questions})} appels", flush=True)
    with tempfile.TemporaryDirectory(prefix="unseen-") as folder:
        url = f"sqlite:///{folder}/knowledge.sqlite3"
        publish(arguments.folder, url, not arguments.without_passages)
        settings = {"DATABASE_URL": url, "ASSISTANT_NOW": NOW}
        with running_assistant(environment=settings, fresh=True) as address:
            ours = Score(list(ask(address, questions)))
    columns = {"assistant": ours, "BM25, 400 car.": Score(list(beside(arguments.folder, questions)))}
    report(columns)
    if arguments.details:
        lines = [
            {**vars(item.asked), "right": item.right, "first": item.first, "decision": item.decision, "text": item.text}
            for item in ours.outcomes
        ]
        arguments.details.write_text(json.dumps(lines, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
