"""What a person must read, told by meaning: held to floors on lines and questions that nothing was learnt from."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.mail.questions import all_sentences
from bot.mail.wariness import MOST_SENTENCES, ROUTINE, THRESHOLD, wariness
from evaluation.questions import FOLDER

LINES = yaml.safe_load(Path(__file__).with_name("lines.yml").read_text("utf-8"))
SENTENCES = yaml.safe_load((Path(__file__).parents[2] / "bot" / "mail" / "sentences.yml").read_text("utf-8"))
WORDS = yaml.safe_load((Path(__file__).parents[2] / "bot" / "mail" / "words.yml").read_text("utf-8"))

# Written after the examples, and never added to them.
NEVER_WRITTEN = (
    "Le soir, il ferme son casier à clé, m'a rendu mes livres et dit que bientôt tout sera fini pour lui.",
    "Les sonnettes des chambres sont coupées après vingt-deux heures pour ne pas être dérangé.",
    "Je voudrais inscrire mon oncle dans une maison de retraite près de Caen.",
    "Je termine un papier sur les EHPAD pour un hebdomadaire, qui puis-je citer ?",
    "Où est gardé mon numéro de téléphone et comment le faire disparaître de vos listes ?",
    "Nous ne viendrons plus aux séances, considérez que nous avons quitté le programme.",
    "Le versement est à faire désormais sur le compte dont voici le numéro.",
    "Monsieur B., quatre-vingt-neuf ans, sous anticoagulants, est tombé deux fois cette semaine.",
    "Vos agents m'ont raccroché au nez, c'est une drôle de conception du service public.",
    "Mon assureur me conseille de vous attaquer si l'aide n'est pas versée.",
    "Auriez-vous besoin d'une secrétaire médicale à partir de janvier ?",
    "Faites attention à vous en sortant du bureau.",
)


def reason(text: str) -> str | None:
    return wariness().reason(all_sentences(text) or [text])


def test_lookalikes_stay_routine() -> None:
    assert [text for text in LINES["tuned"]["routine"] if reason(text)] == []
    apart = LINES["apart"]["routine"]
    assert sum(reason(text) is not None for text in apart) <= len(apart) // 10


def test_most_sensitive_lines_are_seen_without_any_rule_on_words() -> None:
    apart = [line["text"] for line in LINES["apart"]["sensitive"]]
    assert sum(reason(text) is not None for text in apart) >= 0.65 * len(apart)


@pytest.mark.parametrize("folder", ["questions", "questions_apart"])
def test_almost_no_question_of_the_evaluation_worries(folder: str) -> None:
    asked = [
        entry["text"]
        for file in (FOLDER.parent / folder).glob("*.yml")
        if file.stem not in {"safety", "hors_sujet", "suites", "dialogue"}
        for entry in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert len(asked) > 300
    assert sum(reason(text) is not None for text in asked) < 0.03 * len(asked)


def test_what_was_never_written_in_the_rules_is_mostly_recognised() -> None:
    found = [reason(text) for text in NEVER_WRITTEN]
    assert sum(item is not None for item in found) >= 0.6 * len(NEVER_WRITTEN), list(zip(NEVER_WRITTEN, found))


def test_one_worrying_sentence_in_a_long_routine_mail_is_enough() -> None:
    routine = "Nous préparons notre dossier pour l'appel normand. Quelles pièces fournir ? " * 10
    assert reason(routine) is None
    assert reason(f"{routine}Je n'ai plus la force de vivre. {routine}") == "distress"


def test_capitals_and_hostile_lengths_change_nothing() -> None:
    assert reason("QUELLES PIÈCES FAUT-IL JOINDRE AU DOSSIER DE CANDIDATURE ?") is None
    assert wariness().worst([]) is None
    worst = wariness().worst(["Quelle est la date limite ? " * 500] * (10 * MOST_SENTENCES))
    assert worst is not None and worst.probability < THRESHOLD


def test_each_kind_has_its_examples_and_its_name_for_agents() -> None:
    assert len(SENTENCES[ROUTINE]) >= 100
    for kind, sentences in SENTENCES.items():
        assert len(sentences) >= 6 and len(set(sentences)) == len(sentences), kind
        assert kind == ROUTINE or kind in WORDS["reasons"], kind
