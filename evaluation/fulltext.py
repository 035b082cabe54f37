"""The alternative without understanding: full-text search over the same entries (SQLite's FTS5, BM25)."""

from __future__ import annotations

import sqlite3

from knowledge.base.loader import FOLDER, read_folder, read_terms
from knowledge.base.reading import record_from
from knowledge.french.text import content_words
from knowledge.wording.rendering import fact_lines


class FullText:
    """Answers with the entry that matches best."""

    def __init__(self) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE entry USING fts5(words, shown UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
        )
        for publication in read_folder(FOLDER):
            record = record_from(publication.id, publication.content)
            for fact in record.facts:
                shown = f"{record.short_title}\n" + "\n".join(fact_lines(fact))
                self._add(shown + " " + " ".join((*fact.keywords, *record.aliases[:3])), shown)
        for publication in read_terms():
            if publication.kind == "term":
                term = publication.content
                shown = f"{term['term']} ({term.get('long') or term['term']}) : {term['definition']}"
                self._add(shown, shown)

    def _add(self, words: str, shown: str) -> None:
        self._base.execute("INSERT INTO entry VALUES (?, ?)", (words, shown))

    def answer(self, question: str) -> str:
        """Return the best entry, or an empty text when no word matches."""
        words = content_words(question)
        if not words:
            return ""
        query = " OR ".join(f'"{word}"' for word in words)
        row = self._base.execute(
            "SELECT shown FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 1", (query,)
        ).fetchone()
        return row[0] if row else ""
