"""What is said when documents are offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from knowledge.base.records import Record, State
from knowledge.base.situation import situation
from knowledge.documents.choosing import Format, Kind
from knowledge.documents.compose import title_of
from knowledge.documents.texts import text
from knowledge.french.dates import french_list
from knowledge.french.phrases import phrase
from knowledge.wording.values import Answer, Button


def documents_answer(
    record: Record, offered: Mapping[Kind, tuple[Format, ...]], now: datetime, *, kept: bool
) -> Answer:
    """Return the list of what is offered; the links come beside it.

    Args:
        record: the call.
        offered: documents and formats.
        now: aware instant.
        kept: whether the documents are filled from a dossier.
    """
    state = situation(record, now)
    name = phrase(f"situation.{state.status.value}")
    lines = [text("offer.header", title=record.short_title, situation=name)]
    for kind, formats in offered.items():
        names = french_list([text(f"formats.{fmt.value}") for fmt in formats])
        lines.append(text("offer.line", title=title_of(kind), formats=names))
    lines += [text("offer.kept" if kept else "offer.said"), text("offer.note")]
    if state.over:
        lines.append(text("offer.over"))
    buttons = (
        Button(
            phrase("dossier.button_fill" if kept else "dossier.button_save"),
            "dossier",
            record.id,
            choice="correct" if kept else "save",
        ),
        Button(phrase("checklist.button_list"), "checklist", record.id),
    )
    return Answer("\n".join(lines), State.STATED, "documents", record, state, (), buttons)
