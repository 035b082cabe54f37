"""Territories: official tables, and places found in what people type."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.places import codes as territory
from knowledge.places.finding import Place, find_places, narrow

# Message → what is found, in order: "R28" a region, "D76" a département, "T974,93" a town and its candidates.
REGIONS = {
    "quels documents en Normandie ?": "R28",
    "normandie": "R28",
    "c'est quoi l'appel normand ?": "R28",
    "les EHPAD normands": "R28",
    "l'expérimentation normande": "R28",
    "adresse mail normandi": "R28",
    "normendie": "R28",
    "hdf": "R32",
    "AMI HDF 2019": "R32",
    "Hauts de France": "R32",
    "hauts-de-frances": "R32",
    "haut de france": "R32",
    "Nord-Pas-de-Calais": "R32",
    "dans le nord pas de calais": "R32",
    "en Picardie": "R32",
    "un ehpad picard": "R32",
    "paca": "R93",
    "provence alpes cote d'azur": "R93",
    "région sud": "R93",
    "idf": "R11",
    "un ssiad francilien": "R11",
    "ile de france": "R11",
    "région parisienne": "R11",
    "bretagne": "R53",
    "un IME breton": "R53",
    "bretange": "R53",
    "Haute-Normandie": "R28",
    "basse normandie": "R28",
    "Alsace": "R44",
    "en lorraine": "R44",
    "Champagne-Ardenne": "R44",
    "dans le Grand Est": "R44",
    "ars grand est": "R44",
    "grand est": "R44",
    "Rhône-Alpes": "R84",
    "ARS ARA": "R84",
    "Auvergne-Rhône-Alpes": "R84",
    "auvergne": "R84",
    "Languedoc-Roussillon": "R76",
    "midi pyrénées": "R76",
    "occitanie": "R76",
    "Aquitaine": "R75",
    "poitou-charentes": "R75",
    "Limousin": "R75",
    "nouvelle aquitaine": "R75",
    "région Centre": "R24",
    "deadline ARS Centre-Val de Loire": "R24",
    "pays de loire": "R52",
    "bfc": "R27",
    "Bourgogne Franche-Comté": "R27",
    "franche-comté": "R27",
    "corse": "R94",
    "Guadloupe": "R01",
    "l'accompagnement guadeloupéen": "R01",
    "la martinique": "R02",
    "guyanne": "R03",
    "à mayotte": "R06",
    "mahorais": "R06",
    "outre-mer": "R01+02+03+04+06",
    "aux Antilles": "R01+02",
    "en Nouvelle-Calédonie": "R988",
    "LES EHPAD DE NORMANDIE": "R28",
    "appel réunionnais": "R04",
}
REUNION = {
    "à la Réunion": "R04",
    "à La Réunion, quels critères ?": "R04",
    "ARS Réunion": "R04",
    "ARS La Réunion": "R04",
    "île de la Réunion": "R04",
    "ile de la reunion": "R04",
    "en Réunion": "R04",
    "La Réunion": "R04",
    "la reunion": "R04",
    "et la reunion ?": "R04",
    "et à la réunion ?": "R04",
    "pour la reunion": "R04",
    "la reunion 2022": "R04",
    "date limite reunion": "R04",
    "date limite la reunion": "R04",
    "criteres selection la reunion": "R04",
    "ehpad de la réunion": "R04",
    "Qui doit venir, à La Réunion ?": "R04",
    "je suis a la reunion": "R04",
    "LA REUNION": "R04",
    "pardon, normandie pas réunion": "R28 R04",
    "une réunion à la Réunion": "R04",
    "docs a fournir reunion ?": "R04",
    "À quelle heure fermait le dépôt à La Réunion le dernier jour ?": "R04",
    "réunion 974": "R04",
    "la réunion du 10 février": "",
    "une réunion": "",
    "pendant la réunion": "",
    "qui participe à la réunion ?": "",
    "à quelle heure est la réunion ?": "",
    "compte rendu de la réunion": "",
    "la prochaine réunion": "",
    "les réunions": "",
    "nous sommes en réunion": "",
    "salle de réunion": "",
    "la réunion publique": "",
    "réunion d'information": "",
    "date de la réunion de lancement": "",
    "La réunion est obligatoire ?": "",
    "Réunion le 10": "",
    "la réunion de Guadeloupe en 2017": "R01",
    "étaient présents à la réunion en Guadeloupe ?": "R01",
    "assister à la réunion d'équipe": "",
    "Quelle suite était proposée après la réunion ?": "",
}
DEPARTMENTS = {
    "seine maritime": "D76",
    "Seine-Maritime": "D76",
    "seine martime": "D76",
    "pas de calais": "D62",
    "val d'oise": "D95",
    "dans l'Eure": "D27",
    "pr l'eure": "D27",
    "l'Orne": "D61",
    "orne": "D61",
    "la Manche": "D50",
    "dans la manche": "D50",
    "ehpad de la manche": "D50",
    "et la manche ?": "D50",
    "le nord": "D59",
    "ehpad dans le nord": "D59",
    "le Nord": "D59",
    "dans la somme": "D80",
    "une MAS de la Somme": "D80",
    "dans le Cher": "D18",
    "département du lot": "D46",
    "le Lot": "D46",
    "l'Aube": "D10",
    "dans l'aube": "D10",
    "en creuse": "D23",
    "CH de la Creuse": "D23",
    "dans les landes": "D40",
    "dans l'allier": "D03",
    "le var": "D83",
    "l'ain": "D01",
    "dans l'Aude": "D11",
    "dans la Vienne": "D86",
    "Vienne": "D86",
    "à Paris": "D75",
    "Paris 15e": "D75",
    "loire atlantique": "D44",
    "corse du sud": "D2A",
    "calvaods": "D14",
    "ille et vilaine": "D35",
    "côtes d'armor": "D22",
    "puy de dome": "D63",
    "un EHPAD vendéen": "D85",
    "le Cotentin": "D50",
    "le 76": "D76",
    "dans le 14": "D14",
    "(27)": "D27",
    "dpt 50": "D50",
    "département 61": "D61",
    "celle du 974": "D974",
    "76": "D76",
    "2A": "D2A",
    "en 2B": "D2B",
    "EHPAD du 14": "D14",
    "ehpad 76": "D76",
    "et dans le 27 ?": "D27",
    "le 14, le 50 et le 61": "D14 D50 D61",
    "départements 14, 50 et 61 pour 2024, 27 et 76 en 2025": "D14 D50 D61 D27 D76",
    "les dpts 27/76": "D27 D76",
    "établissements du 76 et du 27": "D76 D27",
    "Calvados (14)": "D14",
    "code postal 50000": "D50",
    "14, 50, 61": "D14 D50 D61",
    "14,50,61": "D14 D50 D61",
    "14, 50 et 61 ?": "D14 D50 D61",
    "27 et 76": "D27 D76",
    "calvados manche orne": "D14 D50 D61",
    "l'eure et l'orne": "D27 D61",
    "(76000)": "D76",
    "97410": "D974",
    "20200": "D2B",
    "le département 1": "D01",
}
TOWNS = {
    "je suis a caen": "T14",
    "ehpad de rouen": "T76",
    "lille": "T59",
    "le havre": "T76",
    "ehpad au havre": "T76",
    "CAMSP du Havre": "T76",
    "st denis": "T974,93",
    "Saint Denis": "T974,93",
    "Saint-Pierre": "T974,975,972",
    "Saint-Denis d'Oléron": "T17",
    "Saint-Denis (974)": "T974",
    "saint denis 93": "T93",
    "saint denis à la réunion": "T974",
    "st denis de la reunion, ok ?": "T974",
    "76000 Rouen": "T76",
    "97400 Saint-Denis": "T974",
    "75011 Paris": "D75",
    "Caen, Calvados": "T14",
    "caen 14": "T14",
    "Saint-Leu, La Réunion": "T974",
    "rouen et le havre": "T76 T76",
    "à Vienne": "T38",
    "Vienne (38)": "T38",
    "CHU de Tours": "T37",
    "situé à Sens": "T89",
    "ehpad situé à sens": "T89",
    "IME de Vire": "T14",
    "IME de Viré": "T71",
    "EHPAD d'Eu": "T76",
    "la ville d'Eu": "T76",
    "ehpad yvetot": "T76",
    "EHPAD Les Lilas à Louviers": "T27",
    "st-étienne-du-rouvray": "T76",
    "herouville st clair": "T14",
    "cherbourg": "T50",
    "Établissement du Tampon": "T974",
    "savs au port 974": "T974",
    "aux Andelys": "T27",
    "le puy en velay": "T43",
    "clermont ferrand": "T63",
    "villeneuve d'ascq": "T59",
    "aix en provence": "T13",
    "ehpad de montpelier": "T34",
    "boulogne": "T92,62,31",
    "Évry": "T91",
    "On est à Trouville": "T14",
    "à Mamoudzou": "T976",
    "Pointe-à-Pitre": "T971",
    "URGENT EHPAD ROUEN": "T76",
    "EHPAD DE VIRE": "T14",
    "à Châlons s/Marne": "T51",
    "Mme Martin de Rouen": "T76",
    "Bagnoles de l'Orne": "T61",
    "Est-ce que Saint-Lô est éligible ?": "T50",
    "clinique de Saint-Martin-d'Hères": "T38",
}
NOTHING = [
    "",
    " ",
    "?!",
    "bonjour",
    "la somme de 3000 euros",
    "pour une somme importante",
    "d'où vient la somme ?",
    "la somme totale",
    "cher monsieur",
    "Cher Monsieur,",
    "lot 2",
    "dans le lot 2",
    "le lot n°2",
    "Lot 1 et lot 2",
    "à quelle eure",
    "le 28 juin",
    "10 établissements",
    "60 dossiers",
    "2022",
    "5 sessions",
    "14h",
    "page 27",
    "point 50",
    "article (12)",
    "annexe 2A",
    "dix (10) jours",
    "jusqu'au 28",
    "du 10 au 28",
    "au 30/09",
    "50000 euros",
    "12 mois, 35 heures, 60 lits",
    "EHPAD 60 lits",
    "entre 27 et 76 ans",
    "76 %",
    "06 12 34 56 78",
    "le 14 juillet",
    "le 5 septembre 2022 inclus",
    "il y a du monde",
    "il a eu",
    "bonne question, avis et montant des aides",
    "à l'hôpital",
    "sur la table",
    "à sens unique",
    "sens",
    "plaisir d'offrir",
    "au sort ou au portail",
    "on peut candidater à plusieurs",
    "M. Lens",
    "Mme Vannes vous répond",
    "Aude Martin",
    "il se creuse",
    "à l'aube",
    "une manche",
    "s'allier",
    "au nord de la ville",
    "dans le nord de la france",
    "gare du nord",
    "l'intérêt le plus grand est de participer",
    "il aura",
    "le sud",
    "centre hospitalier",
    "grande bretagne",
    "les crédits du Ségur",
    "EHPAD Saint-Joseph",
    "rue de Paris",
    "l'heure de Paris",
    "la moyenne",
    "des chartes",
    "MAS",
    "ARS",
    "les gens viennent",
    "qu'il vienne",
    "avis",
    "mon ehpad a publié",
    "frais de bouche",
    "28/06/22",
    "14,50 euros",
    "14,50",
    "5,12",
]


def summary(places: list[Place]) -> str:
    """Write places the way the tables above do."""
    return " ".join(
        "R" + "+".join(p.region_codes) if p.kind == "region" else p.kind[0].upper() + ",".join(p.candidates)
        for p in places
    )


FOUND = {**REGIONS, **REUNION, **DEPARTMENTS, **TOWNS}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_places_found(text: str, expected: str) -> None:
    assert summary(find_places(text)) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_ordinary_words_are_not_places(text: str) -> None:
    assert find_places(text) == []


def test_official_counts_and_codes() -> None:
    assert len(territory.regions()) == 18
    assert len(territory.departments()) == 101
    assert len(territory.collectivities()) == 6
    assert sum(len(territory.departments_of(r.code)) for r in territory.regions()) == 101
    assert [d.code for d in territory.departments_of("28")] == ["14", "27", "50", "61", "76"]
    assert territory.region_of("974").name == "La Réunion"
    assert territory.department("2a").name == "Corse-du-Sud"
    assert territory.department("61").prefecture == "Alençon"


def test_time_zones_exist_and_follow_the_territory() -> None:
    for found in (*territory.regions(), *territory.collectivities(), *territory.departments()):
        ZoneInfo(found.time_zone)
    assert territory.region("04").time_zone == "Indian/Reunion"
    assert territory.region("06").time_zone == "Indian/Mayotte"
    assert territory.department("973").time_zone == "America/Cayenne"
    assert territory.region("28").time_zone == "Europe/Paris"


LOOK_UPS = [territory.region, territory.department, territory.departments_of, territory.region_of]


@pytest.mark.parametrize("call", LOOK_UPS)
def test_unknown_codes_are_errors(call: object) -> None:
    with pytest.raises(territory.UnknownTerritory) as caught:
        call("00")  # type: ignore[operator]
    assert caught.value.code == "00"


def test_every_department_is_found_by_name_and_number() -> None:
    for found in territory.departments():
        for text in (f"dans le département {found.code}", f"département : {found.name}"):
            assert [p.candidates for p in find_places(text)] == [(found.code,)], text


def test_every_region_is_found_by_name() -> None:
    for found in territory.regions():
        assert [p.region_codes for p in find_places(f"ARS {found.name}")] == [(found.code,)], found.name


def test_a_former_region_keeps_its_own_departments() -> None:
    place = find_places("en Haute-Normandie")[0]
    assert (place.name, place.region_codes, place.candidates) == ("Haute-Normandie", ("28",), ("27", "76"))


def test_a_merged_place_covers_what_locates_it() -> None:
    place = find_places("Un IME à Saint-Denis (974), éligible ?")[0]
    assert (place.text, place.name, place.ambiguous) == ("Saint-Denis (974)", "Saint-Denis", False)


def test_narrow_uses_the_message_then_the_conversation() -> None:
    places = find_places("L'ARS Réunion peut-elle aider mon EHPAD de Saint-Denis ?")
    assert summary(narrow(places)) == "R04 T974"
    alone = find_places("Je suis à Saint-Denis")
    assert alone[0].ambiguous
    assert summary(narrow(alone, ["11"])) == "T93"
    assert narrow(alone, ["28"]) == alone
    assert narrow(alone) == alone


def test_an_unsure_reading_says_so() -> None:
    certainty = {text: find_places(text)[0].certainty for text in ("à Rouen", "normendie", "le 27 ?")}
    assert certainty["à Rouen"] > 0.9 > certainty["normendie"] >= 0.7 > certainty["le 27 ?"]


WORDS = st.sampled_from(
    ["la", "Réunion", "réunion", "st", "denis", "(974)", "76", "le", "dans", "14", ",", ".", "-", "'", "L'Eure", "ß"]
    + ["Saint-Denis", "à", "de", "EHPAD", "2A", "/", "", "\n", "75011", "M.", "s/", "e\u0301", "٣٤", "İ"]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=25).map("".join))
def test_no_text_breaks_it_and_spans_lie_inside(text: str) -> None:
    end = 0
    for place in find_places(text):
        assert end <= place.start < place.end <= len(text)
        assert place.text == text[place.start : place.end]
        assert place.candidates and place.region_codes and 0 < place.certainty <= 1
        end = place.end


def test_it_is_fast_enough_for_each_message() -> None:
    texts = [*FOUND, *NOTHING]
    find_places("Rouen")
    start = time.perf_counter()
    for text in texts:
        find_places(text)
    assert (time.perf_counter() - start) / len(texts) < 0.005, "seconds per message"
