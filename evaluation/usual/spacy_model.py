"""spaCy's French model as Rasa's own component loads it, without its check of version numbers.

Rasa 3.6 refuses fr_core_news_md 3.8 under spaCy 3.7, which merely warns; nothing else differs from
`rasa.nlu.utils.spacy_utils.SpacyNLP`.
"""

from __future__ import annotations

import warnings

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils import spacy_utils
from rasa.nlu.utils.spacy_utils import SpacyModel


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(spacy_utils.SpacyNLP):
    """Loads the model as its parent does (Rasa finds the provider of a model by this class name)."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Return the model with every pipe but the parser."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return SpacyModel(spacy.load(spacy_model_name, disable=["parser"]), spacy_model_name)
