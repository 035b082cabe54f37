"""From an understood clause to an answer: chooses the records, then says what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.answers import Answer, Button, answer_choice, answer_topic, next_buttons
from knowledge.catalogue import Catalogue, Snapshot
from knowledge.choice import Choice, Context, Outcome, choose
from knowledge.lexicon import Lexicon, Mentions, read_mentions
from knowledge.listing import (
    COMPARED_TOPICS,
    LISTED,
    ambiguous_place,
    compare,
    define,
    list_records,
    not_covered,
    year_unknown,
)
from knowledge.records import State
from knowledge.rendering import french_list, header, phrase
from knowledge.situation import situation
from knowledge.text import fold
from knowledge.topics import load_topics

_ONLY_OPEN = re.compile(r"\b(ouvert|en cours|encore|actuel|en ce moment|disponible|du moment|maintenant|aujourd hui|possible)")
# « la deuxième », « l'autre »: positions in the list that was just shown.
_ORDINALS = (
    (0, re.compile(r"\b(premiere?|1er|1ere)\b")),
    (1, re.compile(r"\b(deuxieme|seconde?|2e|2eme)\b")),
    (2, re.compile(r"\b(troisieme|3e|3eme)\b")),
    (-1, re.compile(r"\b(derniere?)\b")),
)
_OTHER = re.compile(r"\bl autre\b")


@dataclass(frozen=True)
class Reply:
    """Answers in order, and the conversation's context after them."""

    answers: tuple[Answer, ...]
    context: Context


