"""The Whoosh engine: generations on disk, each a Whoosh index in columns.

Whoosh's surface here: schema (schema.py), index, reader, query object, collector and results (index.py), storage, and
its errors (errors.py). Nothing is pickled: the columns are bare numbers and strings.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from indexer.analysis import ANALYSIS_VERSION
from indexer.analysis.analysed import AnalysedDocuments
from indexer.answer import Sort, Status
from indexer.engines.columns.reading import Reader
from indexer.engines.columns.vocabulary import ColumnVocabulary
from indexer.engines.columns.writer import ColumnWriter
from indexer.engines.engine import Hit, Hits, Reading, Weighing
from indexer.engines.summary import Summary
from indexer.engines.whoosh_engine.errors import FOREIGN_ERRORS
from indexer.engines.whoosh_engine.index import ColumnCollector, ColumnIndex, ColumnQuery
from indexer.errors import IndexDamaged, RebuildFailed, UnknownDocument
from indexer.generations import Generations, Pointer
from indexer.messages import message
from indexer.query.syntax import Leaf, Part


class WhooshEngine:
    """An Engine that keeps its index in a folder, and follows it: a new generation serves from the next question on."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root)
        self._opening = threading.Lock()
        self._opened: WhooshSnapshot | None = None
        self._served: tuple[object, WhooshSnapshot | None] = None, None

    def rebuild(self, documents: Iterable[AnalysedDocuments]) -> Status:
        with self._generations.rebuilding() as building:
            facts = _write(building, documents)
            with _writing():
                _check(building, facts["documents"])
            facts |= {"analysis": ANALYSIS_VERSION, "engine": "whoosh"}
            return _status(*self._generations.publish(building, facts))

    def rollback(self) -> Status:
        return _status(*self._generations.rollback())

    def snapshot(self) -> WhooshSnapshot:
        stamp = self._generations.stamp()
        served, opened = self._served
        if opened is not None and served == stamp is not None:
            return opened
        with self._opening:
            opened = self._open()
            # The stamp was seen before: should CURRENT have changed since, the next question looks again.
            self._served = stamp, opened
            return opened

    def _open(self) -> WhooshSnapshot:
        """Verify and open the generation that serves; one swept in the meantime has a successor."""
        pointer = self._generations.current()
        if self._opened is None or self._opened.pointer != pointer:
            try:
                facts = self._generations.verify(pointer)
                if facts["analysis"] != ANALYSIS_VERSION:
                    raise IndexDamaged(
                        message("L'index vient d'une autre version de Furet : relancez « furet rebuild ».")
                    )
                self._opened = WhooshSnapshot(pointer, facts, self._generations.path(pointer.name))
            except (IndexDamaged, *FOREIGN_ERRORS) as error:
                if self._generations.current() != pointer:
                    return self._open()
                if isinstance(error, IndexDamaged):
                    raise
                raise IndexDamaged(
                    message("L'index ({name}) ne peut plus être lu : relancez « furet rebuild ».", name=pointer.name)
                ) from error
        return self._opened


class WhooshSnapshot:
    """A Snapshot over the Whoosh index of one generation. The maps stay readable after its folder is swept."""

    def __init__(self, pointer: Pointer, facts: dict[str, Any], folder: Path) -> None:
        index = ColumnIndex(folder)
        self.pointer = pointer
        self._facts = facts
        self._searcher = index.searcher()
        self._columns = index.reader().columns
        self._rescoring = index.reader().rescoring
        self._found: dict[str, int] = {}
        self._vocabulary = ColumnVocabulary(folder)

    def search(
        self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20, counted: bool = True
    ) -> Hits:
        collector = ColumnCollector(sort, offset + limit)
        self._searcher.search_with_collector(ColumnQuery(part), collector)
        numbers = collector.best.documents[offset:]
        identifiers = self._columns.identifiers(numbers)
        hits = tuple(map(Hit, identifiers, collector.best.scores[offset:].tolist()))
        if not counted:
            return Hits(hits, 0)
        # Whoever searches reads next: the numbers of the last hits need not be looked up.
        self._found = dict(zip(identifiers, numbers.tolist(), strict=True))
        return Hits(hits, collector.count(), collector.facets())

    def read(self, identifiers: Sequence[str], leaves: Sequence[Leaf]) -> tuple[Reading, ...]:
        numbers = [self._number(identifier) for identifier in identifiers]
        return Reader(self._columns, leaves, numbers).read()

    def weigh(self, identifier: str, parts: Sequence[Part]) -> tuple[Weighing, ...]:
        number = self._number(identifier)
        return tuple(self._rescoring.weigh(part, number) for part in parts)

    def vocabulary(self) -> ColumnVocabulary:
        return self._vocabulary

    def shares(self, part: Part, stems: Sequence[str], field: str | None = None) -> tuple[int, ...]:
        return self._rescoring.shares(part, stems, field)

    def status(self) -> Status:
        return _status(self.pointer, self._facts)

    def _number(self, identifier: str) -> int:
        number = self._found.get(identifier, -1)
        number = self._columns.number(identifier) if number < 0 else number
        if number < 0:
            raise UnknownDocument(message("Aucun article ne porte l'identifiant « {id} ».", id=identifier))
        return number


def _status(pointer: Pointer, facts: dict[str, Any]) -> Status:
    """Return the status of a generation, as its manifest tells it."""
    days = {end: dt.date.fromisoformat(facts[end]) if facts[end] else None for end in ("first", "last")}
    return Status(
        documents=facts["documents"],
        undated=facts["undated"],
        sources=facts["sources"],
        **days,
        generation=pointer.name,
        previous=pointer.previous,
        built=dt.datetime.fromisoformat(facts["built"]),
        size=sum(file["size"] for file in facts["files"].values()),
    )


def _write(building: Path, documents: Iterable[AnalysedDocuments]) -> dict[str, Any]:
    """Write the columns of all the documents into an empty folder; return the facts for its manifest."""
    summary = Summary()
    with _writing():
        writer = ColumnWriter(building)
    with closing(writer):
        for analysed in documents:
            with _writing():
                writer.add(analysed)
            for document in analysed.documents:
                summary.add(document)
        if not summary.documents:
            raise RebuildFailed(message("Aucun article à indexer : l'index en service n'a pas changé."))
        with _writing():
            writer.finish()
    status = summary.status()
    return {
        "documents": status.documents,
        "undated": status.undated,
        "sources": status.sources,
        "first": status.first and status.first.isoformat(),
        "last": status.last and status.last.isoformat(),
        "built": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    }


@contextmanager
def _writing() -> Iterator[None]:
    """Tell what goes wrong while we write as RebuildFailed; errors of the documents themselves pass through."""
    try:
        yield
    except FOREIGN_ERRORS as error:
        raise RebuildFailed(
            message(
                "Le nouvel index n'a pas pu être écrit ({reason}) : l'index en service n'a pas changé.", reason=error
            )
        ) from error


def _check(building: Path, expected: int) -> None:
    """Open what was just written and count its documents. Raises RebuildFailed if they are not all there."""
    found = ColumnIndex(building).doc_count()
    if found != expected:
        raise RebuildFailed(
            message(
                "Le nouvel index a {found} articles au lieu de {expected} : l'index en service n'a pas changé.",
                found=found,
                expected=expected,
            )
        )
