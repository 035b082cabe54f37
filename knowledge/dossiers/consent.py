"""The consent under which a dossier is kept: who holds it, why, how long, and how to erase it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from knowledge.dossiers.dossier import KEPT_FOR
from knowledge.errors import KnowledgeError

_FILE = Path(__file__).with_name("consent.yml")


@dataclass(frozen=True)
class Consent:
    """What is asked of a person.

    Attributes:
        version: changes with every word of the text.
        text: French, one idea per line.
        kept_for: after the last change.
        holder: who keeps the dossiers.
    """

    version: str
    text: str
    kept_for: timedelta
    holder: str


def consent_from_env(environ: Mapping[str, str] = os.environ) -> Consent:
    """Return the consent asked under the present settings.

    DATA_CONTROLLER names who holds the dossiers, DATA_CONTACT whom to write to about one's data, DOSSIER_DAYS how long
    a dossier is kept after its last change (GDPR, article 13: these three are told before anything is kept).

    Raises:
        KnowledgeError: DOSSIER_DAYS is not a number of days.
    """
    written: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    holder = environ.get("DATA_CONTROLLER", "").strip() or written["unnamed_holder"]
    contact = environ.get("DATA_CONTACT", "").strip()
    kept_for = _kept_for(environ, written["wrong_days"])
    text = written["text"].format(
        holder=holder, days=kept_for.days, contact=written["contact"].format(contact=contact) if contact else ""
    )
    return Consent(f"{written['written_on']}.{hashlib.sha256(text.encode()).hexdigest()[:8]}", text, kept_for, holder)


def _kept_for(environ: Mapping[str, str], wrong: str) -> timedelta:
    text = environ.get("DOSSIER_DAYS", "").strip()
    if not text:
        return KEPT_FOR
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 3660:
        raise KnowledgeError(wrong.format(text=text))
    return timedelta(days=int(text))
