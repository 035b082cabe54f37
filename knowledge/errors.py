"""Errors of the knowledge base: one base class to catch, children that carry data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class KnowledgeError(Exception):
    """Base of every error raised on purpose by this package."""


@dataclass(frozen=True)
class Problem:
    """One fault in a file: where it is, what is wrong, how to mend it."""

    file: Path
    line: int
    field: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} : {self.field} : {self.message}\n    → {self.remedy}"


class InvalidRecords(KnowledgeError):
    """Some files are faulty; nothing was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UnknownRecord(KnowledgeError):
    """No record has this id."""

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.record_id = record_id


class StoreUnavailable(KnowledgeError):
    """The database cannot be reached or is not at the expected version."""


class NotACall(KnowledgeError):
    """There is nothing to apply for: the record is a resource or an event.

    Attributes:
        record_id: its id.
    """

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.record_id = record_id


class InvalidAnswers(KnowledgeError, ValueError):
    """Answers that no question accepts.

    Attributes:
        problems: what is wrong, by question id: "question" (no such question) or "answer" (not one of the possible ones).
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = dict(problems)


class ConsentMissing(KnowledgeError):
    """Nothing is kept of an applicant without her consent."""


class RequestReused(KnowledgeError):
    """The name of a request was that of another one; nothing was written."""


class AlreadyKept(KnowledgeError):
    """The dossier was kept some time ago; its code was shown then, and is not shown again."""


class UnknownDossier(KnowledgeError):
    """No dossier has this reference, or the code does not open it: the two are never told apart."""


class DossierLocked(KnowledgeError):
    """Too many wrong codes.

    Attributes:
        until: when guesses are accepted again; aware.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class DossierChanged(KnowledgeError):
    """The dossier is no longer at the version that was read; nothing was written.

    Attributes:
        version: the present one.
    """

    def __init__(self, version: int) -> None:
        super().__init__(str(version))
        self.version = version


class InvalidContent(KnowledgeError, ValueError):
    """A dossier cannot hold this.

    Attributes:
        problems: what is wrong, by dotted field name: "unknown" (no such field) or "value".
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = dict(problems)


class UnknownDocument(KnowledgeError):
    """A call has no such document, or not in this format."""


class UnreadableDirectory(KnowledgeError):
    """A file is not a directory of establishments; nothing of it was loaded.

    Attributes:
        file, line: where; line 0 when it is the whole file.
    """

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}, ligne {line} : {reason}" if line else f"{file} : {reason}")
        self.file, self.line = file, line
