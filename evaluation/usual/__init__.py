"""The usual Rasa pipeline, for comparison: DIET on spaCy's vectors, as Rasa's templates suggest."""
