"""Documents, for the web part: built in memory when somebody fetches them."""

from __future__ import annotations

from typing import Any

from bot.web import dossier_access
from bot.web.knowledge_access import in_thread, judge, now
from bot.web.models import Parcel
from bot.web.problems import Problem

ALL, DATA = "all.zip", "dossier.json"


async def of_dossier(reference: str, code: str) -> list[dict[str, str]]:
    """Return the documents that a dossier gives: title, format, and address.

    Raises:
        Problem: the dossier does not open, or its call is no longer known.
    """
    found = await dossier_access.read(reference, code)

    def work() -> list[dict[str, str]]:
        from knowledge.documents.choosing import available

        offered = [
            (kind.value, fmt.value) for kind, fmts in available(judge(found["call"]).record).items() for fmt in fmts
        ]
        return _described(offered, f"/api/dossiers/{found['reference']}/documents")

    return await in_thread(work)


async def build_for_dossier(reference: str, code: str, name: str) -> Any:
    """Return a document of a dossier (knowledge.documents.building.Document).

    Raises:
        Problem: the dossier does not open, or gives no such document.
    """
    found = await dossier_access.read(reference, code)
    return await build(found["call"], found["content"], found["reference"], name)


async def build(record_id: str, content: dict[str, Any], reference: str | None, name: str) -> Any:
    """Return the document called `name` (« letter.pdf », « all.zip »).

    Raises:
        Problem: no such call, or no such document of it.
    """

    return await in_thread(lambda: _made(record_id, content, reference, name))


async def described(items: list[tuple[str, str]], address: str, parcel: Parcel) -> list[dict[str, str]]:
    """Return documents as people choose among them: name, format, size, and address (under `address`).

    They are made once for their size, and thrown away: it is told before the download (RGAA 13.3).

    Raises:
        Problem: no such call.
    """

    def work() -> list[dict[str, str]]:
        sizes = {
            item: len(_made(parcel.record_id, parcel.content, parcel.reference, ".".join(item)).data) for item in items
        }
        return _described(items, address, sizes)

    return await in_thread(work)


def _made(record_id: str, content: dict[str, Any], reference: str | None, name: str) -> Any:
    from knowledge.documents.building import build, build_all, everything_said
    from knowledge.documents.choosing import Format, Kind
    from knowledge.documents.compose import Application

    if name == DATA:
        return everything_said(record_id, content, reference or None, now())
    application = Application(judge(record_id), content, now(), reference or None)
    if name == ALL:
        return build_all(application)
    kind, _, fmt = name.partition(".")
    if kind not in {item.value for item in Kind} or fmt not in {item.value for item in Format}:
        raise Problem("unknown-document")
    return build(Kind(kind), Format(fmt), application)


def _described(
    items: list[tuple[str, str]], address: str, sizes: dict[tuple[str, str], int] | None = None
) -> list[dict[str, str]]:
    from knowledge.documents.choosing import Format
    from knowledge.documents.texts import text

    known, found = sizes or {}, []
    for kind, fmt in items:
        label = text("offer.link", title=text(f"titles.{kind}"), format=text(f"formats.{Format(fmt).value}"))
        if (kind, fmt) in known:
            label = text("offer.size", label=label, size=_kilobytes(known[kind, fmt]))
        found.append({"label": label, "format": fmt, "url": f"{address}/{kind}.{fmt}"})
    if len(items) > 2:
        label = text("offer.all")
        if known:
            # What is inside is compressed already: the whole weighs about the sum.
            label = text("offer.about", label=label, size=_kilobytes(sum(known.values())))
        found.append({"label": label, "format": "zip", "url": f"{address}/{ALL}"})
    return found


def _kilobytes(size: int) -> int:
    return max(1, round(size / 1024))
