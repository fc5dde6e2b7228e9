"""Stock Whoosh: its own analysis, query parser and highlights, as its documentation shows them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.searching import Results, Searcher
from whoosh.support.charset import accent_map

from tests.benchmarks.articles import read_articles
from tests.benchmarks.engines.engine import LIMIT
from tests.benchmarks.french import STOP_WORDS, term_of
from tests.benchmarks.queries import Operator, Query

_MEGABYTES = 512
"""What the writer may hold in memory: a fifth faster than with the default, 128."""


def _schema() -> Schema:
    analyser = (
        RegexTokenizer(r"\w+")
        | LowercaseFilter()
        | CharsetFilter(accent_map)
        | StopFilter(STOP_WORDS, minsize=1)
        | StemFilter(lang="french", cachesize=-1)
    )
    return Schema(id=ID(stored=True, unique=True), text=TEXT(analyser, stored=True))


@dataclass(frozen=True)
class WhooshEngine:
    """One writer, one segment."""

    operators: frozenset[Operator] = frozenset(Operator)
    has_passages: bool = True
    version: str = version("whoosh")

    def build(self, corpus: Path, folder: Path) -> None:
        writer = index.create_in(folder, _schema()).writer(limitmb=_MEGABYTES)
        for article in read_articles(corpus):
            writer.add_document(id=article.id, text=article.whole)
        writer.commit(optimize=True)

    def open(self, folder: Path) -> WhooshIndex:
        return WhooshIndex(index.open_dir(folder).searcher())


class WhooshIndex:
    """A searcher and a query parser."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._parser = QueryParser("text", searcher.schema)
        self._parser.add_plugin(FuzzyTermPlugin())

    def write(self, query: Query) -> str:
        match query.operator:
            case Operator.ANY:
                return " OR ".join(query.words)
            case Operator.ALL:
                return " AND ".join(query.words)
            case Operator.PHRASE:
                return f'"{" ".join(query.words)}"'
            case Operator.PREFIX:
                return f"{query.words[0]}*"
            case Operator.FUZZY:
                return f"{term_of(query.words[0])}~1"

    def ids(self, written: str) -> list[str]:
        return [hit["id"] for hit in self._search(written)]

    def passages(self, written: str) -> list[tuple[str, Any]]:
        return [(hit["id"], hit.highlights("text")) for hit in self._search(written)]

    def _search(self, written: str) -> Results:
        return self._searcher.search(self._parser.parse(written), limit=LIMIT)


WHOOSH = WhooshEngine()
