"""The tokenizer loaded quickly cuts texts as the one that spaCy loads."""

from __future__ import annotations

import re
import sre_compile
import warnings
from pathlib import Path

import spacy
import yaml

from bot.nlu.spacy_speed import load_tokenizer, quick_patterns

ROOT = Path(__file__).parents[2]
NAME = "fr_core_news_md"
# Where French tokenizers differ: elision, hyphens, abbreviations, figures, addresses.
HARD = [
    "Aujourd'hui, l'entr'aide : d’après M. Dupont, y a-t-il un rendez-vous ? Peut-être…",
    "Écrivez à ars-dt76@ars.sante.fr (voir https://www.ars.sante.fr/appel?x=1&y=2), avant le 05/09/2022 à 17h30.",
    "L'EHPAD « Saint-Jean » (76) a reçu 2,9 M€, soit +12 % ; c'est-à-dire 10kg, 20°C., J.-C., etc.",
    "QU'EST-CE QUE LA Q.V.C.T. ? celui-ci, faux-filet, anti-inflammatoire, saut-de-ski, presqu'île, p.-v.",
    "  \n\t deux  espaces\u00a0: n°3, St. Pierre, 1er/2e, 14h-16h, a.b.c, ...!? 😀👍 ½ m² ",
    "",
]


def _sentences() -> list[str]:
    found: dict[str, None] = {}
    for file in sorted((ROOT / "data").rglob("*.yml")):
        for item in yaml.safe_load(file.read_text("utf-8")).get("nlu", []):
            found.update(dict.fromkeys(line.strip().removeprefix("- ") for line in item["examples"].splitlines()))
    return list(found)


def test_texts_are_cut_alike() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = spacy.load(NAME, exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner"])
    quick = load_tokenizer(NAME)
    sentences = _sentences()
    assert len(sentences) >= 2000
    for text in [*sentences, *(text.upper() for text in sentences[:300]), *HARD]:
        expected = [(token.idx, token.text, token.whitespace_, token.norm_) for token in whole.tokenizer(text)]
        assert [(token.idx, token.text, token.whitespace_, token.norm_) for token in quick.tokenizer(text)] == expected


def test_it_is_loaded_once_and_holds_no_vector() -> None:
    quick = load_tokenizer(NAME)
    assert load_tokenizer(NAME) is quick
    assert quick.meta["name"] == "core_news_md" and quick.path is not None
    assert len(quick.vocab.vectors) == 0


def test_patterns_are_compiled_to_the_same_code() -> None:
    patterns = [
        r"[a-zéà\-']+",
        r"(?i)[a-zà-ÿœ]{2,}",
        r"[^\w\s]|[0-9٠-٩]",
        r"(?iu)[ßſſ]|[K-Z]",
        "[\U0001f600-\U0001f64f]",
    ]
    for pattern in patterns:
        expected = sre_compile._code(sre_compile.sre_parse.parse(pattern), 0)
        with quick_patterns():
            for _ in range(2):
                assert sre_compile._code(sre_compile.sre_parse.parse(pattern), 0) == expected


def test_the_compiler_is_put_back() -> None:
    original = sre_compile._optimize_charset
    with quick_patterns():
        assert sre_compile._optimize_charset is not original
        re.compile("[abc]{3}x")
    assert sre_compile._optimize_charset is original
