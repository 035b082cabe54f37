"""What can answer a question asked of one record: its facts, its topics at large, and the points on which it says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge.base.records import Fact, Kind, Record, Source
from knowledge.base.topics import load_topics
from knowledge.french.spelling import respell


def topics_at_large(record: Record) -> Iterable[Fact]:
    """Yield a fact without text for each topic on which the record says something."""
    for topic_id, topic in load_topics().items():
        if record.about(topic_id):
            yield Fact("whole", topic_id, record.about(topic_id)[0].source, asked=topic.asked)


def silences(record: Record) -> Iterable[Fact]:
    """Yield, for a call, a fact without text for each topic and each point that none of its facts answers."""
    if record.kind is not Kind.CALL or not record.documents:
        return
    source = Source(record.documents[0].id)
    answered = {(fact.topic, aspect) for fact in record.facts for aspect in fact.aspects}
    for topic_id, topic in load_topics().items():
        if not record.about(topic_id):
            yield Fact("silent", topic_id, source, record.silence, asked=topic.asked)
        for aspect_id in topic.aspects:
            if (topic_id, aspect_id) not in answered:
                yield Fact(f"silent-{aspect_id}", topic_id, source, record.silence, aspects=(aspect_id,))


def ways_of(fact: Fact) -> list[str]:
    """Return the ways in which people ask for a fact: its own, and those of the points that it answers."""
    points = load_topics()[fact.topic].aspects
    shared = [way for aspect in fact.aspects if aspect in points for way in points[aspect].asked]
    return [respell(way) for way in dict.fromkeys([*fact.asked, *shared])]


@lru_cache(maxsize=1)
def common_ways() -> dict[str, int]:
    """Return the ways of asking for the topics and their points, each with its row among their vectors."""
    topics = load_topics().values()
    lists = [topic.asked for topic in topics] + [item.asked for topic in topics for item in topic.aspects.values()]
    ways = dict.fromkeys(respell(way) for asked in lists for way in asked)
    return {way: row for row, way in enumerate(ways)}


def text_of(fact: Fact) -> str:
    """Return the words in which a fact is searched."""
    readings = (reading.text for reading in fact.readings)
    words = (fact.text, fact.short, fact.as_printed, fact.scope.label, *fact.keywords, *readings)
    return " ".join(filter(None, words)) or label_of(fact)


def labelled(fact: Fact) -> str:
    """Return a fact's own words under what they are about: a question names the one as often as the other."""
    topic = load_topics()[fact.topic]
    points = [topic.aspects[aspect].label for aspect in fact.aspects if aspect in topic.aspects]
    return ". ".join(dict.fromkeys([topic.title, *points, plain_of(fact)]))


def plain_of(fact: Fact) -> str:
    """Return what a fact says, and its label when it says nothing."""
    return fact.text or fact.short or " ".join(reading.text or "" for reading in fact.readings) or label_of(fact)


def label_of(fact: Fact) -> str:
    """Words for a point of which nothing is said (or for a structured value that stands alone)."""
    topic = load_topics()[fact.topic]
    known = [topic.aspects[aspect].label for aspect in fact.aspects if aspect in topic.aspects]
    return " ".join(known) or topic.label
