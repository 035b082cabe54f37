"""Questions whose answer is a day, whole or not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import load
from knowledge.base.store import Store
from knowledge.conditions.days import day_in, first_and_last, is_day
from knowledge.conditions.rules import Dated, Verdict, evaluate
from knowledge.conditions.state import Interview
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.hearing import hear
from knowledge.eligibility.interview import noted, question_answer, take, verdict_answer
from knowledge.eligibility.profile import answers_from
from knowledge.eligibility.wording import reason, would_change
from knowledge.errors import InvalidAnswers, InvalidRecords
from knowledge.french.text import fold
from knowledge.wording.values import Control

PUBLISHED = Path(__file__).parent / "published" / "pdl-aac-ide-nuit-2018.yml"
QUESTION = {
    "id": "opened_on",
    "type": "date",
    "short": "date d'ouverture",
    "label": "Quand l'établissement a-t-il ouvert ?",
    "change": "l'établissement devrait avoir ouvert {choices}",
}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars 2021", "2021-03-01"),
        ("le 1 er mars 2021 je crois", "2021-03-01"),
        ("il a ouvert le 05/09/2022", "2022-09-05"),
        ("5-9-2022", "2022-09-05"),
        ("2021-03-01", "2021-03-01"),
        ("12 févr. 2019", "2019-02-12"),
        ("12 Fevrier 2019", "2019-02-12"),
        ("29 février 2020", "2020-02-29"),
        ("en mars 2021", "2021-03"),
        ("03/2021", "2021-03"),
        ("depuis 2015", "2015"),
        ("en août 1998, avec 40 lits", "1998-08"),
        ("30 février 2021", None),
        ("31/04/2021", None),
        ("entre 2018 et 2020", None),
        ("le 1er mars 2021 ou le 2 mars 2021", None),
        ("12 lits", None),
        ("je ne sais pas", None),
        ("jui 2021", "2021"),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: str | None) -> None:
    assert day_in(fold(text)) == day


def test_only_days_of_the_calendar_are_accepted() -> None:
    assert all(map(is_day, ("2021-03-01", "2021-03", "2021", "2020-02-29")))
    assert not any(map(is_day, ("2021-02-29", "2021-13", "21-03-01", "2021-3-1", "1821", "2021-03-01T00:00", "")))


days = st.dates(date(2018, 1, 1), date(2023, 12, 31))


@given(day=days, length=st.sampled_from([4, 7, 10]), first=st.none() | days, last=st.none() | days)
def test_a_vague_day_is_judged_as_all_the_days_that_it_may_be(
    day: date, length: int, first: date | None, last: date | None
) -> None:
    given_day = day.isoformat()[:length]
    possible = [
        each
        for each in (date(2017, 12, 1) + timedelta(days=step) for step in range(2300))
        if each.isoformat().startswith(given_day)
    ]
    inside = {(first is None or each >= first) and (last is None or each <= last) for each in possible}
    expected = {frozenset({True}): Verdict.MET, frozenset({False}): Verdict.NOT_MET}
    rule = Dated("opened_on", first and first.isoformat(), last and last.isoformat())
    if first is None or last is None or first <= last:
        assert evaluate(rule, {"opened_on": given_day}) is expected.get(frozenset(inside), Verdict.TO_CONFIRM)
    assert first_and_last(given_day) == (possible[0].isoformat(), possible[-1].isoformat())


def record(rule: dict[str, Any]) -> dict[str, Any]:
    """Return a published call, with one more criterion: when the establishment opened."""
    content: dict[str, Any] = yaml.safe_load(PUBLISHED.read_text("utf-8"))
    content["eligibility"]["questions"].append(QUESTION)
    criterion = {"id": "age", "label": "Ancienneté", "facts": ["groupes"], "rule": {"question": "opened_on", **rule}}
    content["eligibility"]["criteria"].append(criterion)
    return content


def publish(store: Store, folder: Path, rule: dict[str, Any]) -> None:
    """Publish that call with this rule, as an agent does: from a file."""
    calls = folder / "calls"
    calls.mkdir()
    (calls / PUBLISHED.name).write_text(yaml.safe_dump(record(rule), allow_unicode=True), "utf-8")
    load(store, calls, NOON, "tests")


@pytest.fixture
def assistant(store: Store, tmp_path: Path) -> Assistant:
    publish(store, tmp_path, {"not_before": "2000-01-01", "not_after": "2016-06-30"})
    return Assistant(Catalogue(store).snapshot())


@pytest.fixture
def judge(assistant: Assistant) -> Judge:
    return assistant.judge("pdl-aac-ide-nuit-2018")


def test_a_date_is_asked_heard_and_judged(judge: Judge, assistant: Assistant) -> None:
    question = judge.questions["opened_on"]
    interview = Interview(judge.record.id, asked="opened_on")
    form = question_answer(interview, judge, question).form
    assert form is not None and form.control is Control.DATE and form.label == QUESTION["label"]
    for said, day, words, verdict in (
        ("le 12/03/2015", "2015-03-12", "12 mars 2015", Verdict.MET),
        ("2016-07-01", "2016-07-01", "1er juillet 2016", Verdict.NOT_MET),
        ("en 2015", "2015", "2015", Verdict.MET),
        ("juin 2016", "2016-06", "juin 2016", Verdict.MET),
        ("2016", "2016", "2016", Verdict.TO_CONFIRM),
    ):
        heard = hear(said, question, judge.questions, assistant.mentions(said))
        assert heard.answers == {"opened_on": day}
        assert f"date d'ouverture – {words}" in (noted(heard, judge) or "")
        assessment = judge.assess(take(interview, heard).answers)
        judged = next(item for item in assessment.criteria if item.criterion.id == "age")
        assert judged.verdict is verdict and words in reason(judged, assessment)
        change = would_change(judged, assessment)
        if verdict is Verdict.TO_CONFIRM:
            text = verdict_answer(assessment, NOON).text
            assert "• Ancienneté, à confirmer : Votre réponse : date d'ouverture – 2016." in text
            assert "au plus tard le 30 juin 2016" in text
        if verdict is Verdict.NOT_MET:
            assert change and "au plus tôt le 1er janvier 2000 et au plus tard le 30 juin 2016" in change


def test_a_program_may_give_a_day_and_nothing_else(judge: Judge) -> None:
    for answer in ("2015-03-12", " 2015 ", "2015-03"):
        found = answers_from({"opened_on": answer}, judge.questions, judge.kinds)
        assert found == {"opened_on": answer.strip()}
    for answer in ("12/03/2015", "2015-02-30", 2015, True, ["2015"]):
        with pytest.raises(InvalidAnswers):
            answers_from({"opened_on": answer}, judge.questions, judge.kinds)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"at_least": 3}, "ne se compare pas ainsi"),
        ({"not_before": "2020-01-01", "not_after": "2019-01-01"}, "aucune réponse ne convient"),
        ({"not_after": "2019-02-30"}, "2019-02-30"),
    ],
)
def test_a_faulty_rule_is_told_to_the_agent(rule: dict[str, Any], words: str, store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidRecords) as raised:
        publish(store, tmp_path, rule)
    assert words in str(raised.value)
