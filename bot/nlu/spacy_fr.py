"""spaCy's French model, loaded once, with only what is used: the tokenizer and sentence ends.

Rasa 3.6 refuses fr_core_news_md 3.8 because of a version number that spaCy 3.7 merely warns about; this
subclass loads it all the same. It must be called SpacyNLP: Rasa finds the model's provider by that name.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils import spacy_utils
from rasa.nlu.utils.spacy_utils import SpacyModel

from bot.nlu.spacy_speed import load_tokenizer


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(spacy_utils.SpacyNLP):
    """Loads the model without Rasa's check of its version."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Return the model with a rule-based sentence splitter as its only pipe."""
        nlp = load_tokenizer(spacy_model_name)
        if "sentencizer" not in nlp.pipe_names:
            nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "\n", ";"]})
        return SpacyModel(model=nlp, model_name=spacy_model_name)
