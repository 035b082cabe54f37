"""From an understood clause to an answer: chooses the records, then says what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice

from knowledge import thresholds
from knowledge.answering.answers import answer_choice, answer_each, answer_topic, nearest_facts
from knowledge.answering.listing import (
    LISTED,
    ambiguous_place,
    compare,
    define,
    issuer_unknown,
    list_records,
    not_covered,
    records_to_compare,
    wants_only_open,
    year_unknown,
)
from knowledge.base.catalogue import Snapshot
from knowledge.base.records import TELLING, Kind, Record, State
from knowledge.base.topics import load_topics
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.hearing import hear
from knowledge.eligibility.interview import check_button, verdict_answer
from knowledge.eligibility.profile import Kinds
from knowledge.french.dates import french_list
from knowledge.french.phrases import phrase
from knowledge.french.text import content_words
from knowledge.understanding.choice import Choice, Context, Outcome, choose, pointed_at
from knowledge.understanding.evidence import Evidence, gather
from knowledge.understanding.lexicon import Lexicon, Mentions, read_mentions
from knowledge.understanding.question import (
    Question,
    asks_for_definition,
    asks_of_each,
    asks_which_calls,
    is_follow_up,
)
from knowledge.understanding.ranking import RecordIndex, Scored, index_of
from knowledge.understanding.readings import FIRST_READINGS, listed_topic, read, with_places
from knowledge.understanding.weighing import topic_of, weigh
from knowledge.wording.values import Answer, Decision

SAID = 200
NEAREST = 3
# A question not understood is looked for in the document of the call in hand when it has so many words, and so many of them.
FEW_WORDS = 2


@dataclass(frozen=True)
class Reply:
    """Answers in order, and the conversation's context after them."""

    answers: tuple[Answer, ...]
    context: Context
    readings: tuple[str, ...] = ()
    """Names of those that changed the question (knowledge.understanding.readings)."""


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
        return index_of(self.base.get(record_id), self.base.passages(record_id))

    def judge(self, record_id: str) -> Judge:
        """Return the judge of a call's criteria.

        Raises:
            UnknownRecord: no such id.
            NotACall: it is a resource or an event.
        """
        return Judge.of(self.base.get(record_id), Kinds(self.base.establishments))

    def chosen(self, mentions: Mentions, context: Context, topic: str) -> Choice:
        """Return the records that a question with these mentions is about."""
        return choose(mentions, context, topic, self.base)

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
        question, fired = read(question, context, self.base, FIRST_READINGS)
        context = replace(with_places(context, question.mentions), said=question.text[:SAID] or context.said)
        if asks_for_definition(question, self.base.terms):
            return self._define(question, context)
        question, more = read(question, context, self.base)
        return replace(self._dispatched(question, context, now, whole=whole), readings=(*fired, *more))

    def _dispatched(self, question: Question, context: Context, now: datetime, *, whole: bool) -> Reply:
        if question.topic == "list":
            return self._list(question, context, now)
        if question.topic == "compare":
            return self._compare(question, context, now)
        if question.topic == "context":
            return self._set_context(question, context, now)
        in_hand = self.base.summaries.get(context.record_id or "")
        among = replace(context, record_id=None) if in_hand and in_hand.kind is not Kind.CALL else context
        # « Lequel est gratuit ? » is asked of the calls, and a guide in hand is none.
        choice = choose(question.mentions, among if asks_of_each(question.text) else context, question.topic, self.base)
        return self._answer(choice, question, context, now, whole=whole)

    def clear_reply(self, question: Question, context: Context, now: datetime) -> Reply | None:
        """Answer a clause whose topic was not understood, when a fact is near beyond doubt; else None."""
        context = with_places(context, question.mentions)
        if asks_for_definition(question, self.base.terms):
            return self._define(question, context)
        if context.topic and is_follow_up(question.text, question.mentions):
            return self._set_context(question, context, now)
        choice = choose(question.mentions, context, None, self.base)
        if choice.outcome not in {Outcome.ONE, Outcome.SEVERAL}:
            return self._answer(choice, replace(question, topic="overview"), context, now)
        if len(choice.regions) > 1 and question.probabilities.get("compare", 0.0) >= thresholds.MAYBE_LIST:
            return self._compare(question, context, now)
        if question.mentions.places and question.probabilities.get("list", 0.0) >= thresholds.MAYBE_LIST:
            return self._list(question, context, now)
        found = self._nearest(choice, question)
        if not found:
            return None
        record, best = found[0]
        # Once the call is known, its nearest facts, said to be just that, serve better than « je n'ai pas compris ».
        named = bool(question.mentions.records or question.mentions.places)
        possible = max((question.probabilities.get(topic, 0.0) for topic in load_topics()), default=0.0)
        guess = best.near >= thresholds.NAMED_NEAR or (named and possible >= thresholds.POSSIBLE_TOPIC)
        in_hand = choice.outcome is Outcome.ONE and self._speaks_of(record.id, question.text)
        if not in_hand and not named and (reply := self.on_the_call_in_hand(question, context, now)):
            return reply
        if best.near < thresholds.CLEAR_NEAR and not (choice.outcome is Outcome.ONE and guess) and not in_hand:
            # Failing a fact, the meaning of the term that was named is better than « je n'ai pas compris ».
            return self._define(question, context) if question.mentions.terms else None
        return self._answer(Choice(Outcome.ONE, (record.id,)), replace(question, topic=best.fact.topic), context, now)

    def on_the_call_in_hand(self, question: Question, context: Context, now: datetime) -> Reply | None:
        """Answer from the call in hand what looks like talk (« combien de voitures ? » on its page); None when it has nothing near.

        Args:
            question: the whole message, whatever its topic was taken for.
        """
        record_id = context.record_id
        elsewhere = question.mentions.records or question.mentions.places or question.mentions.issuers
        if record_id not in self.base.summaries or elsewhere or len(content_words(question.text)) < FEW_WORDS:
            return None
        evidence = gather(self.index(record_id), question.text, question.probabilities)
        weighed = weigh(evidence)
        asks = bool(evidence.expected.kinds or evidence.expected.counted)
        if weighed.decision is not Decision.SURE and not (asks and evidence.unknown < thresholds.MOSTLY_UNKNOWN):
            return None
        topic = topic_of(evidence)
        return Reply((answer_topic(evidence, topic, now),), context.on(record_id, topic))

    def _speaks_of(self, record_id: str, text: str) -> bool:
        """Return whether the document of a record has most of the words of a question: its extracts then answer better than none."""
        passages = self.index(record_id).passages
        if not passages or not len(passages) or len(content_words(text)) < FEW_WORDS:
            return False
        best = passages.nearest_places(text, 1)[0]
        return passages.coverage(text, best) >= thresholds.SPEAKS_OF

    def nearest(self, question: Question, context: Context, now: datetime) -> Answer:
        """Return the entries nearest to a clause that was not understood."""
        choice = choose(question.mentions, context, None, self.base)
        found = self._nearest(choice, question) if choice.outcome in {Outcome.ONE, Outcome.SEVERAL} else []
        return nearest_facts([item for item in found if item[1].fact.text][:NEAREST], now)

    def _nearest(self, choice: Choice, question: Question) -> list[tuple[Record, Scored]]:
        found = []
        for record_id in self._pool(choice):
            index = self.index(record_id)
            said = (item for item in index.rank(question.text, question.probabilities) if item.is_fact)
            found += [(index.record, item) for item in islice(said, NEAREST)]
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
        if choice.outcome is Outcome.OTHER_ISSUER:
            return Reply((issuer_unknown(self.base, mentions.issuers),), context)
        if choice.outcome in {Outcome.YEAR_UNKNOWN, Outcome.NOTHING}:
            return Reply((year_unknown(self.base, mentions.years),), context)
        unsure = question.probabilities.get(topic, 0.0) < thresholds.LEADER_BELOW
        if choice.outcome is Outcome.SEVERAL and not choice.regions and question.text and unsure:
            leader = self._leader(choice, question)
            if leader:
                choice = Choice(Outcome.ONE, (leader,))
        if choice.outcome is Outcome.ONE:
            evidence = self._evidence(choice.records[0], question)
            record = evidence.record
            topic = topic_of(evidence) if evidence.ranked else topic
            answer = answer_topic(evidence, topic, now, departments=mentions.departments, whole=whole)
            judged: tuple[Answer, ...] = ()
            if topic == "eligibility" and record.kind is Kind.CALL:
                answer = replace(answer, buttons=(check_button(record), *answer.buttons[:2]))
                judged = self._judged(record, mentions, now)
            if choice.other_year:
                note = phrase("other_edition", years=french_list(list(map(str, mentions.years))))
                answer = replace(answer, text=f"{note}\n{answer.text}")
            return Reply((answer, *judged), context.on(record.id, topic))
        found = [self._evidence(record_id, question) for record_id in choice.records[:LISTED]]
        listed = replace(context, topic=topic, listed=choice.records[:LISTED])
        if len(choice.regions) > 1:
            return Reply(tuple(answer_topic(evidence, topic, now) for evidence in found[:3]), listed)
        if asks_of_each(question.text) and topic in load_topics():
            return Reply((answer_each(found, topic, now),), listed)
        return Reply((answer_choice(found, topic, now, len(choice.records)),), listed)

    def _judged(self, record: Record, mentions: Mentions, now: datetime) -> tuple[Answer, ...]:
        """Return the verdict on the establishment that a question describes; nothing when it describes none."""
        judge = self.judge(record.id)
        heard = hear("", None, judge.questions, mentions)
        return (verdict_answer(judge.assess(heard.answers), now),) if heard.answers else ()

    def _evidence(self, record_id: str, question: Question) -> Evidence:
        """Return what a record has for a question; no ranked entry when only a topic is asked for."""
        index = self.index(record_id)
        record = index.record
        if not question.text or question.fixed:
            return Evidence(record)
        untold = question.probabilities.get(question.topic, 0.0) >= thresholds.BEYOND_DOUBT and not record.about(
            question.topic
        )
        if record.kind is not Kind.CALL and untold:
            # An event or a guide has no deadline: what it says of other things is no answer.
            return Evidence(record)
        known, asked = Kinds(self.base.establishments), question.mentions.establishments
        # What holds for other establishments than the one that asks is no answer to it.
        evidence = gather(
            index,
            question.text,
            question.probabilities,
            lambda item: known.concern(item.fact.scope.establishment_kinds, asked),
        )
        return evidence.bearing(question.mentions.marks)

    def _leader(self, choice: Choice, question: Question) -> str | None:
        """The record that the question's own words point at, when no other comes near."""
        best: dict[str, float] = {}
        for record_id in self._pool(choice):
            ranked = self.index(record_id).rank(question.text, question.probabilities)
            near = (item.near for item in ranked[:NEAREST] if item.is_fact and item.fact.state in TELLING)
            best[record_id] = max(near, default=0.0)
        order = sorted(best, key=lambda item: -best[item])
        if (
            len(order) > 1
            and best[order[0]] >= thresholds.LEADER_NEAR
            and best[order[0]] - best[order[1]] >= thresholds.LEADER_AHEAD
        ):
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
        only_open = wants_only_open(question.text)
        if not only_open and (topic := self._topic_of_one(question, context)):
            return self._answer(
                choose(mentions, context, topic, self.base), replace(question, topic=topic), context, now
            )
        answer, ids = list_records(self.base, mentions, now, only_open=only_open)
        calls = [record_id for record_id in ids if self.base.summaries[record_id].kind is Kind.CALL]
        found = [self._evidence(record_id, question) for record_id in calls] if question.text else []
        topic = listed_topic(question, found)
        if topic and len(calls) > 1 and not only_open:
            answer = answer_each(found, topic, now)
        in_hand = ids[0] if len(ids) == 1 else context.record_id
        return Reply((answer,), replace(context, listed=ids, record_id=in_hand, topic="list"))

    def _topic_of_one(self, question: Question, context: Context) -> str | None:
        """Return the topic of what looks like a list but asks something of the one call of a place, or None."""
        mentions = question.mentions
        if not question.text or not mentions.places or question.sure or asks_which_calls(question.text):
            return None
        choice = choose(mentions, context, None, self.base)
        if choice.outcome is not Outcome.ONE:
            return None
        evidence = self._evidence(choice.records[0], question)
        likely = question.probabilities.get("list", 0.0) >= thresholds.LIKELY_LIST
        return listed_topic(question, [evidence]) if likely else evidence.ranked[0].fact.topic

    def _compare(self, question: Question, context: Context, now: datetime) -> Reply:
        ids = records_to_compare(self.base, question.mentions, context)
        if len(ids) == 1 and question.text:
            return self.reply(replace(question, topic="overview"), context, now)
        if len(ids) < 2 and question.mentions.regions:
            return self._list(question, context, now)
        if len(ids) < 2:
            return Reply((Answer(phrase("compare_need_two"), State.UNKNOWN, "compare"),), context)
        found = [self._evidence(item, question) for item in ids] if question.text else []
        topic = listed_topic(question, found) if found else None
        # On one point, only that point is put side by side.
        answer = answer_each(found, topic, now) if topic else compare([self.base.get(item) for item in ids], now)
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
