"""The Whoosh engine: generations on disk, one Whoosh segment each.

Whoosh's surface here: schema (schema.py), query objects (queries.py), storage and results (snapshot.py), its
writer (below) and its errors (errors.py). Its locks are unused: generations have one of their own.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from indexer.analysis import ANALYSIS_VERSION
from indexer.answer import Sort, Status
from indexer.document import AnalysedDocument, Document
from indexer.engines.engine import Hits
from indexer.engines.summary import Summary
from indexer.engines.whoosh_engine.errors import FOREIGN_ERRORS
from indexer.engines.whoosh_engine.schema import SCHEMA, write_fields
from indexer.engines.whoosh_engine.snapshot import Snapshot
from indexer.errors import FuretError, IndexDamaged, RebuildFailed, UnknownDocument
from indexer.generations import Generations, Pointer
from indexer.messages import message
from indexer.query.syntax import Part

_MEMORY = 256
"""Megabytes that Whoosh may fill with postings before it writes them aside."""


class WhooshEngine:
    """An Engine that keeps its index in a folder.

    Each thread opens the generation in service for itself, and drops it when another one takes its place.
    """

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root)
        self._mine = threading.local()
        self._verifying = threading.Lock()
        self._verified: dict[Pointer, dict[str, Any]] = {}

    def rebuild(self, documents: Iterable[AnalysedDocument]) -> Status:
        with self._generations.rebuilding() as building:
            facts = _write(building, documents)
            with _writing():
                self._check(building, facts["documents"])
            facts |= {"analysis": ANALYSIS_VERSION, "engine": "whoosh"}
            return _status(*self._generations.publish(building, facts))

    def rollback(self) -> Status:
        return _status(*self._generations.rollback())

    def search(self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20) -> Hits:
        snapshot = self._snapshot()
        try:
            return snapshot.search(part, sort, offset, limit)
        except FOREIGN_ERRORS as error:
            raise self._unreadable(snapshot.name) from error

    def document(self, identifier: str) -> Document:
        snapshot = self._snapshot()
        try:
            document = snapshot.document(identifier)
        except FOREIGN_ERRORS as error:
            raise self._unreadable(snapshot.name) from error
        if document is None:
            raise UnknownDocument(message("Aucun article ne porte l'identifiant « {id} ».", id=identifier))
        return document

    def status(self) -> Status:
        return _status(*self._served())

    def _snapshot(self) -> Snapshot:
        """Return this thread's snapshot of the generation in service, opened anew when it has changed."""
        pointer = self._generations.current()
        snapshot: Snapshot | None = getattr(self._mine, "snapshot", None)
        # By the manifest and not the name: an index whose folder was deleted starts again at 000001.
        if snapshot is None or self._mine.manifest != pointer.manifest:
            old = snapshot
            snapshot, self._mine.manifest = self._open()
            self._mine.snapshot = snapshot
            if old is not None:
                old.close()
        return snapshot

    def _open(self) -> tuple[Snapshot, str]:
        """Open the generation that serves; one swept in the meantime has a successor, which is opened instead."""
        pointer, _ = self._served()
        try:
            return Snapshot(pointer.name, self._generations.path(pointer.name)), pointer.manifest
        except Exception as error:  # Whoosh unpickles what it opens: a changed file may raise anything.
            if self._generations.current() != pointer:
                return self._open()
            raise self._unreadable(pointer.name) from error

    def _served(self) -> tuple[Pointer, dict[str, Any]]:
        """Return the generation that serves, verified, and its facts; one swept in the meantime has a successor."""
        pointer = self._generations.current()
        try:
            return pointer, self._facts(pointer)
        except IndexDamaged:
            if self._generations.current() != pointer:
                return self._served()
            raise

    def _facts(self, pointer: Pointer) -> dict[str, Any]:
        """Return the manifest of a generation, whose files are verified once per process."""
        with self._verifying:
            if pointer not in self._verified:
                facts = self._generations.verify(pointer)
                if facts["analysis"] != ANALYSIS_VERSION:
                    raise IndexDamaged(
                        message("L'index vient d'une autre version de Furet : relancez « furet rebuild ».")
                    )
                self._verified = {pointer: facts}
            return self._verified[pointer]

    def _check(self, building: Path, expected: int) -> None:
        """Open what was just written and count its documents. Raises RebuildFailed if they are not all there."""
        snapshot = Snapshot(building.name, building)
        found = len(snapshot)
        snapshot.close()
        if not found or found != expected:
            raise RebuildFailed(
                message("Aucun article à indexer : l'index en service n'a pas changé.")
                if not expected
                else message(
                    "Le nouvel index a {found} articles au lieu de {expected} : l'index en service n'a pas changé.",
                    found=found,
                    expected=expected,
                )
            )

    def _unreadable(self, name: str) -> IndexDamaged:
        return IndexDamaged(message("L'index ({name}) ne peut plus être lu : relancez « furet rebuild ».", name=name))


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


def _write(building: Path, documents: Iterable[AnalysedDocument]) -> dict[str, Any]:
    """Write one segment with all the documents into an empty folder; return the facts for its manifest.

    Whatever goes wrong, the folder is worth nothing: Whoosh 2.7.4 may corrupt what it holds after a failed
    document, so that no error is survived here.
    """
    summary = Summary()
    with _writing():
        writer = FileStorage(str(building)).create_index(SCHEMA).writer(limitmb=_MEMORY)
    try:
        for analysed in documents:
            fields = write_fields(analysed)
            with _writing():
                writer.add_document(**fields)
            summary.add(analysed.document)
        with _writing():
            writer.commit()
    except BaseException:
        with suppress(Exception):  # On a full disk even giving up may fail, in any way, and does not matter.
            writer.cancel()
        raise
    with _writing():
        for leftover in building.glob("*LOCK"):
            leftover.unlink()
    built = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    facts = asdict(replace(summary.status(), generation="", previous=""))
    return {name: str(value) if isinstance(value, dt.date) else value for name, value in facts.items()} | {
        "built": built
    }


@contextmanager
def _writing() -> Iterator[None]:
    """Tell whatever Whoosh raises as RebuildFailed: beside its own errors, Python's, where it takes one for granted."""
    try:
        yield
    except FuretError:
        raise
    except Exception as error:
        raise RebuildFailed(
            message(
                "Le nouvel index n'a pas pu être écrit ({reason}) : l'index en service n'a pas changé.", reason=error
            )
        ) from error
