"""Loading spaCy's French tokenizer quickly, and only once.

Its patterns hold several hundred times the same few sets of letters; Python works each set out anew (7 of
the 8 s that loading takes on a busy machine). And of the 217 MB that the model's vocabulary takes, word
vectors and the texts of 500,000 words, the tokenizer reads nothing.
"""

from __future__ import annotations

import re
import sre_compile
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_PIPES = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner")
_VOCABULARY = ("vectors", "strings")


@contextmanager
def quick_patterns() -> Iterator[None]:
    """Within this context, each set of characters of a regular expression is worked out once.

    The patterns compiled are the same ones. Does nothing on a Python whose compiler differs.
    """
    original = getattr(sre_compile, "_optimize_charset", None)
    if original is None or sys.version_info[:2] != (3, 10):
        yield
        return
    done: dict[tuple[Any, ...], tuple[list[Any], bool]] = {}

    def optimise(charset: Any, iscased: Any = None, fixup: Any = None, fixes: Any = None) -> tuple[list[Any], bool]:
        # `iscased`, `fixup` and `fixes` are functions and tables of the modules: one object for each case.
        key = (tuple(charset), iscased, fixup, id(fixes))
        if key not in done:
            done[key] = original(charset, iscased, fixup, fixes)
        code, has_case = done[key]
        return list(code), has_case

    sre_compile._optimize_charset = optimise  # type: ignore[attr-defined]
    try:
        yield
    finally:
        sre_compile._optimize_charset = original  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def load_tokenizer(name: str) -> Language:
    """Return the pipeline of the package `name` with its tokenizer alone; the same object each time.

    Rasa makes SpacyNLP twice for one model (to provide it and to run it), hence the cache.

    Raises:
        OSError: no such package.
    """
    with quick_patterns(), warnings.catch_warnings():
        # spaCy 3.7 warns that fr_core_news_md 3.8 was made for 3.8.
        warnings.filterwarnings("ignore", message=re.escape("[W095]"))
        import spacy

        return spacy.load(name, exclude=[*_PIPES, *_VOCABULARY])
