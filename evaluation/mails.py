"""`make evaluate MAILS=folder`: labelled mails through the inbox's preparer and the running assistant.

A folder holds `.eml` files and one file of labels (`labels.yml`, `.yaml`, `.json` or `.jsonl`), whose entries are
`{file, message_id, handling: draft|human|ignore, questions: [{about, answerable, expects, forbids}]}`. `expects` and
`forbids` are words, or regular expressions, searched without regard to case, apostrophes or kinds of spaces.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.mail.asking import Asker
from bot.mail.message import Budget, Handling, Mail, NotNow, Outcome
from bot.mail.preparing import Answerer
from bot.mail.reading import read
from bot.mail.settings import load_accounts
from evaluation.stack import free_ports, running_assistant
from knowledge.base.catalogue import open_catalogue

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_HEADING = re.compile(r"^\d+\. Votre question : ", re.MULTILINE)
_TIMEOUT = 60.0  # seconds for a question: a busy machine is no wrong answer


@dataclass(frozen=True)
class Expected:
    """A question of a mail, as labelled."""

    about: str
    answerable: bool
    expects: tuple[str, ...]
    forbids: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """What should become of a mail."""

    file: Path
    handling: Handling
    questions: tuple[Expected, ...]


@dataclass
class Score:
    """Counts, and seconds for each mail; `failures` are lines to read."""

    mails: int = 0
    handled: int = 0
    questions: int = 0
    found: int = 0
    answerable: int = 0
    answered: int = 0
    blanks: int = 0
    marked: int = 0
    wrongly_automatic: int = 0
    needlessly_human: int = 0
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def report(self) -> str:
        """Return the figures as lines."""

        def share(part: int, whole: int) -> str:
            return f"{part} sur {whole} ({part / whole:.1%})" if whole else "–"

        rows = (
            ("traitement juste (brouillon, personne, rien)", share(self.handled, self.mails)),
            ("questions trouvées", share(self.found, self.questions)),
            ("réponses justes", share(self.answered, self.answerable)),
            ("blancs signalés à l'agent", share(self.marked, self.blanks)),
            ("brouillons à tort (but : 0)", str(self.wrongly_automatic)),
            ("courriers ordinaires laissés à une personne", str(self.needlessly_human)),
            ("temps médian par courrier (ms)", f"{median(self.times or [0]) * 1000:.0f}"),
        )
        lines = [f"{self.mails} courriers, {self.questions} questions"]
        lines += [f"{label:<48}{value}" for label, value in rows]
        return "\n".join([*lines, *(f"  {failure}" for failure in self.failures)])


def read_labels(folder: Path) -> list[Label]:
    """Return the labels of a folder.

    Raises:
        ValueError: there are none, or one is not of the expected form; names the file and the entry.
    """
    found = [file for name in ("yml", "yaml", "json", "jsonl") for file in sorted(folder.glob(f"*.{name}"))]
    if not found:
        raise ValueError(f"{folder} : aucun fichier d'étiquettes (labels.yml)")
    file = next((item for item in found if item.stem == "labels"), found[0])
    text = file.read_text("utf-8")
    entries = [json.loads(line) for line in text.splitlines() if line.strip()] if file.suffix == ".jsonl" else None
    if entries is None:
        entries = yaml.safe_load(text)
    if isinstance(entries, dict):
        entries = entries.get("mails") or list(entries.values())[0]
    try:
        return [_label(folder, entry) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file.name} : entrée illisible ({error})") from error


def _label(folder: Path, entry: dict[str, Any]) -> Label:
    questions = tuple(
        Expected(
            str(item.get("about", "")),
            bool(item.get("answerable", True)),
            tuple(map(str, item.get("expects") or ())),
            tuple(map(str, item.get("forbids") or ())),
        )
        for item in entry.get("questions") or ()
    )
    return Label(folder / entry["file"], Handling(entry["handling"]), questions)


def evaluate(labels: Sequence[Label], rasa_url: str, database_url: str) -> Score:
    """Prepare every mail in a mailbox of its own kind, and count."""
    mails = [(label, read(label.file.read_bytes())) for label in labels]
    with TemporaryDirectory(prefix="mails-") as folder:
        settings = {
            "MAIL_IMAP_URL": f"maildir:{folder}",
            "MAIL_ADDRESS": _mailbox_of(mail for _, mail in mails),
            "MAIL_SECRET": "evaluation of labelled mails, no secret at all",
        }
        preparer = Answerer(load_accounts(settings)[0], Asker(rasa_url, open_catalogue(database_url), _TIMEOUT))
        score = Score()
        for label, mail in mails:
            _count(score, label, mail, preparer)
    return score


def _mailbox_of(mails: Iterable[Mail]) -> str:
    """Return the address that most mails are sent to."""
    written = Counter(address.email for mail in mails for address in mail.to)
    return written.most_common(1)[0][0] if written else "qvct@ars.example"


def _count(score: Score, label: Label, mail: Mail, preparer: Answerer) -> None:
    began = time.perf_counter()
    try:
        outcome = preparer.prepare(mail, Budget(60))
    except NotNow:
        outcome = Outcome(Handling.HUMAN, "assistant unavailable")
    score.times.append(time.perf_counter() - began)
    name = label.file.name
    score.mails += 1
    right = outcome.handling is label.handling
    score.handled += right
    if not right:
        score.failures.append(f"{name} : {outcome.handling.value} ({outcome.reason}), attendu {label.handling.value}")
        score.wrongly_automatic += outcome.handling is Handling.DRAFT
        score.needlessly_human += label.handling is Handling.DRAFT
    if label.handling is not Handling.DRAFT:
        return
    block, parts = _parts(outcome)
    for question in label.questions:
        score.questions += 1
        found = question.about in outcome.topics
        score.found += found
        if not found:
            score.failures.append(f"{name} : {question.about} pas trouvé, mais {list(outcome.topics)}")
        if question.answerable:
            score.answerable += 1
            good = any(_is_right(question, part) for part in parts)
            score.answered += good
            if not good:
                score.failures.append(f"{name} : {question.about}, réponse fausse ou absente {list(question.expects)}")
            continue
        score.blanks += 1
        marked = ("À COMPLÉTER" in block or "À VÉRIFIER" in block) and any(_is_right(question, part) for part in parts)
        score.marked += marked
        if not marked:
            score.failures.append(f"{name} : {question.about} n'est pas signalé comme sans réponse")


def _parts(outcome: Outcome) -> tuple[str, list[str]]:
    """Return the agent's block, and the answers one by one, then all together when there is only one."""
    body = outcome.reply.get_body(("plain",)) if outcome.reply else None
    text = str(body.get_content()) if body else ""
    block, _, answer = text.partition("=== Fin ===")
    return block, _HEADING.split(answer)[1:]


