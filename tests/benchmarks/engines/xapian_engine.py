"""Xapian: text folded beforehand, its own French stemmer, query parser and snippets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xapian

from tests.benchmarks.articles import read_articles
from tests.benchmarks.engines.engine import EXCERPT, LIMIT
from tests.benchmarks.french import STOP_WORDS, fold
from tests.benchmarks.queries import Operator, Query

_ID = 0
"""The slot of a document's values that holds its id."""

_ELISION = re.compile(r"(?<=\w)['’](?=\w)")
_PARSING = xapian.QueryParser.FLAG_BOOLEAN | xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_WILDCARD


def _folded(text: str) -> str:
    """Return the text without accents, its elided words apart: Xapian takes l'avion for one word."""
    return fold(_ELISION.sub(" ", text))


def _stopper() -> Any:
    stopper = xapian.SimpleStopper()
    for word in sorted(STOP_WORDS):
        stopper.add(word)
    return stopper


@dataclass(frozen=True)
class XapianEngine:
    """Its usual way with a language: words with positions, stems without, so phrases and prefixes are of words."""

    operators: frozenset[Operator] = frozenset(Operator) - {Operator.FUZZY}
    has_passages: bool = True
    version: str = xapian.version_string()

    def build(self, corpus: Path, folder: Path) -> None:
        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("french"))
        generator.set_stopper(_stopper())
        for article in read_articles(corpus):
            text = _folded(article.whole)
            document = xapian.Document()
            document.add_value(_ID, article.id)
            document.set_data(text)
            generator.set_document(document)
            generator.set_termpos(0)
            generator.index_text(text)
            database.add_document(document)
        database.commit()
        database.compact(str(folder / "compact"))
        database.close()
        for file in folder.iterdir():
            if file.is_file():
                file.unlink()

    def open(self, folder: Path) -> XapianIndex:
        return XapianIndex(xapian.Database(str(folder / "compact")))


class XapianIndex:
    """A database and a query parser."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._stemmer, self._stopper = xapian.Stem("french"), _stopper()
        self._parser = xapian.QueryParser()
        self._parser.set_database(database)
        self._parser.set_stemmer(self._stemmer)
        self._parser.set_stopper(self._stopper)

    def write(self, query: Query) -> str:
        words = [fold(word) for word in query.words]
        match query.operator:
            case Operator.ANY:
                return " OR ".join(words)
            case Operator.ALL:
                return " AND ".join(words)
            case Operator.PHRASE:
                return f'"{" ".join(words)}"'
            case Operator.PREFIX:
                return f"{words[0]}*"
        raise ValueError(query)

    def ids(self, written: str) -> list[str]:
        return [match.document.get_value(_ID).decode() for match in self._matches(written)]

    def passages(self, written: str) -> list[tuple[str, Any]]:
        matches = self._matches(written)
        return [
            (found.get_value(_ID).decode(), matches.snippet(found.get_data(), EXCERPT, self._stemmer))
            for found in (match.document for match in matches)
        ]

    def _matches(self, written: str) -> Any:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._parser.parse_query(written, _PARSING))
        return enquire.get_mset(0, LIMIT)


XAPIAN = XapianEngine()
