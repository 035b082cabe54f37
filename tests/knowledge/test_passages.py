"""Passages: a document cut as it is written, kept beside its record, searched, and shown as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_for_tests import NOON

from knowledge.__main__ import main
from knowledge.answering.assistant import Assistant
from knowledge.base.catalogue import Catalogue
from knowledge.base.loader import FOLDER, load
from knowledge.base.passages.document import LONGEST, Passage, read_document
from knowledge.base.passages.kept import forget_passages, keep_passages, read_passages
from knowledge.base.passages.search import PassageIndex, search
from knowledge.base.store import Store
from knowledge.errors import UnknownRecord
from knowledge.understanding.choice import Context
from knowledge.understanding.lexicon import Mentions
from knowledge.understanding.question import Question
from knowledge.wording.values import Decision

DOCUMENT = """# Appel à projets
## Piscines thérapeutiques

### 1. Candidats

Peuvent répondre :

- les EHPAD de la région ;
- les IME, à condition d'avoir un bassin.

### 2. Calendrier

| Étape | Date |
|---|---|
| Clôture | 3 mai 2027, 17 h |
| Résultats | juillet 2027 |

L'eau est chauffée à **32 degrés** au moins. Un [modèle](https://exemple.fr/modele.docx) est fourni.
"""
PLAIN = """APPEL À PROJETS

2. Candidats

Peuvent répondre :
- les EHPAD ;
- les IME qui ont
un bassin.

III – Dépôt

Le dossier est déposé avant le 3 mai.
"""


def test_paragraphs_items_and_rows_stand_under_their_headings() -> None:
    found = read_document(DOCUMENT)
    assert [item.section for item in found] == ["1. Candidats"] * 3 + ["2. Calendrier"] * 3
    assert found[1] == Passage("les EHPAD de la région ;", "1. Candidats", "Peuvent répondre :")
    assert found[3].text == "Étape : Clôture – Date : 3 mai 2027, 17 h"
    assert found[5].text.endswith("à 32 degrés au moins. Un modèle (https://exemple.fr/modele.docx) est fourni.")


def test_plain_text_has_headings_and_lists_too() -> None:
    found = read_document(PLAIN)
    assert [item.section for item in found] == ["2. Candidats"] * 3 + ["III – Dépôt"]
    assert found[2].text == "les IME qui ont un bassin."


def test_no_word_is_lost_and_no_passage_is_too_long_to_be_shown() -> None:
    text = "\n\n".join(f"Paragraphe {number}. " + "Une phrase assez longue pour remplir. " * 20 for number in range(5))
    found = read_document(text)
    assert " ".join(item.text for item in found).split() == text.split()
    assert max(len(item.text) for item in found) <= LONGEST


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert all(item.text.strip() for item in read_document(text))


def test_passages_are_kept_replaced_and_go_with_their_record(store: Store) -> None:
    load(store, FOLDER, NOON, "tests")
    found = read_document(DOCUMENT)
    assert keep_passages(store, "normandie-2024", found, "avis.md", NOON) == 1
    assert read_passages(store, "normandie-2024") == found
    assert keep_passages(store, "normandie-2024", found[:2], "avis.md", NOON) == 2
    assert read_passages(store, "normandie-2024") == found[:2]
    with pytest.raises(UnknownRecord):
        keep_passages(store, "nulle-part", found, "avis.md", NOON)
    assert forget_passages(store, "normandie-2024") and not forget_passages(store, "normandie-2024")
    keep_passages(store, "normandie-2024", found, "avis.md", NOON)
    store.withdraw("normandie-2024")
    assert read_passages(store, "normandie-2024") == ()


def test_words_of_the_heading_count_and_the_calls_own_name_does_not() -> None:
    index = PassageIndex(read_document(DOCUMENT))
    assert index.nearest("quelle température pour l'eau ?", 1)[0].text.startswith("L'eau est chauffée")
    assert search(index.passages, "quand est la clôture ?")[0][0] == 3
    index.names = frozenset({"piscin"})
    assert index.coverage("piscines et degrés", 5) == index.coverage("degrés", 5) == 1.0
    assert PassageIndex(()).nearest("eau", 3) == ()


def ask(assistant: Assistant, text: str, **probabilities: float):  # type: ignore[no-untyped-def]
    topic = max(probabilities, key=probabilities.__getitem__)
    question = Question(text, topic, Mentions(), probabilities)
    return assistant.reply(question, Context(record_id="la-reunion-2022"), NOON).answers[0]


def test_a_passage_answers_at_once_and_no_silence_is_claimed_over_it(store: Store) -> None:
    load(store, FOLDER, NOON, "tests")
    catalogue = Catalogue(store)
    before = ask(
        Assistant(catalogue.snapshot()), "À combien de degrés l'eau est-elle chauffée ?", theme=0.5, funding=0.3
    )
    assert "32" not in before.text
    keep_passages(store, "la-reunion-2022", read_document(DOCUMENT), "avis.md", NOON)
    answer = ask(
        Assistant(catalogue.snapshot()), "À combien de degrés l'eau est-elle chauffée ?", theme=0.5, funding=0.3
    )
    assert "32 degrés" in answer.text[:500] and answer.decision in {Decision.NEAR, Decision.SURE}
    assert any("32 degrés" in item.words and item.section == "2. Calendrier" for item in answer.extracts)


def test_the_structure_of_an_answer_is_whole(store: Store) -> None:
    load(store, FOLDER, NOON, "tests")
    answer = ask(Assistant(Catalogue(store).snapshot()), "Quelle est la date limite ?", deadline=0.98)
    assert answer.decision is Decision.SURE and "5 septembre 2022" in answer.lead
    assert answer.lead.startswith("Appel QVCT La Réunion 2022 : ") and len(answer.lead) <= 160
    assert answer.verdict is None and len(answer.points) <= 2


def test_the_command_keeps_lists_and_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'k.sqlite3'}")
    assert main(["load"]) == 0
    document = tmp_path / "avis.md"
    document.write_text(DOCUMENT, "utf-8")
    arguments = ["passages", str(document), "--record", "normandie-2024"]
    assert main(arguments) == 0 and "6 passage(s)" in capsys.readouterr().out
    assert main([*arguments, "--list"]) == 0 and "1. Candidats" in capsys.readouterr().out
    assert main(["passages", "--record", "normandie-2024", "--forget"]) == 0
    for wrong in (["x.pdf"], [str(tmp_path / "absent.md")], []):
        assert main(["passages", *wrong, "--record", "normandie-2024"]) == 1
    assert main(["passages", str(document), "--record", "nulle-part"]) == 1
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    assert main(["passages", str(tmp_path / "latin.txt"), "--record", "normandie-2024"]) == 1
    assert "UTF-8" in capsys.readouterr().err
