"""What each document says: the call's facts, the applicant's words, and visible blanks for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.base.records import Fact, Record, State, Value
from knowledge.base.situation import situation
from knowledge.checklist.items import Checklist, Item, checklist_of, criteria_of
from knowledge.conditions.reading import AUTHORITY, DEPARTMENT, KIND, common_questions
from knowledge.documents.blocks import Blank, Block, Bullets, Heading, Note, Paper, Place, Table, Text
from knowledge.documents.choosing import WORKS_COUNCIL, Kind
from knowledge.documents.texts import part, text
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.wording import answer_text, overall_text, reason, would_change
from knowledge.french.dates import french_date, french_list, local_day
from knowledge.french.phrases import phrase
from knowledge.places.codes import department
from knowledge.wording.sources import citations


@dataclass(frozen=True)
class Application:
    """What documents are made of.

    Attributes:
        judge: that of the call.
        content: what the applicant said (knowledge/dossiers/content_schema.json); may be empty.
        now: aware instant.
        reference: that of the dossier, if one is kept.
    """

    judge: Judge
    content: Mapping[str, Any]
    now: datetime
    reference: str | None = None

    @property
    def record(self) -> Record:
        """The call."""
        return self.judge.record

    def said(self, name: str) -> str | None:
        """Return what was said of the establishment or of the contact."""
        for place in ("establishment", "contact"):
            value: str | None = self.content.get(place, {}).get(name)
            if value:
                return value
        return None

    def answer(self, question: str) -> str | None:
        """Return the answer to a question common to all calls, in words."""
        value = self.content.get("answers", {}).get(question)
        if value is None:
            return None
        if question == KIND:
            kind = self.judge.kinds.known.get(value)
            return _capital(kind.long or kind.name) if kind else None
        if question == DEPARTMENT:
            return f"{department(value).name} ({value})"
        return _capital(answer_text(common_questions()[question], value))


def compose(kind: Kind, application: Application) -> Paper:
    """Return a document, ready to be rendered.

    Raises:
        KeyError: the calendar, which is no written document.
    """
    parts = {
        Kind.IDENTIFICATION: _identification,
        Kind.LETTER: _letter,
        Kind.CSE_OPINION: _cse_opinion,
        Kind.CHECKLIST: _checklist,
        Kind.VERDICT: _verdict,
    }
    record = application.record
    blocks = [*_logos(record), *parts[kind](application)]
    subject = text("common.subject", title=record.short_title)
    return Paper(title_of(kind), subject, tuple(blocks), tuple(_closing(application)))


def title_of(kind: Kind) -> str:
    """Return the name of a document, in French."""
    return text(f"titles.{kind.value}")


def _identification(application: Application) -> Iterator[Block]:
    record = application.record
    yield Note(text("identification.intro"))
    values = {
        "call": record.title,
        "reference": application.reference,
        "label": application.said("name"),
        "kind": application.answer(KIND),
        "sector": part("identification.sectors").get(application.said("sector") or ""),
        "managing_body": application.said("managing_body"),
        "town": application.said("town"),
        "department": application.answer(DEPARTMENT),
        "authority": application.answer(AUTHORITY),
        "finess": _finess(application),
        "siret": application.said("siret"),
        "role": application.said("role"),
        "email": application.said("email"),
    }
    labels = part("identification.rows")
    rows = [(labels[name], values[name] or "") for name in labels if values[name] or name != "reference"]
    yield Heading(text("identification.caption"))
    columns = (text("identification.column_what"), text("identification.column_value"))
    yield Table(columns, tuple(rows), (35, 65), text("identification.caption"), row_headers=True)
    people = [item for item in checklist_of(record).items if item.group.id == "people"]
    if people:
        yield Heading(text("identification.people"))
        yield Bullets(tuple(item.fact.text or "" for item in people))
        columns3 = (
            text("identification.person_role"),
            text("identification.person_name"),
            text("identification.signature"),
        )
        yield Table(columns3, (("", "", ""),) * 3, (34, 33, 33), text("identification.people"))
    about = [fact for fact in record.about("documents") if {"identification", "template"} & set(fact.aspects)]
    if about:
        yield Heading(text("identification.said"))
        yield Bullets(tuple(fact.text for fact in about if fact.text))
    yield from _signature(application)


def _letter(application: Application) -> Iterator[Block]:
    record = application.record
    label = application.said("name") or text("letter.someone")
    yield Text("\n".join(_sender(application)))
    bodies = french_list(list(dict.fromkeys(issuer.name for issuer in record.issuers)))
    if bodies:
        yield Text(text("letter.recipient", bodies=bodies))
    yield Text(text("letter.subject", title=record.title))
    yield Text(text("letter.greeting"))
    body = application.said("managing_body")
    opening = "letter.opening_body" if body else "letter.opening"
    yield Text(text(opening, label=label, body=body, title=record.short_title))
    criteria = criteria_of(record)
    if criteria:
        yield Text(text("letter.criteria_intro"))
        for fact in criteria:
            words = (fact.text or "").rstrip(" .")
            yield Heading(words)
            written = application.content.get("letter", {}).get(fact.id)
            if written:
                yield Text(written)
            else:
                yield Note(text("letter.guidance"))
                yield Blank(text("common.blank"), lines=3)
    else:
        yield Note(text("letter.no_criteria"))
        for entry in part("letter.general"):
            yield Heading(entry["title"])
            yield Note(entry["guidance"])
            yield Blank(text("common.blank"), lines=3)
    asked = [item.fact.text for item in checklist_of(record).items if item.group.id in {"prerequisites", "people"}]
    if asked:
        yield Heading(text("letter.commitments"))
        yield Text(text("letter.commitments_intro"))
        yield Bullets(tuple(filter(None, asked)))
    enclosed = [item.fact.text for item in checklist_of(record).items if item.group.id == "documents"]
    enclosed = [
        fact.text for fact in record.about("documents") if fact.text in enclosed and "letter" not in fact.aspects
    ]
    if enclosed:
        yield Heading(text("letter.enclosed"))
        yield Bullets(tuple(filter(None, enclosed)))
    yield Text(text("letter.ending"))
    yield from _signature(application)


def _cse_opinion(application: Application) -> Iterator[Block]:
    record = application.record
    asked = [fact for fact in record.facts if fact.state is State.STATED and WORKS_COUNCIL & set(fact.aspects)]
    yield Note(text("cse_opinion.intro"))
    yield Text("\n".join(_sender(application)))
    yield Heading(text("cse_opinion.meeting"))
    yield Text(text("cse_opinion.met", title=record.short_title))
    yield Text(text("cse_opinion.informed"))
    yield Heading(text("cse_opinion.asked"))
    yield Bullets(tuple(dict.fromkeys(fact.text for fact in asked if fact.text)))
    yield Heading(text("cse_opinion.debate"))
    yield Blank(text("cse_opinion.debate_blank"), lines=3)
    yield Heading(text("cse_opinion.vote"))
    votes = tuple((name, "") for name in part("cse_opinion.votes"))
    yield Table(tuple(part("cse_opinion.vote_columns")), votes, (50, 50), text("cse_opinion.vote"), row_headers=True)
    yield Heading(text("cse_opinion.opinion"))
    yield Text(text("cse_opinion.opinion_text"))
    yield Blank(text("cse_opinion.opinion_blank"), lines=2)
    yield Heading(text("cse_opinion.commitment"))
    yield Text(text("cse_opinion.commitment_text"))
    yield Heading(text("cse_opinion.signatures"))
    rows = tuple((name, "", "") for name in part("cse_opinion.signatories"))
    yield Table(
        tuple(part("cse_opinion.signature_columns")),
        rows,
        (34, 33, 33),
        text("cse_opinion.signatures"),
        row_headers=True,
    )


def _checklist(application: Application) -> Iterator[Block]:
    checklist = checklist_of(application.record, application.content.get("checklist", {}))
    done = sum(item.progress.is_settled for item in checklist.items)
    yield Text(text("checklist.count", done=done, total=len(checklist.items)))
    columns = tuple(part("checklist.columns"))
    for title in dict.fromkeys(item.group.title for item in checklist.items):
        yield Heading(title)
        rows = tuple(_item_row(checklist, item) for item in checklist.items if item.group.title == title)
        yield Table(columns, rows, (15, 41, 19, 25), title)
    silences = [fact.text for fact in checklist.silences if fact.text]
    if silences:
        yield Heading(text("checklist.silences"))
        yield Bullets(tuple(silences))
    if checklist.planning:
        yield Heading(text("checklist.planning"))
        yield Note(text("checklist.planning_note"))
        steps = tuple((french_date(step.day), step.text) for step in checklist.planning)
        yield Table(
            tuple(part("checklist.planning_columns")), steps, (30, 70), text("checklist.planning"), row_headers=True
        )


def _verdict(application: Application) -> Iterator[Block]:
    judge = application.judge
    assessment = judge.assess(application.content.get("answers", {}))
    yield Heading(text("verdict.summary"))
    yield Text(overall_text(assessment.verdict))
    yield Note(phrase("eligibility.indicative"))
    yield Heading(text("verdict.criteria"))
    rows = []
    for item in assessment.criteria:
        verdict = phrase(f"eligibility.verdict.{item.verdict.value}")
        change = would_change(item, assessment) or text("verdict.nothing")
        rows.append((item.criterion.label, verdict, reason(item, assessment), change))
    columns = tuple(part("verdict.criterion_columns"))
    yield Table(columns, tuple(rows), (19, 13, 40, 28), text("verdict.criteria"), row_headers=True)
    yield Heading(text("verdict.answers"))
    answers = tuple(
        (
            question.label,
            answer_text(question, assessment.answers[name])
            if name in assessment.answers
            else text("verdict.no_answer"),
        )
        for name, question in judge.questions.items()
    )
    yield Table(tuple(part("verdict.answer_columns")), answers, (60, 40), text("verdict.answers"), row_headers=True)


def _item_row(checklist: Checklist, item: Item) -> tuple[str, ...]:
    words = item.fact.text or ""
    who = [text("checklist.who", who=item.who)] if item.who else []
    section = item.fact.source.section
    why = item.group.why[:1].upper() + item.group.why[1:]
    return (
        text(f"checklist.states.{item.progress.value}"),
        text("checklist.optional", text=words) if item.optional else words,
        "\n".join([*who, *([item.note] if item.note else [])]) or text("verdict.nothing"),
        text("checklist.why", why=why, source=section) if section else why,
    )


def _sender(application: Application) -> list[str]:
    town = application.said("town")
    place = application.answer(DEPARTMENT)
    where = text("letter.town_line", town=town, department=place.rpartition(" (")[0]) if town and place else town
    lines = [
        application.said("name") or text("letter.someone"),
        application.answer(KIND),
        application.said("managing_body"),
        where,
    ]
    number = _finess(application)
    lines += [f"FINESS {number}"] if number else []
    return list(dict.fromkeys(line for line in lines if line))


def _finess(application: Application) -> str | None:
    number, kind = application.said("finess"), application.said("finess_kind")
    return text(f"identification.finess_kinds.{kind}", number=number) if number and kind else number


def _signature(application: Application) -> Iterator[Block]:
    yield Blank(text("common.signature", town=application.said("town") or "…"))
    yield Blank(text("common.signatory"), lines=3)


def _logos(record: Record) -> Iterator[Block]:
    """Yield the places of the logos that the call imposes."""
    for fact in _imposed(record, "logo"):
        yield Place(text("common.logos", text=fact.text))


def _imposed(record: Record, aspect: str) -> list[Fact]:
    return [
        fact
        for fact in record.about("communication")
        if fact.state is State.STATED and fact.role == "required" and aspect in fact.aspects
    ]


def _closing(application: Application) -> Iterator[str]:
    record, now = application.record, application.now
    for fact in _imposed(record, "mention"):
        if isinstance(fact.value, Value) and fact.value.data.get("mention"):
            yield text("common.mention", mention=str(fact.value.data["mention"]))
    day = local_day(now)
    sources = french_list([_source(citation) for citation in citations(record, record.facts)])
    yield text("common.origin", date=day, sources=sources)
    state = situation(record, now)
    name = phrase(f"situation.{state.status.value}")
    yield text("common.situation", date=day, situation=name)
    if state.over:
        yield text("common.over")
    yield text("common.own_words")


def _source(citation: Any) -> str:
    published = citation.published_on
    when = text("common.published", date=_iso_to_french(published)) if published else text("common.unpublished")
    checked = _iso_to_french(citation.checked_on)
    return text("common.source", title=citation.title, publisher=citation.publisher, published=when, checked=checked)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _iso_to_french(day: str) -> str:
    return french_date(datetime.fromisoformat(day).date())
