"""From an understood clause to an answer: chooses the records, then says what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from knowledge.answers import Answer, answer_choice, answer_topic, nearest_facts
from knowledge.catalogue import Snapshot
from knowledge.choice import Choice, Context, Outcome, choose, pointed_at
from knowledge.lexicon import Lexicon, Mentions, read_mentions
from knowledge.listing import (
    LISTED,
    ambiguous_place,
    compare,
    define,
    list_records,
    not_covered,
    records_to_compare,
    wants_only_open,
    year_unknown,
)
from knowledge.question import Question, asks_for_definition, is_correction, is_follow_up
from knowledge.ranking import RecordIndex, Scored, best_topic, index_of
from knowledge.records import Record, State
from knowledge.rendering import french_list, phrase
from knowledge.topics import load_topics

# Found on the development questions: a fact this near speaks although its topic was not understood.
CLEAR_WORDS = 0.34
CLEAR_MEANING = 0.4
CLEAR_SUM = 0.95
NAMED_SUM = 0.3
IN_HAND_SUM = 0.3
POSSIBLE = 0.2
HINT = 0.05
# A list or a comparison that the model only half believes in, when places are named.
MAYBE = 0.15
# With no record in hand, one whose best fact leads by this much is the one meant.
LEAD = 0.4
# A question on a plain topic (« quelles pièces ? ») is never answered for one call only.
LEADER_BELOW = 0.6
LEAD_WORDS = 0.4
NEAREST = 3
_SAYING = {State.STATED, State.CONFLICT}


@dataclass(frozen=True)
class Reply:
    """Answers in order, and the conversation's context after them."""

    answers: tuple[Answer, ...]
    context: Context


@lru_cache(maxsize=2)
def _lexicon_of(base: Snapshot) -> Lexicon:
    return Lexicon(base)


