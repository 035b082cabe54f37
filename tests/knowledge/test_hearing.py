"""Free answers to the questions of the check, and the check as a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from records_for_tests import NOON

from knowledge.answering.assistant import Assistant
from knowledge.conditions.state import Interview
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.hearing import Intention, corrects, hear
from knowledge.eligibility.interview import corrected, noted, proceed, question_answer, take, verdict_answer


@pytest.fixture
def assistant(loaded: Assistant) -> Assistant:
    return loaded


@pytest.fixture
def judge(assistant: Assistant) -> Judge:
    return assistant.judge("normandie-2024")


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("department", "on est à Caen", {"department": "14"}),
        ("department", "le 76", {"department": "76"}),
        ("department", "76", {"department": "76"}),
        ("department", "Seine-Maritime", {"department": "76"}),
        ("establishment_kind", "une maison de retraite", {"establishment_kind": "ehpad"}),
        ("establishment_kind", "c'est un ime", {"establishment_kind": "ime"}),
        ("establishment_kind", "un EHPAD, donc un ESMS", {"establishment_kind": "ehpad"}),
        ("authority", "l'ARS et le département", {"authority": "ars_departement"}),
        ("authority", "les deux", {"authority": "ars_departement"}),
        ("authority", "ARS uniquement", {"authority": "ars"}),
        ("authority", "le conseil départemental", {"authority": "departement"}),
        ("authority", "la PJJ", {"authority": "other"}),
        ("wave", "en 2025", {"wave": "2025"}),
        ("management_committed", "oui la direction est partante", {"management_committed": True}),
        ("management_committed", "Ouais", {"management_committed": True}),
        ("management_committed", "pas de souci", {"management_committed": True}),
        ("management_committed", "non la direction refuse", {"management_committed": False}),
        ("management_committed", "oui mais la direction ne veut pas", {"management_committed": False}),
        ("works_council_committed", "le CSE est plutôt contre, ils sont contre", {"works_council_committed": False}),
        ("works_council_committed", "avis signé la semaine dernière", {"works_council_committed": True}),
        # Something else than what was asked.
        ("management_committed", "en fait c'est à Évreux", {"department": "27"}),
        ("joint_trio", "le CSE est d'accord, il a donné son avis", {"works_council_committed": True}),
        ("wave", "au fait on est un SSIAD de Vire", {"establishment_kind": "ssiad", "department": "14"}),
    ],
)
def test_an_answer_is_understood_as_people_say_it(
    asked: str, text: str, expected: dict[str, Any], judge: Judge, assistant: Assistant
) -> None:
    heard = hear(text, judge.questions[asked], judge.questions, assistant.mentions(text))
    assert heard.answers == expected and heard.intention is None


@pytest.mark.parametrize(
    ("text", "intention", "about"),
    [
        ("je ne sais pas", Intention.UNKNOWN, "joint_trio"),
        ("aucune idée", Intention.UNKNOWN, "joint_trio"),
        ("pas encore", Intention.LATER, "joint_trio"),
        ("pas encore vu avec le CSE", Intention.LATER, "works_council_committed"),
        ("c'est en cours", Intention.LATER, "joint_trio"),
        ("je passe", Intention.SKIP, "joint_trio"),
        ("question suivante", Intention.SKIP, "joint_trio"),
        ("stop", Intention.STOP, "joint_trio"),
        ("on arrête là", Intention.STOP, "joint_trio"),
        ("je veux recommencer", Intention.RESTART, "joint_trio"),
        ("le ciel est bleu", None, "joint_trio"),
    ],
)
def test_what_a_message_wants_of_the_check_is_understood(
    text: str, intention: Intention | None, about: str, judge: Judge, assistant: Assistant
) -> None:
    heard = hear(text, judge.questions["joint_trio"], judge.questions, assistant.mentions(text))
    assert (heard.answers, heard.intention, heard.about) == ({}, intention, about)


def test_a_town_of_several_departments_is_not_guessed(judge: Judge, assistant: Assistant) -> None:
    heard = hear("Saint-Denis", judge.questions["department"], judge.questions, assistant.mentions("Saint-Denis"))
    assert heard.nothing


def test_an_interview_goes_to_its_verdict_and_survives_being_written_down(judge: Judge, assistant: Assistant) -> None:
    said = {
        "department": "Rouen",
        "establishment_kind": "EHPAD",
        "authority": "l'ARS seule",
        "wave": "2025",
        "works_council_committed": "pas encore",
    }
    interview, question = proceed(Interview("normandie-2024"), judge)
    asked = []
    while question is not None:
        asked.append(question.id)
        text = question_answer(interview, judge, question).text
        assert f"Question {len(asked)} sur 10" in text and question.label in text
        answer = said.get(question.id, "oui")
        heard = hear(answer, question, judge.questions, assistant.mentions(answer))
        assert noted(heard, judge), answer
        interview = Interview.from_dict(take(interview, heard).as_dict())
        interview, question = proceed(interview, judge)
    assert len(asked) == len(set(asked)) == 10
    text = verdict_answer(judge.assess(interview.answers), NOON).text
    assert "des points restent à confirmer" in text and "À confirmer : avis du CSE" in text
    assert "indicatif" in text and "programme terminé" in text


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("en fait on est à Caen", "14"),
        ("Oups, c'est à Caen", "14"),
        ("je me suis trompée, Caen", "14"),
        ("non plutôt Caen", "14"),
        ("on est à Caen", None),
        ("en fait on est à Rouen", None),
        ("en fait je parlais de l'appel de Caen", None),
        ("en fait, c'est La Réunion qui m'intéresse", None),
        ("en fait on est à Caen, c'est bon ?", None),
        ("en fait merci", None),
    ],
)
def test_what_is_corrected_once_a_check_is_over(
    text: str, department: str | None, judge: Judge, assistant: Assistant
) -> None:
    checked = Interview("normandie-2024", {"department": "76", "establishment_kind": "ehpad"})
    after = corrected(checked, judge, assistant.mentions(text)) if corrects(text) else None
    expected = department and {"department": department, "establishment_kind": "ehpad"}
    assert (after and after.answers) == expected


def test_the_answers_that_the_call_names_are_offered_first(judge: Judge) -> None:
    interview, question = proceed(Interview("normandie-2024"), judge)
    assert question is not None and question.id == "department"
    form = question_answer(interview, judge, question).form
    assert form is not None
    offered = [option.choice for option in form.options]
    assert offered[:5] == ["14", "27", "50", "61", "76"] and offered[5:7] == ["01", "02"]
    assert len(offered) == len(set(offered)) > 100


def test_a_later_answer_corrects_an_earlier_one_and_reopens_what_was_passed(judge: Judge, assistant: Assistant) -> None:
    interview = Interview("normandie-2024", {"department": "76"}, ("joint_trio",), "shared_scope")
    heard = hear(
        "en fait c'est à Caen",
        judge.questions["shared_scope"],
        judge.questions,
        assistant.mentions("en fait c'est à Caen"),
    )
    assert take(interview, heard).answers["department"] == "14"
    heard = hear(
        "oui, le trinôme est constitué", judge.questions["shared_scope"], judge.questions, assistant.mentions("")
    )
    after = take(interview, heard)
    assert after.answers["joint_trio"] is True and after.passed == ()
    heard = hear("on recommence", judge.questions["shared_scope"], judge.questions, assistant.mentions(""))
    assert take(interview, heard) == Interview("normandie-2024")
