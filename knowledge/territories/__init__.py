"""Data and parts of the recognition of French places; the public side is ``knowledge.territory`` and ``knowledge.places``."""
