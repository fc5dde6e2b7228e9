"""SQLite's FTS5: fed with stems, or as it comes (folding accents, no stems), whose snippets can be read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.articles import Article, read_articles
from tests.benchmarks.engines.engine import LIMIT
from tests.benchmarks.french import term_of, terms_of
from tests.benchmarks.queries import Operator, Query

_SEARCH = f"SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT {LIMIT}"
_EXCERPTS = _SEARCH.replace("id", "id, snippet(articles, 1, '<mark>', '</mark>', '…', 50)", 1)


@dataclass(frozen=True)
class Fts5Engine:
    """One table. `stemmed`: its text is the terms of the article, so its snippets are stems, timed all the same."""

    stemmed: bool
    operators: frozenset[Operator] = frozenset(Operator) - {Operator.FUZZY}
    has_passages: bool = True
    version: str = sqlite3.sqlite_version

    def build(self, corpus: Path, folder: Path) -> None:
        database = sqlite3.connect(folder / "articles.db")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(
            "CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2')"
        )
        rows = ((article.id, self._text(article)) for article in read_articles(corpus))
        database.executemany("INSERT INTO articles VALUES (?, ?)", rows)
        database.execute("INSERT INTO articles (articles) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> Fts5Index:
        return Fts5Index(sqlite3.connect(folder / "articles.db"), stemmed=self.stemmed)

    def _text(self, article: Article) -> str:
        return " ".join(terms_of(article.whole)) if self.stemmed else article.whole


class Fts5Index:
    """A connection to the database."""

    def __init__(self, database: sqlite3.Connection, *, stemmed: bool) -> None:
        self._database, self._stemmed = database, stemmed

    def write(self, query: Query) -> str:
        match query.operator:
            case Operator.ANY:
                return " OR ".join(self._terms(query))
            case Operator.ALL:
                return " AND ".join(self._terms(query))
            case Operator.PHRASE:
                return f'"{" ".join(self._terms(query))}"'
            case Operator.PREFIX:
                return f"{query.words[0]}*"
        raise ValueError(query)

    def ids(self, written: str) -> list[str]:
        return [row[0] for row in self._database.execute(_SEARCH, (written,))]

    def passages(self, written: str) -> list[tuple[str, Any]]:
        return self._database.execute(_EXCERPTS, (written,)).fetchall()

    def _terms(self, query: Query) -> list[str]:
        return [term_of(word) or word for word in query.words] if self._stemmed else list(query.words)


FTS5 = Fts5Engine(stemmed=True)
FTS5_PLAIN = Fts5Engine(stemmed=False)