class Assistant:
    """Answers from the base at one revision: make one for each message."""

    def __init__(self, base: Snapshot) -> None:
        self.base = base

    def index(self, record_id: str) -> RecordIndex:
        """Return the index of a record's facts.

        Raises:
            UnknownRecord: no such id.
        """
        return index_of(self.base.get(record_id))

    def regions_of(self, record_ids: Sequence[str]) -> list[str]:
        """Return the codes of the regions of these records."""
        known = self.base.summaries
        return [code for record_id in record_ids if record_id in known for code in known[record_id].regions]

    def mentions(self, text: str) -> Mentions:
        """Return what `text` names."""
        return read_mentions(text, _lexicon_of(self.base))

    def reply(self, question: Question, context: Context, now: datetime, *, whole: bool = False) -> Reply:
        """Answer one clause.

        Args:
            question: the clause, its topic ("definition", "list", "compare", "context", or one of topics.yml)
                and what it names.
            context: what the conversation has in hand.
            now: aware instant.
            whole: show every fact, whatever the length.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        context = _with_places(context, question.mentions)
        if asks_for_definition(question, self.base.terms):
            return self._define(question, context)
        if question.topic == "definition":
            question = replace(question, topic="overview")
        if question.text and is_follow_up(question.text, question.mentions):
            question = replace(question, topic="context")
        if question.topic == "context" and context.topic is None:
            question = _with_its_own_topic(question)
        if context.topic in load_topics() and is_correction(question.text) and not question.sure:
            question = replace(question, topic=context.topic, probabilities={context.topic: 1.0})
        if question.topic == "list":
            return self._list(question, context, now)
        if question.topic == "compare":
            return self._compare(question, context, now)
        if question.topic == "context":
            return self._set_context(question, context, now)
        choice = choose(question.mentions, context, question.topic, self.base)
        return self._answer(choice, question, context, now, whole=whole)

    def clear_reply(self, question: Question, context: Context, now: datetime) -> Reply | None:
        """Answer a clause whose topic was not understood, when a fact is near beyond doubt; else None."""
        context = _with_places(context, question.mentions)
        if asks_for_definition(question, self.base.terms):
            return self._define(question, context)
        if context.topic and is_follow_up(question.text, question.mentions):
            return self._set_context(question, context, now)
        choice = choose(question.mentions, context, None, self.base)
        if choice.outcome not in {Outcome.ONE, Outcome.SEVERAL}:
            return self._answer(choice, replace(question, topic="overview"), context, now)
        if len(choice.regions) > 1 and question.probabilities.get("compare", 0.0) >= MAYBE:
            return self._compare(question, context, now)
        if question.mentions.places and question.probabilities.get("list", 0.0) >= MAYBE:
            return self._list(question, context, now)
        found = self._nearest(choice, question)
        if not found:
            return None
        record, best = found[0]
        near = best.words >= CLEAR_WORDS and best.meaning >= CLEAR_MEANING and best.words + best.meaning >= CLEAR_SUM
        # Once the call is known, its nearest facts, said to be just that, serve better than « je n'ai pas compris ».
        named = bool(question.mentions.records or question.mentions.places)
        enough = NAMED_SUM if named else IN_HAND_SUM
        possible = max((question.probabilities.get(topic, 0.0) for topic in load_topics()), default=0.0)
        guess = best.words + best.meaning >= enough or (named and possible >= POSSIBLE)
        if not near and not (choice.outcome is Outcome.ONE and guess):
            # Failing a fact, the meaning of the term that was named is better than « je n'ai pas compris ».
            return self._define(question, context) if question.mentions.terms else None
        return self._answer(Choice(Outcome.ONE, (record.id,)), replace(question, topic=best.fact.topic), context, now)

    def nearest(self, question: Question, context: Context, now: datetime) -> Answer:
        """Return the entries nearest to a clause that was not understood."""
        choice = choose(question.mentions, context, None, self.base)
        found = self._nearest(choice, question) if choice.outcome in {Outcome.ONE, Outcome.SEVERAL} else []
        return nearest_facts([item for item in found if item[1].fact.text][:NEAREST], now)

    def _nearest(self, choice: Choice, question: Question) -> list[tuple[Record, Scored]]:
        found = []
        for record_id in self._pool(choice):
            index = self.index(record_id)
            found += [(index.record, item) for item in index.rank(question.text, question.probabilities)[:NEAREST]]
        return sorted(found, key=lambda item: -item[1].score)

    def _pool(self, choice: Choice) -> Sequence[str]:
        """The records to look into: those chosen; when nothing was named, the resources and events as well."""
        if choice.outcome is Outcome.ONE or choice.regions:
            return choice.records[:LISTED]
        first = choice.records[:LISTED]
        others = [item for item in self.base.not_calls[: 2 * LISTED] if item not in first]
        return (*first, *others)[: 2 * LISTED]

    def _answer(
        self, choice: Choice, question: Question, context: Context, now: datetime, *, whole: bool = False
    ) -> Reply:
        mentions, topic = question.mentions, question.topic
        if choice.outcome is Outcome.NOT_COVERED:
            return Reply((not_covered(self.base, choice.regions),), replace(context, topic=topic, record_id=None))
        if choice.outcome is Outcome.AMBIGUOUS_PLACE:
            return Reply((ambiguous_place(mentions.ambiguous_places[0], topic),), replace(context, topic=topic))
        if choice.outcome in {Outcome.YEAR_UNKNOWN, Outcome.NOTHING}:
            return Reply((year_unknown(self.base, mentions.years),), context)
        unsure = question.probabilities.get(topic, 0.0) < LEADER_BELOW
        if choice.outcome is Outcome.SEVERAL and not choice.regions and question.text and unsure:
            leader = self._leader(choice, question)
            if leader:
                choice = Choice(Outcome.ONE, (leader,))
        if choice.outcome is Outcome.ONE:
            index = self.index(choice.records[0])
            topic = self._topic(index, question)
            answer = answer_topic(index, topic, question.text, question.probabilities, now, whole=whole)
            if choice.other_year:
                note = phrase("other_edition", years=french_list(list(map(str, mentions.years))))
                answer = replace(answer, text=f"{note}\n{answer.text}")
            return Reply((answer,), context.on(index.record.id, topic))
        indexes = [self.index(record_id) for record_id in choice.records[:LISTED]]
        listed = replace(context, topic=topic, listed=choice.records[:LISTED])
        if len(choice.regions) > 1:
            answers = tuple(
                answer_topic(index, topic, question.text, question.probabilities, now) for index in indexes[:3]
            )
            return Reply(answers, listed)
        answer = answer_choice(indexes, topic, question.text, now, len(choice.records))
        return Reply((answer,), listed)

    def _topic(self, index: RecordIndex, question: Question) -> str:
        if not question.text or question.fixed:
            return question.topic
        ranked = index.rank(question.text, question.probabilities)
        return best_topic(ranked, question.topic, question.probabilities)

    def _leader(self, choice: Choice, question: Question) -> str | None:
        """The record that the question's own words point at, when no other comes near."""
        best: dict[str, float] = {}
        for record_id in self._pool(choice):
            ranked = self.index(record_id).rank(question.text, question.probabilities)
            near = (item for item in ranked if item.words >= LEAD_WORDS and item.fact.state in _SAYING)
            best[record_id] = max((item.words + item.meaning for item in near), default=0.0)
        order = sorted(best, key=lambda item: -best[item])
        if len(order) > 1 and best[order[0]] - best[order[1]] >= LEAD:
            return order[0]
        return None

    def _define(self, question: Question, context: Context) -> Reply:
        terms = self.base.terms
        found = [terms[item] for item in question.mentions.terms]
        if not found:
            return Reply((Answer(phrase("definition_unknown"), State.UNKNOWN, "definition"),), context)
        return Reply((define(found[:3], self.base),), context)

    def _list(self, question: Question, context: Context, now: datetime) -> Reply:
        mentions = question.mentions
        if mentions.ambiguous_places and not mentions.regions:
            return Reply((ambiguous_place(mentions.ambiguous_places[0], "list"),), context)
        answer, ids = list_records(self.base, mentions, now, only_open=wants_only_open(question.text))
        in_hand = ids[0] if len(ids) == 1 else context.record_id
        return Reply((answer,), replace(context, listed=ids, record_id=in_hand, topic="list"))

    def _compare(self, question: Question, context: Context, now: datetime) -> Reply:
        ids = records_to_compare(self.base, question.mentions, context)
        if len(ids) == 1 and question.text:
            return self.reply(replace(question, topic="overview"), context, now)
        if len(ids) < 2:
            return Reply((Answer(phrase("compare_need_two"), State.UNKNOWN, "compare"),), context)
        answer = compare([self.index(item) for item in ids], now)
        return Reply((answer,), replace(context, listed=ids, topic="compare"))

    def _set_context(self, question: Question, context: Context, now: datetime) -> Reply:
        """Only a place, a year or a record was given: ask the same topic again there."""
        topic = context.topic if context.topic in load_topics() else None
        if context.topic == "list":
            return self._list(question, context, now)
        mentions = question.mentions
        pointed = None if mentions.records or mentions.places else pointed_at(question.text, context)
        choice = (
            Choice(Outcome.ONE, (pointed,)) if pointed else choose(mentions, context, topic or "overview", self.base)
        )
        known = Question.on(topic or "overview", mentions)
        return self._answer(choice, known, context, now)


def _with_its_own_topic(question: Question) -> Question:
    """With no topic in hand, a place named with other words is a question: give it its next likely topic."""
    if not question.text or is_follow_up(question.text, question.mentions):
        return question
    likely = max(load_topics(), key=lambda topic: question.probabilities.get(topic, 0.0))
    return replace(question, topic=likely) if question.probabilities.get(likely, 0.0) >= HINT else question


def _with_places(context: Context, mentions: Mentions) -> Context:
    if mentions.establishments:
        context = replace(context, establishments=mentions.establishments)
    if mentions.regions:
        context = replace(context, regions=mentions.regions)
    return context
