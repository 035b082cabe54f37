"""What a conversation about a dossier says that Rasa must neither read nor keep: codes, e-mail addresses, erasures.

Messages are read before they are masked and sent on (`receive`), answers are completed before they are shown (`deliver`).
The actions ask for it under the key `dossier` of a message: `deliver` (« code », « erasure ») and `wait` (« code »,
« email »), with the `reference` of the dossier whose code is waited for; and for documents to hand over, under the key `documents`.
"""

from __future__ import annotations

import json
from typing import Any

from bot.web import dossier_access, parcels
from bot.web.models import Awaited
from knowledge.patterns import compile_pattern
from knowledge.privacy.codes import find_code, find_reference, without_references

_REFERENCE_PLACE, _CODE_PLACE = "[référence]", "[code]"
_EMAIL = compile_pattern(r"[^@\s<>(),;:]+@[^@\s<>(),;:]+\.[^@\s<>(),;:.]+")


async def receive(conversation: str, text: str) -> str | None:
    """Return the message to send to Rasa in place of `text`, None when it holds nothing of the kind.

    Raises:
        Problem: the knowledge base cannot be read.
    """
    awaited = await Awaited.objects.filter(conversation=conversation).afirst()
    code = find_code(without_references(text))
    if code:
        reference = find_reference(text) or (awaited.reference if awaited else "")
        if not reference:
            return _payload("resume")
        return _payload(await dossier_access.open_in(conversation, reference, code))
    if awaited and awaited.kind == "email":
        email = _EMAIL.search(text)
        if email and await dossier_access.put_email(conversation, email.group()):
            return _payload("email")
    return None


async def deliver(conversation: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return Rasa's items once done what they ask.

    Raises:
        Problem: it cannot be done; nothing of the answer must be shown then.
    """
    asked = [item["custom"].get("dossier", {}) for item in items if _asks(item)]
    await _wait(conversation, asked)
    return [await _completed(conversation, item) if _asks(item) else item for item in items]


async def _completed(conversation: str, item: dict[str, Any]) -> dict[str, Any]:
    content = item["custom"]
    if "documents" in content:
        return {**item, "custom": {**content, "downloads": await parcels.prepare(conversation, content["documents"])}}
    wanted = content["dossier"].get("deliver")
    reference = code = ""
    if wanted == "code":
        reference, code = await dossier_access.renew_code(conversation)
    elif wanted == "erasure":
        reference = (await dossier_access.erase_in(conversation))["reference"]
    text = content["text"].replace(_REFERENCE_PLACE, reference).replace(_CODE_PLACE, code)
    return {**item, "custom": {**content, "text": text}}


async def _wait(conversation: str, asked: list[dict[str, str]]) -> None:
    waiting = next((item for item in asked if item.get("wait")), None)
    if waiting is None:
        await Awaited.objects.filter(conversation=conversation).adelete()
        return
    values = {"kind": waiting["wait"], "reference": waiting.get("reference", "")}
    await Awaited.objects.aupdate_or_create(conversation=conversation, defaults=values)


def _asks(item: dict[str, Any]) -> bool:
    content = item.get("custom")
    return isinstance(content, dict) and any(isinstance(content.get(name), dict) for name in ("dossier", "documents"))


def _payload(choice: str) -> str:
    return "/manage_dossier" + json.dumps({"choice": choice})
