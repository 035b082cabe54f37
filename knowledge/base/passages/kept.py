"""The passages of each record in the database: replaced whole, read by version."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from knowledge.base.passages.document import Passage
from knowledge.base.store import Store, in_utc
from knowledge.base.tables import passage, passage_set, record, revision
from knowledge.errors import UnknownRecord


def keep_passages(store: Store, record_id: str, passages: Sequence[Passage], source: str, now: datetime) -> int:
    """Replace the passages of a record; return the number of this version. Answers follow at once.

    Args:
        source: the document's name, as its keeper knows it.
        now: aware instant.

    Raises:
        UnknownRecord: no record has this id.
        StoreUnavailable: the database does not answer.
    """
    with store.connection() as connection:
        if not connection.execute(select(record.c.id).where(record.c.id == record_id)).one_or_none():
            raise UnknownRecord(record_id)
        before = connection.execute(select(passage_set.c.number).where(passage_set.c.record_id == record_id)).scalar()
        number = int(before or 0) + 1
        connection.execute(delete(passage).where(passage.c.record_id == record_id))
        connection.execute(delete(passage_set).where(passage_set.c.record_id == record_id))
        rows = [
            {"record_id": record_id, "position": place, "section": item.section, "lead": item.lead, "text": item.text}
            for place, item in enumerate(passages)
        ]
        if rows:
            connection.execute(insert(passage), rows)
        digest = hashlib.sha256("\n".join(item.text for item in passages).encode("utf-8", "replace")).hexdigest()
        values = {"record_id": record_id, "number": number, "source": source, "checksum": digest}
        connection.execute(insert(passage_set).values(**values, loaded_at=in_utc(now)))
        connection.execute(update(revision).values(number=revision.c.number + 1))
        return number


def forget_passages(store: Store, record_id: str) -> bool:
    """Erase the passages of a record; return whether it had any."""
    with store.connection() as connection:
        connection.execute(delete(passage).where(passage.c.record_id == record_id))
        gone = connection.execute(delete(passage_set).where(passage_set.c.record_id == record_id)).rowcount > 0
        if gone:
            connection.execute(update(revision).values(number=revision.c.number + 1))
        return bool(gone)


def passage_versions(store: Store) -> dict[str, int]:
    """Return the version of the passages of each record that has some."""
    with store.connection() as connection:
        rows = connection.execute(select(passage_set.c.record_id, passage_set.c.number))
        return {row.record_id: row.number for row in rows}


def read_passages(store: Store, record_id: str) -> tuple[Passage, ...]:
    """Return the passages of a record, in the order of its document; none when it has none."""
    query = select(passage.c.text, passage.c.section, passage.c.lead).where(passage.c.record_id == record_id)
    with store.connection() as connection:
        return tuple(
            Passage(row.text, row.section, row.lead) for row in connection.execute(query.order_by(passage.c.position))
        )
