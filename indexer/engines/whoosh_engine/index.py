"""Columns as a Whoosh index: its reader, its query object, its collector.

Whoosh's own searcher runs over them. `ColumnReader` speaks Whoosh's reading protocol, so that any Whoosh query works,
one posting at a time; `ColumnQuery` is a leaf among Whoosh's query objects that is evaluated on arrays, whole;
`ColumnCollector` collects it without a Python call for each document.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.collectors import Collector
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.scoring import Frequency
from whoosh.searching import Results, Searcher

from indexer.answer import Sort
from indexer.engines.columns.best import found_whole
from indexer.engines.columns.evaluation import NOTHING, Matches
from indexer.engines.columns.facets import count_facets
from indexer.engines.columns.layout import Array
from indexer.engines.columns.ordering import first
from indexer.engines.columns.reader import Columns
from indexer.engines.columns.rescoring import Rescoring
from indexer.engines.scoring import rarity
from indexer.engines.whoosh_engine.schema import SCHEMA
from indexer.query.syntax import Part


class ColumnIndex(Index):  # type: ignore[misc]  # Whoosh has no types
    """An immutable Whoosh index over a folder of columns."""

    def __init__(self, folder: Path) -> None:
        self.storage = FileStorage(str(folder), readonly=True)
        self.schema = SCHEMA
        self._reader = ColumnReader(Columns(folder))

    def reader(self, reuse: Any = None) -> ColumnReader:  # noqa: ARG002 - Whoosh's signature
        """Return the one reader: columns are shared by all."""
        return self._reader

    def searcher(self, **options: Any) -> Searcher:
        """Return a searcher; it holds no state of a search and may serve several threads.

        The weights that our postings carry are scores already: Frequency takes them as they are.
        """
        return Searcher(self._reader, weighting=Frequency(), fromindex=self, **options)

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return len(self._reader.columns)


class ColumnReader(IndexReader):  # type: ignore[misc]  # as above
    """Whoosh's reading protocol over columns."""

    schema = SCHEMA

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.rescoring = Rescoring(columns)

    def __contains__(self, term: tuple[str, Any]) -> bool:
        return self._stem(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """Return the fields whose terms can be listed."""
        return ["stem"]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all the stems, sorted."""
        for number in range(len(self.columns.stems)):
            yield "stem", self.columns.stems[number]

    def doc_frequency(self, fieldname: str, text: Any) -> int:
        """Return how many documents have a stem."""
        stem = self._stem(fieldname, text)
        where = self.columns.postings(stem) if stem >= 0 else slice(0, 0)
        return where.stop - where.start

    def term_info(self, fieldname: str, text: Any) -> TermInfo:
        """Return what scoring a stem may need. Raises TermNotFound, as Whoosh's readers do."""
        documents, scores = self._weighed(fieldname, text)
        return TermInfo(df=len(documents), maxweight=max(scores), minid=documents[0], maxid=documents[-1])

    def postings(self, fieldname: str, text: Any, scorer: Any = None) -> Any:  # noqa: ARG002 - Whoosh's signature
        """Return a matcher over the documents that have a stem. Raises TermNotFound, as Whoosh's readers do."""
        documents, scores = self._weighed(fieldname, text)
        return ListMatcher(documents, weights=scores)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return {"document": self.columns.records[docnum]}

    def doc_count(self) -> int:
        """Return how many documents there are."""
        return len(self.columns)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Return False: an index is rebuilt whole."""
        return False

    def is_deleted(self, docnum: int) -> bool:  # noqa: ARG002 - Whoosh's signature
        """Return False: an index is rebuilt whole."""
        return False

    def all_doc_ids(self) -> range:
        """Return the document numbers."""
        return range(len(self.columns))

    def _weighed(self, fieldname: str, text: Any) -> tuple[list[int], list[float]]:
        """Return the documents that have a stem, and its weight in each."""
        stem = self._stem(fieldname, text)
        if stem < 0:
            raise TermNotFound((fieldname, text))
        documents, codes = self.columns.holders(stem), self.columns.codes[self.columns.postings(stem)]
        scores = rarity(len(self.columns), len(documents)) / 255 * codes
        return documents.tolist(), scores.tolist()

    def _stem(self, fieldname: str, text: Any) -> int:
        if fieldname != "stem":
            return -1
        return self.columns.stems.find(text.encode() if isinstance(text, str) else bytes(text))


class ColumnQuery(Query):  # type: ignore[misc]  # as above
    """A part of our queries as one of Whoosh's query objects."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ColumnQuery) and self.part == other.part

    def __hash__(self) -> int:
        return hash(self.part)

    def __repr__(self) -> str:
        return f"ColumnQuery({self.part!r})"

    def matches(self, searcher: Searcher) -> Matches:
        """Return all the documents that match, and their scores."""
        matches: Matches = searcher.reader().rescoring.matches(self.part)
        return matches

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:  # noqa: ARG002 - Whoosh's signature
        """Return the matches one by one, for Whoosh's own collectors and compound queries."""
        documents, scores = self.matches(searcher)
        if not len(documents):
            return NullMatcher()
        return ListMatcher(documents.tolist(), weights=scores.tolist())

    def estimate_size(self, ixreader: IndexReader) -> int:
        """Return at most how many documents match."""
        return int(ixreader.doc_count())


class ColumnCollector(Collector):  # type: ignore[misc]  # as above
    """Collects the best of a query, with exact totals and facets.

    A ColumnQuery is collected as arrays. Whatever else Whoosh has is collected from its matcher, and ends up the same.
    Which documents there are beside the best is found out when it is asked for.
    """

    def __init__(self, sort: Sort, limit: int) -> None:
        self._sort = sort
        self._limit = limit
        self._found = found_whole(NOTHING, NOTHING.documents)

    def run(self) -> None:
        """Search."""
        searcher, query = self.top_searcher, self.q
        if isinstance(query, ColumnQuery) and self._sort is Sort.RELEVANCE:
            self._found = searcher.reader().rescoring.find(query.part, self._limit)
        else:
            ours = isinstance(query, ColumnQuery)
            matches = query.matches(searcher) if ours else _step(query, searcher, self.context)
            best = first(searcher.reader().columns, matches, self._sort, self._limit)
            self._found = found_whole(best, matches.documents)

    @property
    def best(self) -> Matches:
        """The best matches, in order."""
        return self._found.best

    @cached_property
    def documents(self) -> Array:
        """All the documents that match, by number, in order."""
        return self._found.documents()

    def count(self) -> int:
        """Return how many documents match."""
        return self._found.total()

    def all_ids(self) -> list[int]:
        """Return all the documents that match."""
        ids: list[int] = self.documents.tolist()
        return ids

    def facets(self) -> dict[str, dict[str | int, int]]:
        """Return how the matches spread over the facets."""
        return count_facets(self.top_searcher.reader().columns.facets, self.count(), lambda: self.documents)

    def results(self) -> Results:
        """Return the best as Whoosh gives them."""
        top = list(zip(self.best.scores.tolist(), self.best.documents.tolist(), strict=True))
        results = Results(self.top_searcher, self.q, top, docset=set(self.all_ids()))
        results.collector = self
        return results


def _step(query: Query, searcher: Searcher, context: Any) -> Matches:
    """Return what a query matches, one document at a time."""
    matcher = query.matcher(searcher, context)
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.score()))
        matcher.next()
    return Matches(np.array([at for at, _ in found], np.int64), np.array([score for _, score in found], np.float64))
