"""The eligibility engine against oracles written apart: by hand for real calls, by enumeration for any rule."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_for_tests import NOON

from knowledge.base.catalogue import Catalogue, Snapshot
from knowledge.base.loader import FOLDER, load
from knowledge.base.store import Store
from knowledge.conditions.rules import All, AtLeast, Is, Not, Rule, Verdict, evaluate
from knowledge.eligibility.assessment import Judge
from knowledge.eligibility.profile import Kinds, answers_from
from knowledge.eligibility.wording import assessment_as_dict, questions_as_dict
from knowledge.errors import InvalidAnswers, NotACall

PUBLISHED = Path(__file__).parent / "published"
SECTORS = {
    key: entry["sector"]
    for key, entry in yaml.safe_load((FOLDER.parent / "establishments.yml").read_text("utf-8")).items()
    if not entry.get("covers")
}
NORMANDIE_2024, NORMANDIE_2025 = {"14", "50", "61"}, {"27", "76"}
HAUTS_DE_FRANCE = {"02", "59", "60", "62", "80"}
OCCITANIE = {"09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"}
AUVERGNE_RHONE_ALPES = {"01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74"}
Oracle = Callable[[dict[str, Any]], dict[str, "bool | None"]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('eligibility') / 'store.sqlite3'}")
    store.migrate()
    load(store, FOLDER, NOON, "tests")
    load(store, PUBLISHED, NOON, "tests")
    yield Catalogue(store).snapshot()
    store.close()


@pytest.fixture(scope="module")
def judges(base: Snapshot) -> dict[str, Judge]:
    kinds = Kinds(base.establishments)
    calls = (base.get(name) for name, summary in base.summaries.items() if summary.kind.value == "call")
    return {record.id: Judge.of(record, kinds) for record in calls}


def normandie(profile: dict[str, Any]) -> dict[str, bool | None]:
    """What the specification of Normandie says, read again by hand; None where it contradicts itself."""
    sector = SECTORS[profile["establishment_kind"]]
    department, wave = profile["department"], profile["wave"]
    return {
        "territory": department in NORMANDIE_2024 | NORMANDIE_2025,
        "sector": True if sector in {"sanitaire", "medico_social"} else None if sector == "social" else False,
        "authority": profile["authority"] in {"ars", "ars_departement"},
        "wave": department in (NORMANDIE_2024 if wave == "2024" else NORMANDIE_2025),
        "management": profile["management_committed"],
        "trio": profile["joint_trio"],
        "shared_scope": profile["shared_scope"],
        "global_approach": profile["global_approach"],
        "works_council": profile["works_council_committed"],
        "collective_work": profile["collective_work"],
    }


def la_reunion(profile: dict[str, Any]) -> dict[str, bool | None]:
    sector = SECTORS[profile["establishment_kind"]]
    return {"territory": profile["department"] == "974", "sector": sector == "social" or sector == "medico_social"}


def hauts_de_france_2019(profile: dict[str, Any]) -> dict[str, bool | None]:
    return {
        "territory": profile["department"] in HAUTS_DE_FRANCE,
        "sector": SECTORS[profile["establishment_kind"]] == "medico_social",
        "project": profile["project_axis"] != "none",
    }


def occitanie(profile: dict[str, Any]) -> dict[str, bool | None]:
    right = SECTORS[profile["establishment_kind"]] in {"sanitaire", "medico_social"}
    return {
        "territory": profile["department"] in OCCITANIE,
        "public": right and not profile["for_profit"],
        "pair": profile["cultural_partner"],
    }


def pays_de_la_loire(profile: dict[str, Any]) -> dict[str, bool | None]:
    return {
        "kind": profile["establishment_kind"] == "ehpad",
        "territory": profile["department"] in {"44", "49", "53", "72", "85"},
        "group": profile["partner_count"] > 1 and profile["same_territory"],
    }


def bourgogne(profile: dict[str, Any]) -> dict[str, bool | None]:
    sector = SECTORS[profile["establishment_kind"]]
    known = {"medico_social": True, "sanitaire": None}
    return {"sector": known.get(sector, False), "approach": profile["wider_approach"]}


def auvergne(profile: dict[str, Any]) -> dict[str, bool | None]:
    signed = [profile[name] for name in ("f3sct_validation", "physician_validation", "works_council_signature")]
    right = SECTORS[profile["establishment_kind"]] == "sanitaire"
    return {"kind": right and profile["department"] in AUVERGNE_RHONE_ALPES, "opinions": False not in signed}


ORACLES: dict[str, Oracle] = {
    "normandie-2024": normandie,
    "la-reunion-2022": la_reunion,
    "hauts-de-france-2019": hauts_de_france_2019,
    "occitanie-aap-culture-sante-2021": occitanie,
    "pdl-aac-ide-nuit-2018": pays_de_la_loire,
    "bfc-qvt-2020": bourgogne,
    "ara-clact-permanent": auvergne,
}
NAMES = {True: "met", False: "not_met", None: "to_confirm"}
# Places and kinds near the limits come often; the others too, for what nobody thought of.
DEPARTMENTS = st.one_of(
    st.sampled_from(["14", "50", "61", "27", "76", "974", "59", "31", "44", "69", "75"]),
    st.sampled_from(sorted({"2A", "971", "06", "93", "02", "60", "35"})),
)
KINDS = st.sampled_from(sorted(SECTORS))
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "department": DEPARTMENTS,
    "establishment_kind": KINDS,
    "authority": st.sampled_from(["ars", "ars_departement", "departement", "other"]),
    "wave": st.sampled_from(["2024", "2025"]),
    "project_axis": st.sampled_from(["strategy", "attractiveness", "organisation", "none"]),
    "partner_count": st.integers(0, 5),
}


def profiles(judge: Judge) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: ANSWERS.get(name, st.booleans()) for name in judge.questions})


# 7 calls × 1 500 profiles, each judged whole and once more with answers missing.
@pytest.mark.parametrize("record_id", ORACLES)
def test_every_criterion_agrees_with_the_document_read_by_hand(record_id: str, judges: dict[str, Judge]) -> None:
    judge, oracle = judges[record_id], ORACLES[record_id]

    @settings(max_examples=1500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(profiles(judge), st.randoms(use_true_random=False))
    def check(profile: dict[str, Any], random: Any) -> None:
        expected = oracle(profile)
        found = judge.assess(answers_from(profile, judge.questions, judge.kinds))
        assert {item.criterion.id: item.verdict.value for item in found.criteria} == {
            name: NAMES[value] for name, value in expected.items()
        }
        values = set(expected.values())
        whole = False if False in values else None if None in values else True
        assert found.verdict.value == NAMES[whole] and not found.missing
        # With answers missing, a criterion says yes or no only when every way of filling them in says the same.
        known = {name: value for name, value in profile.items() if random.random() < 0.6}
        partial = judge.assess(answers_from(known, judge.questions, judge.kinds))
        assert set(partial.missing) == profile.keys() - known.keys()
        by_id = {item.criterion.id: item for item in found.criteria}
        for item in partial.criteria:
            assert item.verdict in {Verdict.TO_CONFIRM, by_id[item.criterion.id].verdict}
            if not item.missing:
                assert item.verdict is by_id[item.criterion.id].verdict
        if partial.verdict is not Verdict.TO_CONFIRM:
            assert partial.verdict is found.verdict

    check()


@pytest.mark.parametrize("record_id", ORACLES)
def test_the_change_proposed_is_enough_and_no_smaller_one_is(record_id: str, judges: dict[str, Judge]) -> None:
    judge = judges[record_id]

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(profiles(judge))
    def check(profile: dict[str, Any]) -> None:
        answers = answers_from(profile, judge.questions, judge.kinds)
        found = judge.assess(answers)
        for item in found.criteria:
            changes = found.changes(item)
            assert bool(changes) is (item.verdict is not Verdict.MET), item.criterion.id
            for values in itertools.product(*(change.values for change in changes)):
                changed = {change.question.id: value for change, value in zip(changes, values)}
                again = {one.criterion.id: one for one in judge.assess({**answers, **changed}).criteria}
                assert again[item.criterion.id].verdict is Verdict.MET
            if len(changes) > 1:
                for question in judge.questions.values():
                    for choice in question.choices:
                        again = {
                            one.criterion.id: one for one in judge.assess({**answers, question.id: choice.id}).criteria
                        }
                        assert again[item.criterion.id].verdict is not Verdict.MET

    check()


def rules() -> st.SearchStrategy[Rule]:
    leaves = st.builds(Is, st.sampled_from("abcd"), st.booleans())
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
            st.builds(
                lambda parts, count: AtLeast(min(count, len(parts)), tuple(parts)),
                st.lists(inner, min_size=1, max_size=4),
                st.integers(1, 3),
            ),
        ),
        max_leaves=8,
    )


def holds(rule: Rule, world: dict[str, bool]) -> bool:
    """The rule with everything known, in plain two-valued logic."""
    if isinstance(rule, Not):
        return not holds(rule.part, world)
    if isinstance(rule, All):
        return all(holds(part, world) for part in rule.parts)
    if isinstance(rule, AtLeast):
        return sum(holds(part, world) for part in rule.parts) >= rule.count
    assert isinstance(rule, Is)
    return world[rule.question] == rule.wanted


@settings(max_examples=3000, deadline=None, database=None)
@given(rules(), st.dictionaries(st.sampled_from("abcd"), st.booleans()))
def test_any_rule_is_true_or_false_only_in_every_completion(rule: Rule, known: dict[str, bool]) -> None:
    unknown = [name for name in "abcd" if name not in known]
    worlds = [{**known, **dict(zip(unknown, row))} for row in itertools.product((True, False), repeat=len(unknown))]
    found = {holds(rule, world) for world in worlds}
    verdict = evaluate(rule, known)
    if verdict is not Verdict.TO_CONFIRM:
        assert found == {verdict is Verdict.MET}
    if not unknown:
        assert verdict is not Verdict.TO_CONFIRM
    assert evaluate(Not(rule), known) is verdict.opposite


def test_every_no_names_a_clause_its_source_and_what_would_change_it(judges: dict[str, Judge]) -> None:
    for judge in judges.values():
        refused = {"department": "988", "establishment_kind": "school", "authority": "departement"}
        given_ = {name: value for name, value in refused.items() if name in judge.questions and name != "department"}
        given_["department"] = (
            "975" if "975" in {c.id for c in judge.questions.get("department", _NONE).choices} else "2B"
        )
        found = judge.assess(answers_from(given_, judge.questions, judge.kinds))
        told = assessment_as_dict(found, NOON)
        assert told["indicative"] is True and told["notice"]
        for criterion in told["criteria"]:
            if criterion["verdict"] == "not_met":
                assert "Le document dit" in criterion["reason"] or "se lit de" in criterion["reason"]
                assert criterion["source"]["title"] and criterion["would_change"]


class _Nothing:
    choices = ()


_NONE: Any = _Nothing()


def test_both_readings_of_a_contradiction_are_told(judges: dict[str, Judge]) -> None:
    judge = judges["normandie-2024"]
    told = assessment_as_dict(judge.assess({"establishment_kind": "social_establishment"}), NOON)
    sector = next(item for item in told["criteria"] if item["id"] == "sector")
    assert sector["verdict"] == "to_confirm" and "confirmer ce point par l'agence" in sector["reason"]
    assert [item["verdict"] for item in sector["readings"]] == ["met", "not_met"]
    assert all(item["text"] in sector["reason"] for item in sector["readings"])


def test_the_department_of_the_other_year_is_to_confirm_until_the_year_is_known(judges: dict[str, Judge]) -> None:
    judge = judges["normandie-2024"]
    for wave, expected in ((None, "to_confirm"), ("2024", "not_met"), ("2025", "met")):
        told = assessment_as_dict(
            judge.assess(answers_from({"department": "76", "wave": wave}, judge.questions, judge.kinds)),
            NOON,
        )
        criterion = next(item for item in told["criteria"] if item["id"] == "wave")
        assert criterion["verdict"] == expected
        assert "Calvados (14)" in criterion["reason"] and "Seine-Maritime (76)" in criterion["reason"]


def test_a_closed_call_is_judged_all_the_same_and_its_situation_stands_beside(judges: dict[str, Judge]) -> None:
    judge = judges["la-reunion-2022"]
    told = assessment_as_dict(judge.assess({"department": "974", "establishment_kind": "ehpad"}), NOON)
    assert (told["verdict"], told["call"]["situation"]) == ("met", "closed")


@pytest.mark.parametrize("record_id", ["guadeloupe-2017", "guide-dgcs-2021"])
def test_what_is_not_a_call_is_not_judged(record_id: str, base: Snapshot) -> None:
    with pytest.raises(NotACall):
        Judge.of(base.get(record_id), Kinds(base.establishments))


def test_a_call_that_writes_no_criteria_is_judged_on_its_territory_and_its_public(judges: dict[str, Judge]) -> None:
    judge = judges["paca-aac-pasa-2024"]
    assert list(judge.questions) == ["department", "establishment_kind"]
    assert judge.assess({"department": "13", "establishment_kind": "ehpad"}).verdict is Verdict.MET
    assert judge.assess({"department": "35", "establishment_kind": "ehpad"}).verdict is Verdict.NOT_MET
    assert judge.assess({"department": "13"}).verdict is Verdict.TO_CONFIRM


def test_a_vague_kind_is_to_confirm_where_only_some_of_its_kinds_would_do(judges: dict[str, Judge]) -> None:
    ehpad_only, any_esms = judges["pdl-aac-ide-nuit-2018"], judges["hauts-de-france-2019"]
    assert ehpad_only.assess({"establishment_kind": "esms"}).criteria[0].verdict is Verdict.TO_CONFIRM
    by_id = {item.criterion.id: item.verdict for item in any_esms.assess({"establishment_kind": "esms"}).criteria}
    assert by_id["sector"] is Verdict.MET
    essms = any_esms.assess({"establishment_kind": "essms"}).criteria
    assert {item.criterion.id: item.verdict for item in essms}["sector"] is Verdict.TO_CONFIRM


@pytest.mark.parametrize(
    ("given_", "problems"),
    [
        ({"departement": "76"}, {"departement": "question"}),
        ({"department": "1000", "authority": "mairie"}, {"department": "answer", "authority": "answer"}),
        ({"wave": 2026}, {"wave": "answer"}),
        ({"joint_trio": "peut-être"}, {"joint_trio": "answer"}),
        ({"establishment_kind": ["ehpad"]}, {"establishment_kind": "answer"}),
        ({"department": {"code": "76"}}, {"department": "answer"}),
        ({"department": True}, {"department": "answer"}),
    ],
)
def test_an_answer_that_no_question_accepts_is_refused_by_name(
    given_: dict[str, Any], problems: dict[str, str], judges: dict[str, Judge]
) -> None:
    judge = judges["normandie-2024"]
    with pytest.raises(InvalidAnswers) as refused:
        answers_from(given_, judge.questions, judge.kinds)
    assert refused.value.problems == problems


def test_forms_of_answers_that_people_and_programs_give_are_accepted(judges: dict[str, Judge]) -> None:
    judge = judges["normandie-2024"]
    given_ = {"department": 76, "establishment_kind": "EHPAD", "joint_trio": "oui", "shared_scope": False, "wave": None}
    assert answers_from({**given_, "authority": "unknown"}, judge.questions, judge.kinds) == {
        "department": "76",
        "establishment_kind": "ehpad",
        "joint_trio": True,
        "shared_scope": False,
    }


def test_the_questions_most_likely_to_settle_the_matter_come_first(judges: dict[str, Judge]) -> None:
    judge = judges["normandie-2024"]
    asked: list[str] = []
    answers: dict[str, Any] = {}
    values = {"department": "76", "establishment_kind": "ehpad", "authority": "ars", "wave": "2025"}
    while (question := judge.next_question(answers)) is not None:
        asked.append(question.id)
        answers[question.id] = values.get(question.id, True)
    assert asked[0] == "department" and set(asked) == set(judge.questions) and len(asked) == len(set(asked))
    assert judge.assess(answers).verdict is Verdict.MET
    # What can no longer change a criterion is not asked.
    outside = {"department": "33"}
    assert "wave" not in _all_asked(judge, outside)


def _all_asked(judge: Judge, answers: dict[str, Any]) -> list[str]:
    asked, known = [], dict(answers)
    while (question := judge.next_question(known)) is not None:
        asked.append(question.id)
        known[question.id] = question.choices[0].id if question.choices else True
    return asked


def test_the_questions_are_told_with_their_choices(judges: dict[str, Judge]) -> None:
    told = questions_as_dict(judges["normandie-2024"], NOON)
    by_id = {item["id"]: item for item in told["questions"]}
    assert {"department", "establishment_kind", "authority"} <= by_id.keys()
    assert len(by_id["department"]["choices"]) == 101 and by_id["joint_trio"]["choices"] == []
    assert {"ehpad", "ime", "esat", "ssiad", "hospital"} <= {
        item["id"] for item in by_id["establishment_kind"]["choices"]
    }


def test_the_answer_no_that_is_needed_is_said_in_its_own_words(judges: dict[str, Judge]) -> None:
    judge = judges["occitanie-aap-culture-sante-2021"]
    answers = {"establishment_kind": "clinic", "for_profit": True}
    told = assessment_as_dict(judge.assess(answers), NOON)
    public = next(item for item in told["criteria"] if item["id"] == "public")
    assert "public ou privé à but non lucratif" in public["would_change"]


def test_a_number_says_how_many_are_needed(judges: dict[str, Judge]) -> None:
    judge = judges["pdl-aac-ide-nuit-2018"]
    found = judge.assess({"partner_count": 1, "same_territory": True})
    told = assessment_as_dict(found, NOON)
    group = next(item for item in told["criteria"] if item["id"] == "group")
    assert "au moins 2 EHPAD" in group["would_change"]
