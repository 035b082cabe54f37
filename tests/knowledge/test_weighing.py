"""What the evidence allows to say: sure by a fact or a passage, put off, not said, near."""

from __future__ import annotations

import pytest
from records_for_tests import NOON, content

from knowledge.answering.answers import answer_topic
from knowledge.base.passages.document import Passage
from knowledge.base.passages.search import PassageIndex
from knowledge.base.reading import record_from
from knowledge.base.records import Record
from knowledge.understanding.evidence import gather
from knowledge.understanding.ranking import RecordIndex
from knowledge.understanding.weighing import Speaks, clues_of, weigh
from knowledge.understanding.weights import load_weights
from knowledge.wording.values import Decision

PASSAGES = (
    Passage("Les candidatures sont reçues jusqu'au 12 mars 2031 à midi.", "Dépôt"),
    Passage("Le fonds prête un broyeur de végétaux à chaque jardin retenu, pour deux saisons.", "Matériel"),
    Passage("Chaque jardin nomme deux référents, formés pendant trois jours à Vannes.", "Équipe"),
    Passage("La date du jury sera communiquée ultérieurement.", "Choix"),
    Passage("Une assurance couvre le matériel prêté ; elle est payée par le fonds.", "Matériel"),
    Passage("Les jardins situés en zone inondable ne sont pas retenus.", "Conditions"),
)


@pytest.fixture(scope="module")
def record() -> Record:
    written = content(title="Jardins de soin 2031", short_title="Jardins de soin 2031")
    return record_from("jardins", written)


@pytest.fixture(scope="module")
def index(record: Record) -> RecordIndex:
    return RecordIndex(record, PassageIndex(PASSAGES))


def test_a_passage_answers_by_itself_and_is_quoted_first(index: RecordIndex) -> None:
    evidence = gather(index, "combien de référents chaque jardin doit-il nommer ?", {"commitments": 0.5})
    weighed = weigh(evidence)
    assert (weighed.decision, weighed.speaks) == (Decision.SURE, Speaks.PASSAGE)
    answer = answer_topic(evidence, "commitments", NOON)
    assert "deux référents" in answer.text.split("\n")[1] and answer.extracts[0].section == "Équipe"


def test_a_point_that_the_document_puts_off_is_said_to_be_so(index: RecordIndex) -> None:
    evidence = gather(index, "à quelle date se réunit le jury ?", {"selection": 0.6})
    assert weigh(evidence).speaks is Speaks.PUT_OFF
    answer = answer_topic(evidence, "selection", NOON)
    assert answer.decision is Decision.NOT_SAID and "ultérieurement" in answer.text


def test_a_sentence_without_the_kind_of_thing_asked_for_is_never_sure(index: RecordIndex) -> None:
    evidence = gather(index, "quel est le montant de l'assurance du matériel prêté ?", {"funding": 0.6})
    assert weigh(evidence).decision is not Decision.SURE


def test_every_clue_has_its_weight_and_every_weight_its_clue(index: RecordIndex, record: Record) -> None:
    groups = load_weights().decision
    for group, made in (("with_document", index), ("alone", RecordIndex(record))):
        clues = clues_of(gather(made, "une question", {}))
        for model in groups[group].values():
            assert set(model) == {"bias", *clues}


def test_a_record_that_says_that_its_document_does_not_say_is_a_silence_in_its_own_words() -> None:
    fact = {
        "id": "phone",
        "state": "not_stated",
        "aspects": ["phone"],
        "text": "Le texte ne donne aucun numéro de téléphone",
    }
    written = content()
    written["facts"]["contact"] = [fact]
    evidence = gather(RecordIndex(record_from("nuit", written)), "quel numéro de téléphone appeler ?", {"contact": 0.9})
    answer = answer_topic(evidence, "contact", NOON)
    assert (answer.decision, answer.verdict) == (Decision.NOT_SAID, "not_stated")
    assert "aucun numéro de téléphone" in answer.lead
