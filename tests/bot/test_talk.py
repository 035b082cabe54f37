"""Distress and questions on one's own messages are recognised by their words; the subjects of calls are not taken for them."""

from __future__ import annotations

import pytest

from bot.nlu.talk import speaks_of


@pytest.mark.parametrize(
    "text",
    [
        "envie den finir avec tout.",
        "J'ai envie d'en finir",
        "je veux mourir",
        "Une résidente vient d'avaler, elle a avalé sa pile de montre",
        "il ne respire plus !!",
        "Un collègue a fait un malaise et il est inconscient",
    ],
)
def test_an_emergency_is_one_whatever_the_model_says(text: str) -> None:
    assert speaks_of("urgent", text)


@pytest.mark.parametrize(
    "text",
    [
        "on veut en finir avec les horaires coupés",
        "La prévention du suicide est-elle un thème possible ?",
        "L'appel aide-t-il une équipe à souffler après un décès ?",
        "Les sages-femmes peuvent-elles participer ?",
    ],
)
def test_a_hard_subject_is_still_a_question(text: str) -> None:
    assert not speaks_of("urgent", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pendant combien de temps gardez-vous mes messages ?", True),
        ("ce que j'écris ici est-il conservé ?", True),
        ("Nos échanges avec cet assistant sont-ils enregistrés ?", True),
        ("Combien de temps l'établissement doit-il conserver les justificatifs ?", False),
        ("Les échanges entre établissements sont-ils prévus ?", False),
    ],
)
def test_one_s_own_messages_are_not_the_documents_of_a_call(text: str, expected: bool) -> None:
    assert speaks_of("privacy", text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On peut vérifier notre éligibilité pas à pas pour la Normandie ?", True),
        ("faire le test d'éligibilité", True),
        ("Évaluez notre éligibilité à l'AMI", True),
        ("Qui est éligible ?", False),
        ("Quels sont les critères d'éligibilité ?", False),
        ("Je voudrais vérifier que j'ai bien tous les documents", False),
    ],
)
def test_the_wish_for_a_check_is_told_from_a_question_on_who_can_apply(text: str, expected: bool) -> None:
    assert speaks_of("check", text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Donnez-moi la checklist", True),
        ("que dois-je préparer pour candidater, étape par étape ?", True),
        ("il reste quoi à faire ?", True),
        ("Que faut-il préparer comme pièces ?", False),
        ("Reste-t-il des places ?", False),
    ],
)
def test_the_wish_for_the_checklist_is_told_from_a_question_on_the_pieces(text: str, expected: bool) -> None:
    assert speaks_of("checklist", text) is expected
