"""The calls and all that is decided from them; knows nothing of Rasa or of the web."""
