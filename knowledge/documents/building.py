"""Building documents in memory, one or all of them; nothing is written anywhere."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from knowledge.documents.blocks import Block
from knowledge.documents.calendar import to_ics
from knowledge.documents.choosing import Format, Kind, available
from knowledge.documents.compose import Application, compose
from knowledge.documents.docx import to_docx
from knowledge.documents.pdf import to_pdf
from knowledge.documents.texts import text
from knowledge.errors import UnknownDocument

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.ICS: "text/calendar; charset=utf-8",
    Format.JSON: "application/json",
}
ZIP = "application/zip"


@dataclass(frozen=True)
class Document:
    """A file to hand over."""

    filename: str
    media_type: str
    data: bytes


def build(kind: Kind, fmt: Format, application: Application) -> Document:
    """Return one document.

    Raises:
        NotACall: `application` is not about a call.
        UnknownDocument: this call has no such document, or not in this format.
    """
    record = application.record
    if fmt not in available(record).get(kind, ()):
        raise UnknownDocument(f"{kind.value}.{fmt.value}")
    name = f"{text(f'filenames.{kind.value}')}_{record.id}.{fmt.value}"
    return Document(name, MEDIA_TYPES[fmt], _data(kind, fmt, application))


def build_all(application: Application) -> Document:
    """Return an archive of all the documents of a call, in every format but JSON, and the JSON of what was said.

    Raises:
        NotACall: as `build`.
    """
    stream = io.BytesIO()
    day = application.now.timetuple()[:6]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, formats in available(application.record).items():
            for fmt in formats:
                if fmt is not Format.JSON:
                    document = build(kind, fmt, application)
                    archive.writestr(zipfile.ZipInfo(document.filename, day), document.data)
    return Document(f"{text('filenames.all')}_{application.record.id}.zip", ZIP, stream.getvalue())


def everything_said(record_id: str, content: Mapping[str, Any], reference: str | None, now: datetime) -> Document:
    """Return all that a dossier holds, for its owner and for her other programs (GDPR, article 20)."""
    whole = {"reference": reference, "call": record_id, "exported_at": now.isoformat(timespec="seconds")}
    data = json.dumps({**whole, "content": dict(content)}, ensure_ascii=False, indent=2).encode()
    return Document(f"{text('filenames.all')}_{record_id}.json", MEDIA_TYPES[Format.JSON], data)


def _data(kind: Kind, fmt: Format, application: Application) -> bytes:
    if fmt is Format.ICS:
        return to_ics(application.record, application.now)
    paper = compose(kind, application)
    if fmt is Format.DOCX:
        return to_docx(paper, application.now)
    if fmt is Format.PDF:
        return to_pdf(paper, application.now)
    content = {
        "title": paper.title,
        "subject": paper.subject,
        "call": application.record.id,
        "reference": application.reference,
        "made_at": application.now.isoformat(timespec="seconds"),
        "blocks": [_block(block) for block in paper.blocks],
        "closing": list(paper.closing),
        "content": dict(application.content),
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _block(block: Block) -> Mapping[str, Any]:
    return {"type": type(block).__name__.lower(), **asdict(block)}
