"""tantivy, by its Python package: its own analysis, query parser and snippets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy

from tests.benchmarks.articles import read_articles
from tests.benchmarks.engines.engine import EXCERPT, LIMIT
from tests.benchmarks.french import STOP_WORDS, fold, term_of
from tests.benchmarks.queries import Operator, Query

_HEAP = 512_000_000
_ANALYSER = "french_folded"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name=_ANALYSER, index_option="position")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    """Give an index the French chain; a tokenizer is not kept in the index, it is registered at every opening."""
    chain = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(sorted(STOP_WORDS)))
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )
    index.register_tokenizer(_ANALYSER, chain)
    return index


@dataclass(frozen=True)
class TantivyEngine:
    """One writer thread; the total of a search, which costs a little more, is not asked for."""

    operators: frozenset[Operator] = frozenset(Operator)
    has_passages: bool = True
    version: str = version("tantivy")

    def build(self, corpus: Path, folder: Path) -> None:
        index = _register(tantivy.Index(_schema(), path=str(folder)))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        ids = []
        for number, article in enumerate(read_articles(corpus)):
            writer.add_document(tantivy.Document(number=number, text=article.whole))
            ids.append(article.id)
        writer.commit()
        writer.wait_merging_threads()
        (folder / "ids.json").write_text(json.dumps(ids))

    def open(self, folder: Path) -> TantivyIndex:
        index = _register(tantivy.Index.open(str(folder)))
        index.reload()
        return TantivyIndex(index, json.loads((folder / "ids.json").read_text()))


class TantivyIndex:
    """A searcher over the index."""

    def __init__(self, index: tantivy.Index, ids: list[str]) -> None:
        self._index, self._schema, self._searcher = index, index.schema, index.searcher()
        self._ids = ids

    def write(self, query: Query) -> str | tantivy.Query:
        """Return text for the query parser, except for the two queries that it does not know."""
        match query.operator:
            case Operator.ANY:
                return " ".join(query.words)
            case Operator.ALL:
                return " AND ".join(query.words)
            case Operator.PHRASE:
                return f'"{" ".join(query.words)}"'
            case Operator.PREFIX:
                return tantivy.Query.regex_query(self._schema, "text", f"{fold(query.words[0])}.*")
            case Operator.FUZZY:
                return tantivy.Query.fuzzy_term_query(self._schema, "text", term_of(query.words[0]) or "", distance=1)

    def ids(self, written: str | tantivy.Query) -> list[str]:
        return self._ids_of(self._search(self._parse(written)))

    def passages(self, written: str | tantivy.Query) -> list[tuple[str, Any]]:
        query = self._parse(written)
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        generator.set_max_num_chars(EXCERPT)
        found = self._search(query)
        excerpts = [generator.snippet_from_doc(self._searcher.doc(address)).to_html() for address in found]
        return list(zip(self._ids_of(found), excerpts, strict=True))

    def _parse(self, written: str | tantivy.Query) -> tantivy.Query:
        return self._index.parse_query(written, ["text"]) if isinstance(written, str) else written

    def _search(self, query: tantivy.Query) -> list[tantivy.DocAddress]:
        return [address for _, address in self._searcher.search(query, LIMIT, count=False).hits]

    def _ids_of(self, found: list[tantivy.DocAddress]) -> list[str]:
        """Return ids by the column of numbers: quicker than from the store, which keeps the texts too."""
        return [self._ids[number] for number in self._searcher.fast_field_values("number", found)]


TANTIVY = TantivyEngine()
