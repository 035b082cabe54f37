"""Deciding which pieces of a message are questions of their own, with the intent model as judge."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from bot.nlu.clauses import (
    Sentence,
    announced,
    is_bare,
    numbered,
    pieces,
    sentences,
    starts_a_question,
    starts_an_indirect_question,
)
from bot.nlu.intent_model import IntentModel
from knowledge.french.text import content_words, fold
from knowledge.patterns import compile_pattern
from knowledge.understanding.utterance import heard

# A piece stands alone when its own topic is at least this sure; otherwise it stays with its neighbour.
SURE_PIECE = 0.7
MAX_SENTENCES = 12
# Marks of a question in French, on folded text; a statement beside a question is its context.
_QUESTION = compile_pattern(
    r"\?|\b(quel|quelle|quels|quelles|comment|combien|quand|qui|quoi|ou|pourquoi|est ce|peut on|peut il|peux t|puis je|"
    r"faut il|doit on|y a t il|ya t il|savoir|connaitre|dites moi|dis moi|demand|precis|indiqu|confirm|renseign|inform|donner|expliqu|"
    r"envoyer|transmettre|il me faut|me faudrait|voudrai|souhait|aimerai|cherche|besoin|question|jusqu)"
)
MAX_PIECES = 6
# A question of so few words that matter is read with what was said just before.
FEW_WORDS = 2
# A question less sure than this is read with the statements before it when that makes it surer by so much.
CLEAR = 0.5
CLEARER = 0.15
SOME_WORDS = 3
_ANY_QUESTION = frozenset(
    [
        "appel",
        "appels",
        "ami",
        "aac",
        "aap",
        "dispositif",
        "demarche",
        "programme",
        "document",
        "cahier",
        "charges",
        "texte",
        "normand",
        "normande",
        "normands",
        "possible",
        "vrai",
        "faux",
        "normal",
        "juste",
        "truc",
        "machin",
        "passe",
        "marche",
        "bon",
        "permis",
        "autorise",
        "ok",
        "grave",
        "genant",
        "possible",
        "encore",
        "deja",
        "alors",
    ]
)
_POLITE = {"greet", "goodbye", "thank", "ask_identity"}


@dataclass(frozen=True)
class Clause:
    """A question (or a piece of talk) with its intents, best first; `in_question`: cut out of an interrogative sentence; `announces`: only says that questions follow."""

    text: str
    ranking: tuple[tuple[str, float], ...]
    in_question: bool = False
    announces: bool = False

    @property
    def intent(self) -> str:
        """The most likely intent."""
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        """Its probability, 0 to 1."""
        return self.ranking[0][1]

    @property
    def looks_like_question(self) -> bool:
        """Whether it is worded as a question or a request."""
        if self.announces:
            return False
        return self.in_question or "?" in self.text or bool(_QUESTION.search(fold(self.text)))


def split(doc: Doc, model: IntentModel) -> list[Clause]:
    """Return the clauses of a message, in order; at least one."""
    found: list[Clause] = []
    for sentence in sentences(doc)[:MAX_SENTENCES]:
        found += _split_item(sentence, model)
    return _merge(_completed(found, model))


def _split_item(sentence: Sentence, model: IntentModel) -> list[Clause]:
    clauses = _split_sentence(sentence.text, model)
    return [replace(clause, in_question=True) for clause in clauses] if sentence.listed else clauses


def _completed(clauses: list[Clause], model: IntentModel) -> list[Clause]:
    """Read a question that says next to nothing (« il est où ? ») with the statements just before it."""
    found: list[Clause] = []
    for clause in clauses:
        # An item of a list stands by itself, however short.
        words = FEW_WORDS + 1 if clause.in_question else _telling_words(clause.text)
        before: list[str] = []
        statements = _statements(found) if clause.looks_like_question else []
        if statements and (words <= FEW_WORDS or _clearer(clause, statements, model)):
            before = statements
            del found[-len(statements) :]
        elif found and is_bare(clause.text):
            before = [found.pop().text]
        if before:
            (clause,) = (
                replace(item, in_question=True) for item in _classify([" ".join([*before, clause.text])], model)
            )
        found.append(clause)
    return found


def _statements(found: list[Clause]) -> list[str]:
    """Return the one or two statements that end `found`."""
    last: list[str] = []
    for clause in reversed(found[-2:]):
        if not _tells(clause):
            break
        last.insert(0, clause.text)
    return last


def _clearer(clause: Clause, statements: list[str], model: IntentModel) -> bool:
    """Return whether an unclear question (« c'était écrit quelque part ? ») is clearer with what comes before it."""
    if clause.in_question or clause.confidence >= CLEAR or _telling_words(clause.text) > SOME_WORDS:
        return False
    (together,) = _classify([" ".join([*statements, clause.text])], model)
    return together.confidence >= clause.confidence + CLEARER


def _telling_words(text: str) -> int:
    """Return how many words say what a question is about, without names of places and words that fit any question."""
    return sum(word not in _ANY_QUESTION for word in content_words(heard(text).core))


def _tells(clause: Clause) -> bool:
    """Return whether a clause is a statement with something in it, not a greeting."""
    return not clause.looks_like_question and len(content_words(clause.text)) > 1 and clause.intent not in _POLITE


def _split_sentence(sentence: str, model: IntentModel) -> list[Clause]:
    opening, items = announced(sentence)
    if not items and (listed := numbered(sentence)):
        # What stands before the first number announces the items.
        opening, items = (listed[0], listed[1:]) if sentence.startswith(listed[0]) else ("", listed)
    items = [item for item in items if content_words(item)]
    if len(items) > 1:
        questions = [replace(clause, in_question=True) for clause in _classify(items[:MAX_SENTENCES], model)]
        # What announces the items may name the call that they are about.
        return [
            *(replace(clause, announces=True) for clause in _classify([opening] if opening else [], model)),
            *questions,
        ]
    parts = pieces(sentence)
    if len(parts) < 2 or len(parts) > MAX_PIECES:
        return _classify([sentence], model)
    whole, *each = _classify([sentence, *parts], model)
    # Pieces that do not stand alone go with the one before them (« l'adresse, et le nom du service »).
    groups: list[list[Clause]] = []
    for piece in each:
        if groups and not _stands_alone(piece, groups[-1], sentence):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    if sum(any(_asks(piece) or _wants(piece, sentence) for piece in group) for group in groups) < 2:
        return [whole]
    texts = [", ".join(item.text for item in group) for group in groups]
    # « un historique : combien de dossiers, combien d'aidés, la clôture suivante »: all of it is asked.
    asked = "?" in sentence or ":" in sentence
    return [
        replace(clause, in_question=asked or starts_an_indirect_question(clause.text, sentence))
        for clause in _classify(texts, model)
    ]


def _stands_alone(piece: Clause, previous: list[Clause], sentence: str) -> bool:
    before = " ".join(item.text for item in previous)
    if not content_words(piece.text) or not content_words(before):
        return False
    if starts_a_question(piece.text) or starts_an_indirect_question(piece.text, sentence):
        return True
    return _asks(piece) and piece.intent != previous[0].intent


def _wants(clause: Clause, sentence: str) -> bool:
    return clause.looks_like_question or starts_an_indirect_question(clause.text, sentence)


def _asks(clause: Clause) -> bool:
    topical = clause.intent.startswith("ask_") or clause.intent in {"list_calls", "compare_calls"}
    return topical and clause.confidence >= SURE_PIECE and bool(content_words(clause.text))


def _merge(clauses: list[Clause]) -> list[Clause]:
    """Put together neighbours about the same thing: a question and its explanation."""
    merged: list[Clause] = []
    for clause in clauses:
        if merged and merged[-1].intent == clause.intent and not _both_ask(merged[-1], clause):
            best = max(merged[-1], clause, key=lambda item: item.confidence)
            merged[-1] = replace(best, text=f"{merged[-1].text} {clause.text}")
        else:
            merged.append(clause)
    return merged


def _both_ask(first: Clause, second: Clause) -> bool:
    """Two questions on one topic stay two: they may be about two calls or two terms."""
    return first.looks_like_question and second.looks_like_question


def _classify(texts: list[str], model: IntentModel) -> list[Clause]:
    clauses = []
    for text, row in zip(texts, model.probabilities(texts) if texts else ()):
        order = row.argsort()[::-1]
        clauses.append(Clause(text, tuple((model.intents[index], float(row[index])) for index in order)))
    return clauses
