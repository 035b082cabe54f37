"""The eligibility routes, over the real knowledge base."""

from __future__ import annotations

from typing import Any

import pytest
from web_fakes import Client

NORMANDIE = "/api/calls/normandie-2024/eligibility"
WHOLE = {
    "department": "76",
    "establishment_kind": "ehpad",
    "authority": "ars_departement",
    "wave": "2025",
    "management_committed": True,
    "joint_trio": True,
    "shared_scope": True,
    "global_approach": True,
    "works_council_committed": True,
    "collective_work": True,
}


pytestmark = pytest.mark.usefixtures("base")


def post(client: Client, path: str, answers: Any, **options: Any) -> Any:
    return client.request("POST", path, json=answers, **options)


def test_the_questions_are_listed(client: Client) -> None:
    told = client.request("GET", NORMANDIE).json()
    assert {item["id"] for item in told["questions"]} == set(WHOLE)
    assert told["call"] == {
        "id": "normandie-2024",
        "title": "Appel QVCT Normandie 2024-2025",
        "situation": "ended_by_programme",
    }


def test_the_verdict_comes_criterion_by_criterion(client: Client) -> None:
    told = post(client, NORMANDIE, WHOLE).json()
    assert told["verdict"] == "met" and told["missing"] == [] and told["indicative"] is True
    assert {item["verdict"] for item in told["criteria"]} == {"met"}
    refused = post(client, NORMANDIE, {**WHOLE, "authority": "departement"}).json()
    assert refused["verdict"] == "not_met"
    (criterion,) = (item for item in refused["criteria"] if item["verdict"] == "not_met")
    assert criterion["id"] == "authority" and "conseil départemental seul" in criterion["reason"]
    assert criterion["source"]["publisher"] and "l'ARS seule" in criterion["would_change"]


def test_some_answers_are_enough_and_the_rest_is_to_confirm(client: Client) -> None:
    told = post(client, NORMANDIE, {"department": "76"}).json()
    assert told["verdict"] == "to_confirm" and set(told["missing"]) == set(WHOLE) - {"department"}
    assert post(client, NORMANDIE, {}).json()["verdict"] == "to_confirm"


def test_the_public_of_la_reunion(client: Client) -> None:
    path = "/api/calls/la-reunion-2022/eligibility"
    inside = post(client, path, {"department": "974", "establishment_kind": "ehpad", "authority": "departement"})
    assert (inside.json()["verdict"], inside.json()["call"]["situation"]) == ("met", "closed")
    assert post(client, path, {"department": "76", "establishment_kind": "ehpad"}).json()["verdict"] == "not_met"


@pytest.mark.parametrize("record_id", ["guadeloupe-2017", "guide-dgcs-2021"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_a_call_is_refused(client: Client, record_id: str, method: str) -> None:
    response = client.request(
        method, f"/api/calls/{record_id}/eligibility", **({"json": {}} if method == "POST" else {})
    )
    assert response.status_code == 409 and response.json()["type"].endswith(":not-a-call")


def test_faulty_requests_say_what_is_wrong_in_french(client: Client) -> None:
    wrong = post(client, NORMANDIE, {"department": "Rouen", "couleur": "bleu"})
    assert wrong.status_code == 422 and set(wrong.json()["errors"]) == {"department", "couleur"}
    assert "question n'existe pas" in wrong.json()["errors"]["couleur"]
    assert post(client, NORMANDIE, ["department"]).status_code == 422
    assert client.request("POST", NORMANDIE, content="department=76").status_code == 415
    broken = client.request("POST", NORMANDIE, content="{", headers={"Content-Type": "application/json"})
    assert broken.status_code == 400
    assert post(client, "/api/calls/atlantide/eligibility", {}).status_code == 404
    assert client.request("DELETE", NORMANDIE).status_code == 405
