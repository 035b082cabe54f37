"""Documents, for the web part: built in memory when somebody fetches them."""

from __future__ import annotations

from typing import Any

from bot.web import dossier_access
from bot.web.knowledge_access import in_thread, judge, now
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

    def work() -> Any:
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

    return await in_thread(work)


async def described(items: list[tuple[str, str]], address: str) -> list[dict[str, str]]:
    """Return documents as people choose among them, their files under `address`."""
    return await in_thread(lambda: _described(items, address))


def _described(items: list[tuple[str, str]], address: str) -> list[dict[str, str]]:
    from knowledge.documents.choosing import Format
    from knowledge.documents.texts import text

    found = [
        {
            "label": text("offer.link", title=text(f"titles.{kind}"), format=text(f"formats.{Format(fmt).value}")),
            "format": fmt,
            "url": f"{address}/{kind}.{fmt}",
        }
        for kind, fmt in items
    ]
    if len(items) > 2:
        found.append({"label": text("offer.all"), "format": "zip", "url": f"{address}/{ALL}"})
    return found