def _is_right(question: Expected, text: str) -> bool:
    plain = _plain(text)
    return all(_in(words, plain) for words in question.expects) and not any(
        _in(words, plain) for words in question.forbids
    )


def _in(words: str, plain: str) -> bool:
    if _plain(words) in plain:
        return True
    try:
        return re.search(words, plain, re.IGNORECASE) is not None
    except re.error:
        return False


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("’", "'")).casefold()


def main(argv: list[str] | None = None) -> int:
    """Run the evaluation; return 0, or 2 when the labels cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.mails", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="dossier", help="dossier de courriers étiquetés")
    parser.add_argument("--rasa-url", help="adresse d'un Rasa qui tourne (défaut : démarre un assistant)")
    parser.add_argument("--database-url", help="base de connaissances de cet assistant")
    arguments = parser.parse_args(argv)
    try:
        labels = read_labels(arguments.folder)
    except (OSError, ValueError, yaml.YAMLError) as error:
        print(f"Étiquettes illisibles : {error}", file=sys.stderr)
        return 2
    if arguments.rasa_url and arguments.database_url:
        print(evaluate(labels, arguments.rasa_url, arguments.database_url).report())
        return 0
    (port,) = free_ports(1)
    with TemporaryDirectory(prefix="mails-") as folder:
        database = f"sqlite:///{folder}/knowledge.sqlite3"
        with running_assistant(environment={"RASA_PORT": str(port), "DATABASE_URL": database}, fresh=True):
            print(evaluate(labels, f"http://127.0.0.1:{port}", database).report())
    return 0


if __name__ == "__main__":
    sys.exit(main())
