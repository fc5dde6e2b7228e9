"""The seam: what an engine takes and gives. Two live here (memory, Whoosh); OpenSearch fits behind the same verbs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from indexer.analysis.analysed import AnalysedDocuments
from indexer.answer import Sort, Status
from indexer.document import Document
from indexer.engines.vocabulary import Vocabulary
from indexer.query.syntax import Leaf, Part

FACETS = ("source", "author", "year")
"""What results can be counted by; "" or 0 counts the articles that do not tell."""


class Hit(NamedTuple):
    """A document that matches, by its id, and how well (higher is better; scores compare within one answer only).

    A named tuple and not a dataclass: where ids alone are asked for, making a page of hits is a tenth of the time.
    """

    id: str
    score: float


class Place(NamedTuple):
    """Where a leaf of a query stands: ``text[start:end]`` of a field, and the leaf's number among those asked for."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True)
class Reading:
    """A document and where the leaves of a query stand in it.

    `words` counts the words of its text, `places` are those of "title" and "text" in no particular order, `named`
    the leaves that its author or source answers.
    """

    document: Document
    words: int
    places: Mapping[str, tuple[Place, ...]]
    named: frozenset[int] = frozenset()


class Weighing(NamedTuple):
    """What a part is worth in one document, None if it does not match there; and how many documents it matches.

    What is favoured is worth what the document gains by it, if it is among the best; its `holders` have the word from
    which the gain comes: the rarest of several that stand together, the commonest of those that begin alike.
    `left` is what the accents of a word leave of its weight there (scoring.kinds).
    """

    score: float | None
    holders: int
    left: float = 1.0


@dataclass(frozen=True)
class Hits:
    """A page of hits in order, the exact number of all of them, and their exact counts by facet value.

    Total and facets are 0 and empty when hits were not to be counted.
    """

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


class Snapshot(Protocol):
    """One whole index, that nothing changes: what an answer is made from, first to last. Any thread may use it.

    Everything it raises is an error of ours.
    """

    def search(
        self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20, counted: bool = True
    ) -> Hits:
        """Return the hits of `part` from `offset` on, at most `limit`; the total and the facets count all of them.

        Unless they are `counted`: then total and facets are empty, and an engine may pass over what is not on the page.
        Order: relevance, or date (undated last); ties by id. Raises IndexDamaged.
        """
        ...

    def read(self, identifiers: Sequence[str], leaves: Sequence[Leaf]) -> tuple[Reading, ...]:
        """Return some documents, by their ids, with the places of `leaves` in each.

        A phrase is one place. Raises UnknownDocument or IndexDamaged.
        """
        ...

    def weigh(self, identifier: str, parts: Sequence[Part]) -> tuple[Weighing, ...]:
        """Return what each part, searched for by itself, is worth in a document: its score there is that of its hit.

        For whoever explains a hit: every part is evaluated whole. Raises UnknownDocument or IndexDamaged.
        """
        ...

    def vocabulary(self) -> Vocabulary:
        """Return the words of this index."""
        ...

    def shares(self, part: Part, stems: Sequence[str], field: str | None = None) -> tuple[int, ...]:
        """Return how many of the documents that match `part` have each stem in their title or text, or in that alone.

        `field` is "title", "text" or, for both, None.
        """
        ...

    def status(self) -> Status:
        """Return what this index holds."""
        ...


class Engine(Protocol):
    """Keeps analysed documents and finds them again. Knows terms and positions; knows no French and no HTML.

    Everything an engine raises is an error of ours. All its methods may be called from any thread.
    """

    def rebuild(self, documents: Iterable[AnalysedDocuments]) -> Status:
        """Replace the whole index by `documents` (all ids distinct), all or nothing, and return its new state.

        The old index answers until the new one is complete and verified. Raises RebuildLocked when another
        rebuild is at work, RebuildFailed when there are no documents or the new index cannot be kept; an
        exception raised by `documents` itself passes through. The old index is untouched in every case.
        """
        ...

    def rollback(self) -> Status:
        """Put the previous index back in service; a second rollback returns. Raises RebuildFailed if there is none."""
        ...

    def snapshot(self) -> Snapshot:
        """Return the index in service. Raises IndexMissing or IndexDamaged."""
        ...
