"""The seam: what an engine takes and gives. Two live here (memory, Whoosh); OpenSearch fits behind the same verbs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from indexer.answer import Sort, Status
from indexer.document import AnalysedDocument, Document
from indexer.query.syntax import Part

FACETS = ("source", "author", "year")
"""What results can be counted by; "" or 0 counts the articles that do not tell."""


@dataclass(frozen=True)
class Hit:
    """A document that matches, and how well (higher is better; scores compare within one answer only).

    The document comes with the hit, so that an answer is of one index even if another takes its place meanwhile.
    """

    document: Document
    score: float

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id


@dataclass(frozen=True)
class Hits:
    """A page of hits in order, the exact number of all of them, and their exact counts by facet value."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str | int, int]] = field(default_factory=dict)


def facet_value(document: Document, facet: str) -> str | int:
    """Return the value of a facet for a document; "" or 0 when it does not tell."""
    match facet:
        case "source":
            return document.source
        case "author":
            return document.author
        case _:
            return document.date.year if document.date else 0


class Engine(Protocol):
    """Keeps analysed documents and finds them again. Knows terms and positions; knows no French and no HTML.

    Everything an engine raises is an error of ours. All its methods may be called from any thread.
    """

    def rebuild(self, documents: Iterable[AnalysedDocument]) -> Status:
        """Replace the whole index by `documents` (distinct ids), all or nothing, and return its new state.

        The old index answers until the new one is complete and verified. Raises RebuildLocked when another
        rebuild is at work, RebuildFailed when there are no documents or the new index cannot be kept; an
        exception raised by `documents` itself passes through. The old index is untouched in every case.
        """
        ...

    def rollback(self) -> Status:
        """Put the previous index back in service; a second rollback returns. Raises RebuildFailed if there is none."""
        ...

    def search(self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20) -> Hits:
        """Return the hits of `part` from `offset` on, at most `limit`; totals and facets count all of them.

        Order: relevance, or date (undated last); ties by id. With a MostOf, the hits that more of its parts match
        come first. Raises IndexMissing or IndexDamaged.
        """
        ...

    def document(self, identifier: str) -> Document:
        """Return the document with this id. Raises UnknownDocument, IndexMissing or IndexDamaged."""
        ...

    def status(self) -> Status:
        """Return what is in service. Raises IndexMissing or IndexDamaged."""
        ...
