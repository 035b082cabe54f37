"""One exchange: what was asked, checked and sent to Rasa, and what it answers."""

from __future__ import annotations

import time
from typing import Any

from bot.web import answers, dossiers, limits, metrics
from bot.web.problems import Problem
from bot.web.rasa import upstream
from bot.web.text import as_plain_text, clean
from knowledge.masking import mask


async def reply(conversation: str, asked: dict[str, Any], address: str) -> list[answers.Answer]:
    """Answer `{"text": …}` or `{"button": …}`.

    Args:
        conversation: identifier made by the server.
        asked: what the client sent.
        address: the client's network address, for the limits.

    Raises:
        Problem: it cannot be answered; nothing was changed in the conversation unless Rasa was too slow.
    """
    if ("text" in asked) == ("button" in asked):
        raise Problem("invalid-body")
    limits.check("session", conversation, address)
    # A text is checked before the place is taken, a button is not: it is looked up in the database.
    text = clean(asked["text"]) if "text" in asked else ""
    with limits.one_at_a_time(conversation):
        message = (
            await _message(conversation, text) if text else await answers.payload_of(asked["button"], conversation)
        )
        started = time.monotonic()
        try:
            items = await dossiers.deliver(conversation, await upstream.send(conversation, message))
            found = await answers.from_items(items, conversation)
        except Problem as problem:
            metrics.message(problem.name, time.monotonic() - started)
            raise
        metrics.message("answered", time.monotonic() - started)
        return found


async def _message(conversation: str, text: str) -> str:
    """Return what Rasa reads of a text: personal data is masked before anything can keep it, its tracker included."""
    return await dossiers.receive(conversation, text) or as_plain_text(mask(text))
