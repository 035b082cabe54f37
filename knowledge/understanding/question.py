"""A question as understood: its words, what it names, and how likely each topic is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge import thresholds
from knowledge.base.glossary import Term
from knowledge.french.text import STOP_WORDS, content_words, fold
from knowledge.patterns import compile_pattern
from knowledge.understanding.lexicon import Mentions

# Ways of asking what a word means; on folded text.
_DEFINE = compile_pattern(
    r"\b(c est quoi|ce qu est|qu est (exactement|au juste|ce donc)|c quoi|cest quoi|kesako|qu ?est ce que|defini|signifi|veut dire|veulent dire|"
    r"ca veut|sigle|acronyme|abrevi|toutes lettres|developp|recouvre|entend|terme|designe|difference|confondre|"
    r"traduction|traduire|se cache derriere|pareil|meme chose|correspond|kezako|quesaco|decod|jamais su|bonnet blanc)"
)
_DEFINING_WORDS = frozenset(
    [
        "c",
        "cest",
        "quoi",
        "kesako",
        "kezako",
        "quesaco",
        "definition",
        "definir",
        "definis",
        "signifie",
        "signification",
        "veut",
        "dire",
        "sigle",
        "acronyme",
        "lettres",
        "developpez",
        "developper",
        "terme",
        "mot",
        "difference",
        "entre",
        "quest",
        "que",
        "qu",
        "est",
        "ca",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "de",
        "du",
        "l",
        "d",
        "moi",
        "pouvez",
        "vous",
        "svp",
        "stp",
        "exactement",
        "juste",
        "au",
        "juste",
        "pareil",
        "chose",
        "correspond",
        "expliquez",
        "explique",
        "explication",
        "ici",
    ]
)
_SHORT = 8
# Words of a follow-up that carry no topic of their own: « et du côté de Rouen, combien ? ».
_FILLERS = frozenset(
    [
        "cote",
        "meme",
        "question",
        "pareil",
        "idem",
        "chez",
        "combien",
        "ok",
        "alors",
        "bon",
        "sinon",
        "autre",
        "autres",
        "celle",
        "celui",
        "ceux",
        "pardon",
        "non",
        "plutot",
        "parlais",
        "parle",
        "voulais",
    ]
)

# « Et celle de l'appel de La Réunion ? » : the pronoun stands for what was asked before.
_STANDS_FOR = compile_pattern(r"(et )?(pour |a )?(celle|celui|celles|ceux)s? (de|du|des|d|pour|en|a|au)\b")
# « Je demandais pour l'individuel » : the words are new, the topic is that of the question before.
_CORRECTION = compile_pattern(
    r"\b(je (te |vous )?(demandais|parlais|voulais parler|voulais dire|pensais a|disais)|"
    r"c (est|etait) (pour|de|sur)|je (dis|vous dis) une betise|je me (suis )?trompe|erreur de ma part|au temps pour moi|ma question (portait|concernait|etait))\b"
)


# Words that ask which calls there are, rather than something of one of them; on folded text.
_WHICH_CALLS = compile_pattern(
    r"\b(appels|amis|aacs|aaps|(quels?|liste( de| d| des| les)?) (appel|ami|aac|aap)|quelque chose|existe|propose[zs]|"
    r"y ?a t ?(il|on)|avez vous|dispositifs)\b"
)
# A day of the calendar: « le 31 janvier », « 05/09/2022 ».
_DAY = compile_pattern(
    r"\b\d{1,2}(er)? (janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)\w*|\b\d{1,2}[/ .-]\d{1,2}[/ .-](20)?\d\d\b"
)
_OF_EACH = compile_pattern(
    r"\b(chacune?|chaque|respecti\w+|appel par appel|(tous|de) (les|vos) appels|les differents appels|"
    r"lequel|laquelle|lesquels|lesquelles|(les|des) (deux|trois|2|3) appels)\b"
)


def asks_of_each(text: str) -> bool:
    """Return whether a message asks the same thing of every call (« les échéances de chacun »)."""
    return bool(_OF_EACH.search(fold(text)))


def asks_which_calls(text: str) -> bool:
    """Return whether a message asks what calls there are."""
    return bool(_WHICH_CALLS.search(fold(text)))


def names_a_day(text: str) -> bool:
    """Return whether a message gives a day of the calendar (« on m'a dit le 5 septembre »)."""
    return bool(_DAY.search(fold(text)))


def is_correction(text: str) -> bool:
    """Return whether a message corrects what was understood of the one before (« je demandais pour les sessions »)."""
    return bool(_CORRECTION.search(fold(text)))


def looks_like_definition(text: str) -> bool:
    """Return whether a short message is worded as a request for a meaning (« IRP kesako »)."""
    folded = fold(text)
    return len(folded.split()) <= _SHORT and bool(_DEFINE.search(folded))


def is_follow_up(text: str, mentions: Mentions) -> bool:
    """Return whether a message only moves the previous question elsewhere (« ok et pour Lille ? »)."""
    if not (mentions.places or mentions.records or mentions.years):
        return False
    if _STANDS_FOR.match(fold(text)) and len(content_words(text)) <= _SHORT:
        return True
    named = set(fold(" ".join([*(place.text for place in mentions.places), *map(str, mentions.years)])).split())
    return not [word for word in content_words(text) if word not in _FILLERS and word not in named]


@dataclass(frozen=True)
class Question:
    """One clause to answer.

    Attributes:
        text: the clause as typed; empty for a button.
        topic: most likely topic.
        mentions: what the clause, or its message, names.
        probabilities: probability of each topic (those that the model ranks first).
        fixed: the topic was chosen by the user and is not to be reconsidered.
    """

    text: str
    topic: str
    mentions: Mentions = Mentions()
    probabilities: Mapping[str, float] = field(default_factory=dict)
    fixed: bool = False

    @property
    def sure(self) -> bool:
        """Whether the model hardly doubts the topic."""
        return self.probabilities.get(self.topic, 0.0) >= thresholds.CERTAIN_TOPIC

    @classmethod
    def on(cls, topic: str, mentions: Mentions) -> Question:
        """Return the question that a button or a change of place asks: a topic, no words."""
        return cls("", topic, mentions, {topic: 1.0}, fixed=True)


def asks_for_definition(question: Question, terms: Mapping[str, Term]) -> bool:
    """Return whether the question is about the meaning of a term rather than about a call.

    It is when nothing but terms and words of definition is left, or when the model says so and no call
    or place is named beside the term.
    """
    mentions = question.mentions
    if not question.text:
        return question.topic == "definition"
    if mentions.marks:
        return False
    known = [terms[item] for item in mentions.terms if item in terms]
    likely = question.probabilities.get("definition", 0.0)
    if not known:
        asked = bool(_DEFINE.search(fold(question.text)))
        return (
            asked
            and question.topic == "definition"
            and likely >= thresholds.LIKELY_DEFINITION
            and not (mentions.records or mentions.places)
        )
    folded = fold(question.text)
    left = f" {folded} "
    for name in sorted((fold(name) for term in known for name in term.names), key=len, reverse=True):
        left = left.replace(f" {name} ", " ").replace(f" {name}s ", " ")
    rest = [word for word in left.split() if word not in _DEFINING_WORDS and word not in STOP_WORDS and len(word) > 1]
    if not rest:
        return True
    asked = bool(_DEFINE.search(folded))
    if mentions.records or mentions.places:
        return asked and (likely >= thresholds.CERTAIN_TOPIC or question.topic == "definition")
    # « C'est quoi cette histoire de trinôme » : the term and the wording are there, the rest is manner.
    return (asked and (likely >= thresholds.POSSIBLE_DEFINITION or question.topic == "overview")) or (
        likely >= thresholds.LIKELY_DEFINITION and question.topic == "definition"
    )
