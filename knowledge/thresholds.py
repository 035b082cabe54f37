"""The numbers set by hand that decide what is said, each with what it decides; those that are learnt are in weights.yml.

`make evaluate-unseen` and `make evaluate` show what a change does; one that changes nothing on any set is deleted.
"""

from __future__ import annotations

# Decision (knowledge/understanding/weighing.py): probabilities learnt on calls left out.
SURE = 0.7
"""A fact or a passage answers from this probability on, where the document is there to check against …"""
SURE_ALONE = 0.65
"""… from this one where the record stands alone …"""
SURE_TAUGHT = 0.57
"""… and from this one where the record gives its own ways of asking: 97 % of what is then said is right."""
ANSWERED = 0.5
"""Nothing is sure unless the document is this likely to answer at all."""
ASKED = 0.45
"""A sentence that puts a point off is what the question asks for from this probability on."""
NOT_SAID = 0.32
"""A silence is claimed under this probability that the document answers …"""
NOT_SAID_ALONE = 0.28
"""… or under this one, by a record alone …"""
SPOKEN = 0.5
"""… and never while a passage has this share of the question's words, by rarity."""
LIKE_FACT = 0.05
"""A passage answers instead of a fact when it is surer by this much: our own short sentence is read faster."""

# What a question is about (weighing, selection, readings, answering): probabilities of topics, 0 to 1.
PLAIN = 0.6
"""A topic this likely is asked about plainly."""
CERTAIN_TOPIC = 0.8
"""A topic this likely is hardly doubted."""
BEYOND_DOUBT = 0.85
"""A topic this likely, of which the record says nothing, leaves no answer to a typed question …"""
ELSEWHERE = 0.2
"""… unless the best fact is on a topic this likely."""
SURE_PLAIN = 0.9
"""A topic this likely is beyond doubt: faint entries of it are no answer of their own."""
LEADER_BELOW = 0.75
"""A topic likelier than this (« quelles pièces ? ») is never answered for one call only, where several could be meant."""
PLACE_HINT = 0.02
"""Beside a place, the next likely topic is taken from this probability on."""
HINT = 0.05
"""With nothing else to go by, the next topic is taken from this probability on."""
HINTED_UNDER = 0.6
"""What is named (a kind of establishment, a day) hints at a topic when none is likelier than this …"""
HINTED = 0.4
"""… and makes it this likely."""
LISTED_TOPIC = 0.12
"""A list whose question is this likely about a topic too says for each call what it says on it …"""
LISTED_NEAR = 0.45
"""… or whose best fact is this near."""
LIKELY_LIST = 0.6
"""Under this, a list of the calls of a place that has one is a poor answer: its nearest facts are a better one."""
MAYBE_LIST = 0.15
"""A list or a comparison that the model only half believes in, when places are named."""
POSSIBLE_TOPIC = 0.2
"""Once a call is named, a topic this likely is worth its nearest facts rather than « je n'ai pas compris »."""
LIKELY_DEFINITION = 0.35
"""A meaning is asked for when the model says so this much, and the wording agrees …"""
POSSIBLE_DEFINITION = 0.1
"""… or this much beside a known term."""
ELLIPSIS_UNDER = 0.6
"""A question of hardly a word, on no topic likelier than this, is read with the one before."""

# How near an entry is to a question (Scored.near), 0 to 1.
ASKED_FOR = 0.5
"""A fact that says that the document does not say comes first when it is this near: it was asked for."""
ASKED_TOPIC = 0.2
"""A silence counts as asked for on a topic at least this likely …"""
ASKED_OUTRIGHT = 0.7
"""… and names its point when it is this near."""
WHOLE_NEAR = 0.85
"""« Quelle est la date limite ? »: nearly the words in which the topic itself is asked for …"""
WHOLE_AHEAD = 0.1
"""… and nearer than any fact by this much."""
NEAREST_FIRST = 0.3
"""Of a topic asked about at large, the nearest fact is said first from this nearness on: a plain question may hide a precise one."""
CLEAR_NEAR = 0.5
"""A fact this near speaks although the topic was not understood …"""
NAMED_NEAR = 0.2
"""… or this near, once the call is known."""
LEADER_NEAR = 0.42
"""With no record in hand, one whose best fact is this near …"""
LEADER_AHEAD = 0.12
"""… and leads by this much is the one meant."""
SPEAKS_OF = 0.3
"""A passage that has this share of a question's words, by rarity, is worth showing although nothing was understood."""
MOSTLY_UNKNOWN = 0.75
"""A question of whose words the document lacks so many is about something else."""

# Which entries are shown (selection): shares of the probability that a record's entries have together.
SURE_WITHOUT_SECOND = 0.6
"""A best entry this likely does without the second encoder: half of the questions, and nearly all of its gain."""
ANSWERED_AT_LARGE = 0.5
"""A topic asked about at large is answered unless the document is less likely than this to answer."""
STANDS_OUT = 0.45
"""A plain topic whose best entry has less than this is asked about at large …"""
FAINT = 0.25
"""… or, beyond doubt, less than this."""
AIMED_SHARE = 0.1
"""A fact is aimed at from this share on …"""
AIMED_PART = 0.35
"""… and from this part of the best one's."""
POSSIBLE_SHARE = 0.03
"""A fact with this share comes after those that are aimed at."""
NEAR_SILENCE = 0.06
"""Beside a silence, a fact of another topic is shown from this share on."""
SILENCE_LEAD = 1.2
"""A fact that says that the document does not say comes first when it leads the best other one by this factor …"""
UNASKED_LEAD = 3.0
"""… or by this one, when no word of the question asks for its point."""
TWINS = 0.55
"""Two facts that share more than this part of their words say the same."""
