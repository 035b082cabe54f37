"""Rasa component: the intent of a message, and that of each question within it.

Output besides Rasa's own `intent` and `intent_ranking`: `clauses`, a list of
{"text", "intent", "confidence", "ranking": [[intent, confidence], …]} in the order of the message, that
the actions answer one by one. The message's own intent is that of the first clause that asks something,
so that one rule leads to the action whatever the number of questions.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intent_model import IntentModel
from bot.nlu.splitter import Clause, split
from bot.nlu.talk import speaks_of
from knowledge.base.loader import ways_of_asking
from knowledge.french.spelling import respell
from knowledge.french.text import content_words
from knowledge.understanding.question import looks_like_definition
from knowledge.understanding.utterance import heard

_TOPIC = "ask_"
_FALLBACK = "nlu_fallback"
# Talk around a question: what the message is about lies elsewhere when it holds anything else.
_COURTESY = {"repeat", "more_detail", "greet", "goodbye", "thank", "affirm", "deny", "specify_context", "ask_identity"}
_REFUSED = {"off_topic", "injection", "insult"}
_URGENT = ("distress", "talk_to_person")
_TALK = {"ask_help", "ask_identity", "ask_privacy"}
_DOUBTFUL = {
    "off_topic",
    "injection",
    "insult",
    "greet",
    "talk_to_person",
    "goodbye",
    "thank",
    "repeat",
    "affirm",
    "deny",
    *_TALK,
}
_SURE_TALK = 0.75
# What talk.yml recognises, whatever the model says.
_BY_WORDS = {
    "urgent": "distress",
    "privacy": "ask_privacy",
    "check": "check_eligibility",
    "dossier": "manage_dossier",
    "documents": "make_documents",
    "checklist": "follow_checklist",
}
# « Pouvez-vous répéter la dernière réponse ? »; with more in it, a message is not about the answer before.
_LONGEST_REPEAT = 4
_ABOUT_THE_ANSWER = {"repeat", "more_detail"}
_SURE_URGENT = 0.6
_SURE_DISTRESS = 0.9
# Talk that is less likely than this is better looked up in the base than answered with a set phrase.
_LIKELY_TALK = 0.45


def _next_topic(clause: Clause) -> str:
    """Return the likeliest intent that asks something about the calls."""
    return next((name for name, _ in clause.ranking if name.startswith(_TOPIC) and name not in _TALK), _FALLBACK)


def _is_urgent(clause: Clause) -> bool:
    """Return whether distress, or the wish to talk to a person, is sure enough to come before everything else."""
    if speaks_of("urgent", clause.text):
        return True
    if clause.intent == "distress" and clause.confidence < _SURE_DISTRESS and not speaks_of("alarm", clause.text):
        return False
    return clause.confidence >= _SURE_URGENT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True, model_from="SpacyNLP")
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Classifies clauses with `IntentModel`; below `threshold` a clause is not understood."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: `threshold` is calibrated by `make calibrate` (docs/calibration.md)."""
        return {"threshold": 0.3, "ranking_length": 10}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource, IntentModel())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> IntentClassifier:
        """Return the trained component.

        Raises:
            ValueError: the archive holds no model; better to fail at start than to misunderstand in silence.
        """
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData, model: SpacyModel) -> Resource:
        """Learn from the examples and store the model (spaCy's is given to every method or to none)."""
        del model
        examples = [item for item in training_data.intent_examples if item.get(TEXT) and item.get(INTENT)]
        intents = {item.get(INTENT) for item in examples}
        pairs = [(item.get(TEXT), item.get(INTENT)) for item in examples]
        # How people ask for the facts and the points of the base also teaches the topics.
        pairs += [(text, f"{_TOPIC}{topic}") for topic, text in ways_of_asking() if f"{_TOPIC}{topic}" in intents]
        self._model.fit([text for text, _ in pairs], [intent for _, intent in pairs])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message], model: SpacyModel) -> list[Message]:
        """Set intent, ranking, and clauses on each message; commands of the server pass untouched."""
        for message in messages:
            text = message.get(TEXT)
            if text and not text.startswith(INTENT_MESSAGE_PREFIX):
                self._classify(message, split(model.model(respell(text)), self._model))
        return messages

    def _classify(self, message: Message, clauses: list[Clause]) -> None:
        length = self._config["ranking_length"]
        main = self._main(clauses)
        intent = {"name": self._name(main), "confidence": main.confidence}
        ranking = [{"name": name, "confidence": value} for name, value in main.ranking[:length]]
        message.set(INTENT, intent, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        questions = any(item.looks_like_question for item in clauses)
        described = [
            {
                "text": item.text,
                "intent": self._name(item),
                "confidence": round(item.confidence, 4),
                "ranking": [[name, round(value, 4)] for name, value in item.ranking[:5]],
                # « Je dirige un EHPAD à Rouen. » beside a question is its context, not a second question.
                "asks": item.looks_like_question or not questions,
            }
            for item in clauses
        ]
        message.set("clauses", described, add_to_output=True)

    def _name(self, clause: Clause) -> str:
        """Return the clause's intent; talk that names a place, or asks for a meaning, is more likely a question."""
        for kind, intent in _BY_WORDS.items():
            if speaks_of(kind, clause.text):
                return intent
        if clause.intent == "distress" and not _is_urgent(clause):
            return _next_topic(clause)
        long = clause.intent in _ABOUT_THE_ANSWER and len(content_words(clause.text)) > _LONGEST_REPEAT
        if long or clause.intent in _DOUBTFUL and clause.confidence < _SURE_TALK:
            if looks_like_definition(clause.text):
                return "ask_definition"
            if long or heard(clause.text).places:
                return _next_topic(clause)
            if clause.confidence < _LIKELY_TALK:
                return _FALLBACK
        if not self._model.knows_a_word(clause.text):
            # Letters at random have a most likely intent as well.
            return _FALLBACK
        return clause.intent if clause.confidence >= self._config["threshold"] else _FALLBACK

    def _main(self, clauses: list[Clause]) -> Clause:
        """Return the clause that decides who answers: distress first, then the first understood question."""
        names = [(clause, self._name(clause)) for clause in clauses]
        others = any(
            name.startswith("ask_") and name not in _TALK for clause, name in names if clause.looks_like_question
        )
        for urgent in _URGENT:
            found = next((clause for clause, name in names if name == urgent and _is_urgent(clause)), None)
            # Beside a question, the wish to be called back is granted after the answer.
            if found and not (urgent == "talk_to_person" and others):
                return found
        questions = [item for item in names if item[0].looks_like_question] or names
        for pool in (questions, names):
            understood = [
                (clause, name)
                for clause, name in pool
                if name not in _COURTESY and name != _FALLBACK and name not in _REFUSED
            ]
            # « J'ai trois questions » announces the questions; it is not one.
            topical = [clause for clause, name in understood if name not in _TALK]
            if understood:
                return topical[0] if topical else understood[0][0]
        return next((clause for clause, name in questions if name not in _COURTESY), questions[0][0])