class Assistant:
    """Answers from one catalogue; keeps the lexicon of its present revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._lexicon: tuple[Snapshot, Lexicon] | None = None

    def lexicon(self) -> Lexicon:
        """Return the index of names of the base as it is now."""
        snapshot = self.catalogue.snapshot()
        if self._lexicon is None or self._lexicon[0] is not snapshot:
            self._lexicon = (snapshot, Lexicon(snapshot))
        return self._lexicon[1]

    def mentions(self, text: str) -> Mentions:
        """Return what `text` names."""
        return read_mentions(text, self.lexicon())

    def reply(
        self, topic: str, text: str, mentions: Mentions, context: Context, now: datetime, *, whole: bool = False
    ) -> Reply:
        """Answer one clause.

        Args:
            topic: id of topics.yml, or "definition", "list", "compare", "context".
            text: the clause as typed.
            mentions: what the clause (or its message) names.
            context: what the conversation has in hand.
            now: aware instant.
            whole: show every fact, whatever the length.

        Raises:
            StoreUnavailable: the database does not answer.
        """
        context = _with_places(context, mentions)
        if topic == "definition":
            return self._define(text, mentions, context, now)
        if topic == "list":
            return self._list(text, mentions, context, now)
        if topic == "compare":
            return self._compare(text, mentions, context, now)
        if topic == "context":
            return self._set_context(text, mentions, context, now)
        choice = choose(mentions, context, topic, self.catalogue.snapshot())
        return self._answer(choice, topic, text, mentions, context, now, whole)

    def _answer(
        self, choice: Choice, topic: str, text: str, mentions: Mentions, context: Context, now: datetime, whole: bool
    ) -> Reply:
        if choice.outcome is Outcome.NOT_COVERED:
            return Reply((not_covered(self.catalogue, choice.regions),), replace(context, topic=topic, record_id=None))
        if choice.outcome is Outcome.YEAR_UNKNOWN:
            return Reply((year_unknown(self.catalogue, mentions.years),), context)
        if choice.outcome is Outcome.AMBIGUOUS_PLACE:
            return Reply((ambiguous_place(mentions.ambiguous_places[0], topic),), replace(context, topic=topic))
        if choice.outcome is Outcome.NOTHING:
            return Reply((year_unknown(self.catalogue, ()),), context)
        records = [self.catalogue.get(record_id) for record_id in choice.records[:LISTED]]
        if choice.outcome is Outcome.ONE:
            answer = answer_topic(records[0], topic, text, now, whole=whole)
            if choice.other_year:
                note = phrase("other_edition", years=french_list(list(map(str, mentions.years))))
                answer = replace(answer, text=f"{note}\n{answer.text}")
            return Reply((answer,), context.on(records[0].id, topic))
        if choice.regions and len(choice.regions) > 1:
            answers = tuple(answer_topic(record, topic, text, now) for record in records[:3])
            return Reply(answers, replace(context, topic=topic, listed=choice.records[:LISTED]))
        answer = answer_choice(records, topic, text, now, len(choice.records))
        return Reply((answer,), replace(context, topic=topic, listed=choice.records[:LISTED]))

    def _define(self, text: str, mentions: Mentions, context: Context, now: datetime) -> Reply:
        terms = self.catalogue.snapshot().terms
        found = [terms[item] for item in mentions.terms]
        if not found:
            if mentions.records or mentions.places or context.record_id:
                return self.reply("overview", text, mentions, context, now)
            return Reply((Answer(phrase("definition_unknown"), State.UNKNOWN, "definition"),), context)
        return Reply((define(found[:3], self.catalogue),), context)

    def _list(self, text: str, mentions: Mentions, context: Context, now: datetime) -> Reply:
        if mentions.ambiguous_places and not mentions.regions:
            return Reply((ambiguous_place(mentions.ambiguous_places[0], "list"),), context)
        only_open = bool(_ONLY_OPEN.search(fold(text)))
        answer, ids = list_records(self.catalogue, mentions, now, only_open=only_open)
        in_hand = ids[0] if len(ids) == 1 else context.record_id
        return Reply((answer,), replace(context, listed=ids, record_id=in_hand, topic="list"))

    def _compare(self, text: str, mentions: Mentions, context: Context, now: datetime) -> Reply:
        snapshot = self.catalogue.snapshot()
        ids: list[str] = list(mentions.records)
        for code in mentions.regions:
            found = choose(Mentions(places=tuple(p for p in mentions.places if code in p.region_codes), years=mentions.years),
                           Context(), "overview", snapshot)
            ids += found.records[:1]
        if mentions.years and context.record_id and len(ids) < 2:
            programme = snapshot.summaries[context.record_id].programme if context.record_id in snapshot.summaries else None
            ids += [item for item in snapshot.by_programme.get(programme or "", ()) if set(snapshot.summaries[item].years) & set(mentions.years)]
        ids = list(dict.fromkeys(ids))
        if len(ids) < 2 and context.record_id and context.record_id not in ids:
            ids.append(context.record_id)
        if len(ids) < 2 and len(context.listed) > 1:
            ids = list(dict.fromkeys([*ids, *context.listed]))[:3]
        ids = [item for item in ids if item in snapshot.summaries]
        if len(ids) < 2:
            return Reply((Answer(phrase("compare_need_two"), State.UNKNOWN, "compare"),), context)
        records = [self.catalogue.get(item) for item in ids[:3]]
        return Reply((compare(records, COMPARED_TOPICS, text, now),), replace(context, listed=tuple(ids[:3]), topic="compare"))

    def _set_context(self, text: str, mentions: Mentions, context: Context, now: datetime) -> Reply:
        """Only a place, a year or a record was given: ask the same topic again there."""
        snapshot = self.catalogue.snapshot()
        topic = context.topic if context.topic in load_topics() else None
        if context.topic == "list":
            return self._list(text, mentions, context, now)
        pointed = _pointed_at(text, context) if not (mentions.records or mentions.places) else None
        choice = (
            Choice(Outcome.ONE, (pointed,)) if pointed else choose(mentions, context, topic or "overview", snapshot)
        )
        if topic or choice.outcome is not Outcome.ONE:
            return self._answer(choice, topic or "overview", text, mentions, context, now, False)
        record = self.catalogue.get(choice.records[0])
        answer = answer_topic(record, "overview", "", now)
        return Reply((replace(answer, buttons=next_buttons(record, "overview")),), context.on(record.id, "overview"))


def _with_places(context: Context, mentions: Mentions) -> Context:
    if mentions.establishments:
        context = replace(context, establishments=mentions.establishments)
    if mentions.regions:
        context = replace(context, regions=mentions.regions)
    return context


def _pointed_at(text: str, context: Context) -> str | None:
    folded = fold(text)
    if _OTHER.search(folded):
        others = [item for item in context.listed if item != context.record_id]
        return others[0] if len(others) == 1 else None
    for position, pattern in _ORDINALS:
        if pattern.search(folded) and context.listed and position < len(context.listed):
            return context.listed[position]
    return None


def short_header(catalogue: Catalogue, record_id: str, now: datetime) -> str:
    """Return the name and situation of a record, for a button or a reminder."""
    record = catalogue.get(record_id)
    return header(record, situation(record, now))


__all__ = ["Assistant", "Button", "Reply", "short_header"]
