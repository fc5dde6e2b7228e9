"""A snapshot: one generation opened with Whoosh, for one thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.scoring import BM25F

from indexer.answer import Sort
from indexer.document import Document
from indexer.engines.engine import FACETS, Hit, Hits
from indexer.engines.whoosh_engine.queries import whoosh_query
from indexer.engines.whoosh_engine.schema import SCHEMA, facet_from_term, read_document
from indexer.query.syntax import Part, graded_parts


class Snapshot:
    """An opened generation. Whoosh's readers share a file position: a snapshot never serves two threads."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        storage = FileStorage(str(folder), readonly=True)
        self._searcher = storage.open_index(schema=SCHEMA).searcher(weighting=BM25F())

    def __len__(self) -> int:
        return int(self._searcher.doc_count())

    def close(self) -> None:
        """Free the files."""
        self._searcher.close()

    def search(self, part: Part, sort: Sort, offset: int, limit: int) -> Hits:
        """Answer for Engine.search: all the matches are found and counted, the page is cut out of them."""
        scores: dict[int, float] = dict(self._searcher.search(whoosh_query(part), limit=None).items())
        wanted = self._ordered(part, scores, sort, offset + limit)[offset:]
        hits = tuple(Hit(read_document(self._searcher.stored_fields(number)), scores[number]) for number in wanted)
        return Hits(hits, len(scores), {facet: self._count(facet, scores) for facet in FACETS})

    def document(self, identifier: str) -> Document | None:
        """Return the document with this id, None if there is none."""
        stored = self._searcher.document(id=identifier)
        return read_document(stored) if stored else None

    def _ordered(self, part: Part, scores: dict[int, float], sort: Sort, limit: int) -> list[int]:
        """Return the first `limit` document numbers in order; ties go by id."""
        ids, days = self._ids, self._days
        if sort is Sort.NEWEST:
            return sorted(scores, key=lambda number: (-days[number], ids[number]))[:limit]
        if sort is Sort.OLDEST:
            return sorted(scores, key=lambda number: (not days[number], days[number], ids[number]))[:limit]
        grades = self._grades(part)
        if grades:
            return sorted(scores, key=lambda number: (-grades[number], -scores[number], ids[number]))[:limit]
        # Whoosh gives the best scores first: only those that can reach the page, ties of its last included, are sorted.
        last = next(islice(scores.values(), limit - 1, None), None)
        reached = [number for number, score in scores.items() if last is None or score >= last]
        return sorted(reached, key=lambda number: (-scores[number], ids[number]))[:limit]

    def _grades(self, part: Part) -> Counter[int]:
        """Return how many parts of a MostOf each document matches; nothing when the query has none."""
        grades: Counter[int] = Counter()
        for graded in graded_parts(part):
            grades.update(self._searcher.docs_for_query(whoosh_query(graded)))
        return grades

    def _count(self, facet: str, numbers: Iterable[int]) -> Counter[str | int]:
        values = self._facets[facet]
        return Counter(values[number] for number in numbers)

    @cached_property
    def _ids(self) -> Sequence[str]:
        return self._column("id")

    @cached_property
    def _days(self) -> Sequence[int]:
        return self._column("day")

    @cached_property
    def _facets(self) -> dict[str, list[str | int]]:
        return {facet: [facet_from_term(facet, term) for term in self._column(f"facet_{facet}")] for facet in FACETS}

    def _column(self, name: str) -> Sequence[Any]:
        """Return a column whole, by document number."""
        return list(self._searcher.reader().column_reader(name))
