"""What speaks for each answer to a question: the entries of a record and the passages of its document, ranked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.base.marks import marks_of_fact
from knowledge.base.passages.document import Passage
from knowledge.base.passages.search import PassageIndex
from knowledge.base.records import TELLING, Record
from knowledge.french.expected import Expected, expected_of
from knowledge.understanding.ranking import RecordIndex, Scored

PASSAGES = 6
"""Passages that are looked at beside the facts."""


@dataclass(frozen=True)
class Found:
    """A passage near a question.

    Attributes:
        score: on the scale of the search, without bounds.
        words: share of the question's words, by rarity, that it has.
        meaning: 0 to 1.
        fits: whether it holds the kind of thing that is asked for, -1 to 1.
    """

    passage: Passage
    score: float
    words: float
    meaning: float
    fits: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one record has for a question; without ranked entries, a topic is asked for at large.

    Attributes:
        ranked: its entries, best first.
        passages: those of its document that come nearest, best first; empty when it has none.
        expected: the kind of thing that is asked for.
        unknown: share of the question's words that the document lacks, 0 to 1.
        borne: the best entry bears a figure that is asked about for itself.
    """

    record: Record
    ranked: tuple[Scored, ...] = ()
    passages: tuple[Found, ...] = ()
    expected: Expected = Expected()
    unknown: float = 0.0
    borne: bool = False

    def bearing(self, marks: Sequence[str]) -> Evidence:
        """Return the same, the facts that bear one of these figures first; unchanged when none does."""
        if not marks:
            return self
        bears = {id(item): item for item in self.ranked if set(marks) & set(marks_of_fact(item.fact))}
        if not bears:
            return self
        # « 277 établissements ont… » explains the figure better than a sentence that comes to it, or one that says what is not known.
        figure = marks[0].split()[0]
        order = sorted(
            bears.values(), key=lambda item: (item.fact.state not in TELLING, (item.fact.text or "").find(figure))
        )
        return replace(self, ranked=(*order, *(item for item in self.ranked if id(item) not in bears)), borne=True)


def gather(
    index: RecordIndex, question: str, topics: Mapping[str, float], keep: Callable[[Scored], bool] | None = None
) -> Evidence:
    """Return what a record has for a question.

    Args:
        question: in the person's words.
        topics: probability of each topic (absent: 0).
        keep: which entries may answer whoever asks; all by default.
    """
    ranked = index.rank(question, topics)
    kept = tuple(item for item in ranked if keep is None or keep(item))
    document = index.passages
    if document is None or not len(document):
        return Evidence(index.record, kept, (), expected_of(question))
    return Evidence(
        index.record, kept, _near(document, question), expected_of(question), document.share_unknown(question)
    )


def _near(document: PassageIndex, question: str) -> tuple[Found, ...]:
    scores, meanings, fits = document.scores(question), document.meanings(question), document.fits(question)
    return tuple(
        Found(
            document.passages[place],
            float(scores[place]),
            document.coverage(question, place),
            float(meanings[place]),
            float(fits[place]),
        )
        for place in document.nearest_places(question, PASSAGES)
    )
