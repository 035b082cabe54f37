"""Data and parts of place recognition; the public side is ``knowledge.territory`` and ``knowledge.places``."""
