"""The numbers set by hand that decide what is said, each with what it decides; those that are learnt are in weights.yml.

`make evaluate-unseen` and `make evaluate` show what a change does; one that changes nothing on any set is deleted.
"""

from __future__ import annotations

# Decision (knowledge/weighing.py): probabilities learnt on calls left out.
SURE = 0.7
"""A fact or a passage answers from this probability on, where the document is there to check against …"""
SURE_ALONE = 0.7
"""… and where the record stands alone."""
ANSWERED = 0.6
"""Nothing is sure unless the document is this likely to answer at all."""
ASKED = 0.45
"""A sentence that puts a point off is what the question asks for from this probability on."""
NOT_SAID = 0.32
"""A silence is claimed under this probability that the document answers …"""
NOT_SAID_ALONE = 0.28
"""… or under this one, by a record alone."""
LIKE_FACT = 0.05
"""A passage answers instead of a fact when it is surer by this much: our own short sentence is read faster."""

# What a question is about (knowledge/weighing.py, knowledge/selection.py).
PLAIN = 0.6
"""A topic this likely is asked about plainly."""
SURE_PLAIN = 0.9
"""A topic this likely is beyond doubt."""
