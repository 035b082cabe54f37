"""The assistant without its servers: the trained model and the actions, called one after the other in this process.

Ten times as fast as through HTTP, for measures that ask the same questions again and again; what is measured here leaves out Rasa's
rules on what is not a question on the calls.
"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.base
from actions.answer import ActionAnswer
from actions.fallback import ActionFallback
from actions.talk import ActionOffTopic
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.intent_model import IntentModel
from bot.nlu.spacy_fr import SpacyNLP
from knowledge.answering.assistant import Assistant

ROOT = Path(__file__).parent.parent
_MODEL = ROOT / "models" / "assistant.tar.gz"
_COMPONENT = "train_bot.nlu.intent_classifier.IntentClassifier1"
_ACTIONS = {"nlu_fallback": ActionFallback, "off_topic": ActionOffTopic}
_FIRST = 160  # characters of a first sentence


def trained_model(archive: Path = _MODEL) -> IntentModel:
    """Return the intent model of a trained assistant.

    Raises:
        FileNotFoundError: nothing was trained yet (`make train`).
    """
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
        wanted = [item for item in tar.getmembers() if _COMPONENT in item.name]
        for item in wanted:
            item.name = item.name.lstrip("/")
        tar.extractall(folder, members=wanted)
        return IntentModel.load(Path(folder) / "components" / _COMPONENT)


@dataclass
class Direct:
    """A conversation at a time with the base of `DATABASE_URL`, at the instant of `ASSISTANT_NOW`."""

    model: IntentModel = field(default_factory=trained_model)

    def __post_init__(self) -> None:
        settings = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
        self._classifier = IntentClassifier(
            {**IntentClassifier.get_default_config(), "threshold": settings[1]["threshold"]}, None, None, self.model
        )
        self._language = SpacyNLP.load_model(settings[0]["model"])
        self._read: dict[str, dict[str, Any]] = {}

    def read(self, text: str) -> dict[str, Any]:
        """Return what Rasa makes of a message; once for each text."""
        if text not in self._read:
            message = Message.build(text)
            self._classifier.process([message], self._language)
            self._read[text] = {**message.as_dict_nlu(), "text": text}
        return self._read[text]

    def ask(self, texts: Sequence[str], slots: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the answers to the last of some messages, each the dictionary that channels receive."""
        known: dict[str, Any] = dict(slots or {})
        messages: list[dict[str, Any]] = []
        for text in texts:
            latest = self.read(text)
            tracker = Tracker("direct", known, latest, [], False, None, {}, "action_listen")
            dispatcher = CollectingDispatcher()
            intent = (latest.get("intent") or {}).get("name") or ""
            action = _ACTIONS.get(intent, ActionAnswer)()
            events = action.answer(Assistant(actions.base.catalogue().snapshot()), dispatcher, tracker)
            known |= {item["name"]: item["value"] for item in events if item["event"] == "slot"}
            messages = [item.get("custom") or {"text": item.get("response") or ""} for item in dispatcher.messages]
        return messages


def first_sentence(messages: Sequence[Mapping[str, Any]]) -> str:
    """Return what a person reads first: the lead of the first answer, else its beginning."""
    if not messages:
        return ""
    text = str(messages[0].get("lead") or "")
    return text or str(messages[0].get("text") or "")[:_FIRST]
