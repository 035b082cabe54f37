"""What kind of thing a question asks for, and whether a text holds one."""

from __future__ import annotations

import pytest

from knowledge.french.expected import FITS, LACKS, UNKNOWN, expected_of, fit, puts_off


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("c'est pour quand ?", ("moment",)),
        ("on est prévenus quand", ("moment",)),
        ("peut-on quand même candidater ?", ()),
        ("que faire quand on change de directeur", ()),
        ("à quelle date précise se réunit le jury ?", ("day",)),
        ("jusqu'à quelle heure peut-on déposer", ("hour",)),
        ("combien on touche par site ?", ("amount",)),
        ("ça coûte combien", ("amount",)),
        ("le contrat de six mois ouvre droit à la prime ?", ()),
        ("quel est le taux de prise en charge", ("rate",)),
        ("la formation dure combien de temps ?", ("duration",)),
        ("Quelle superficie pour la salle ?", ("size",)),
        ("vous avez un numéro de téléphone ?", ("phone",)),
        ("à quelle adresse mail écrire", ("email",)),
        ("qui peut candidater ?", ()),
    ],
)
def test_the_kind_of_thing_that_is_asked_for(question: str, kinds: tuple[str, ...]) -> None:
    assert expected_of(question).kinds == kinds


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("quand ouvre la structure ?", "Ouverture au printemps 2031", FITS),
        ("quand ouvre la structure ?", "Ouverture de la structure par étapes", LACKS),
        ("quel jour exact ?", "Le comité se réunit en mars 2031", LACKS),
        ("quel jour exact ?", "Le comité se réunit le 4 mars 2031", FITS),
        ("quel montant par lauréat ?", "Jusqu'à 12 500 € par lauréat", FITS),
        ("quel montant par lauréat ?", "Le lauréat reçoit une aide", LACKS),
        ("combien ça coûte ?", "La participation est gratuite", FITS),
        ("combien de tuteurs faut-il ?", "Deux tuteurs par équipe", FITS),
        ("combien de tuteurs faut-il ?", "Les tuteurs sont formés", LACKS),
        ("combien de tuteurs faut-il ?", "Formation de 3 jours", UNKNOWN),
        ("combien de temps dure le stage ?", "Le stage dure dix-huit mois", FITS),
        ("combien de temps dure le stage ?", "Le stage dure de deux à trois semaines", FITS),
        ("un groupe de 40 personnes, c'est possible ?", "Groupes de quinze personnes au plus", FITS),
        ("un groupe de 40 personnes, c'est possible ?", "Groupes constitués par le porteur", UNKNOWN),
        ("peut-on venir à vélo ?", "Le 4 mars 2031, 12 500 €", UNKNOWN),
    ],
)
def test_a_text_holds_it_or_lacks_it(question: str, text: str, value: float) -> None:
    assert fit(expected_of(question), text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La date sera communiquée ultérieurement.", True),
        ("Le comité en décidera.", True),
        ("Le nombre de lots reste à définir.", True),
        ("La réponse sera communiquée par courriel.", False),
        ("Le jury décide en juin.", False),
    ],
)
def test_a_point_put_off_is_told_from_one_that_is_settled(text: str, expected: bool) -> None:
    assert puts_off(text) is expected
