"""The search corridor, top to bottom: text -> Query -> Engine -> Hits -> Passages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from indexer.analysis import analyse
from indexer.answer import Answer, Article, FacetValue, Filters, Paragraph, Result, Sort, Status, cut_pieces
from indexer.document import Document
from indexer.engines import Engine, Hit, Hits, open_engine
from indexer.passages import Mark, mark_tokens, opening, select_passages
from indexer.query import loosened, parse_query, write_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Has,
    Leaf,
    MostOf,
    Part,
    Phrase,
    Prefix,
    Word,
    fields_of,
    graded_parts,
    wanted_leaves,
)

MAX_PAGE = 100
"""Results of one answer at most."""


def open_index(index: Path | str) -> Searcher:
    """Return a searcher over the index in a folder. Nothing is opened yet: an index that comes later is found then."""
    return Searcher(open_engine(Path(index)))


class Searcher:
    """Answers queries over one engine. Any number of threads may share one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self,
        text: str,
        *,
        filters: Filters = Filters(),
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
    ) -> Answer:
        """Answer what someone typed: results `offset` to `offset + limit` (at most MAX_PAGE), totals, facets, remarks.

        All words are required. When no article has them all the best partial matches are given, `complete` is
        False and each result tells what it lacks. Without text, filters alone choose; without either the answer
        is empty. Raises IndexMissing or IndexDamaged, and nothing because of `text`.
        """
        query = parse_query(text)
        offset, limit = max(offset, 0), min(max(limit, 1), MAX_PAGE)
        tree = query.tree or (Everything() if filters and not text.strip() else None)
        if tree is None:
            return Answer(text, query.understood, 0, remarks=query.remarks, filters=filters, sort=sort, limit=limit)
        complete, searched, hits = self._best_hits(tree, filters, sort, offset, limit)
        return Answer(
            query=text,
            understood=query.understood,
            total=hits.total,
            complete=complete,
            remarks=query.remarks,
            results=tuple(_result(hit, searched) for hit in hits.hits),
            facets={facet: _facet_values(facet, counts) for facet, counts in hits.facets.items()},
            filters=filters,
            sort=sort,
            offset=offset,
            limit=limit,
            unfiltered=0 if hits.total or not filters else self._count(tree),
        )

    def article(self, identifier: str, text: str = "") -> Article:
        """Return a whole article, marked for what someone typed. Raises UnknownDocument, IndexMissing, IndexDamaged."""
        query = parse_query(text)
        document = self._engine.document(identifier)
        reading = _read(document, query.tree)
        return Article(
            id=document.id,
            title=document.title,
            source=document.source,
            author=document.author,
            date=document.date,
            url=document.url,
            path=document.path,
            words=reading.words,
            title_pieces=cut_pieces(document.title, _spans(reading.title_marks)),
            paragraphs=_paragraphs(document.text, reading.marks),
            occurrences=len(reading.marks),
            understood=query.understood,
            remarks=query.remarks,
        )

    def status(self) -> Status:
        """Return the state of the index. Raises IndexMissing or IndexDamaged."""
        return self._engine.status()

    def _best_hits(self, tree: Part, filters: Filters, sort: Sort, offset: int, limit: int) -> tuple[bool, Part, Hits]:
        """Return whether every word was found, the tree that was searched in the end, and its hits."""
        hits = self._engine.search(_filtered(tree, filters), sort=sort, offset=offset, limit=limit)
        if hits.total or (filters and self._count(tree)):
            return True, tree, hits
        for looser in loosened(tree):
            partial = self._engine.search(_filtered(looser, filters), sort=sort, offset=offset, limit=limit)
            if partial.total:
                return False, looser, partial
        return True, tree, hits

    def _count(self, tree: Part) -> int:
        return self._engine.search(tree, limit=1).total


class _Reading:
    """A document read for a query: its marks, and which leaves of the query they answer."""

    def __init__(self, document: Document, leaves: Sequence[Leaf]) -> None:
        self._document = document
        self._leaves = leaves
        tokens = analyse(document.text)
        self.words = len(tokens)
        self.marks = mark_tokens(tokens, leaves, "text")
        self.title_marks = mark_tokens(analyse(document.title), leaves, "title")

    def missing(self, searched: Part) -> tuple[str, ...]:
        """Return the parts of a partial query, as typed, that the document lacks."""
        parts = graded_parts(searched)
        if not parts:
            return ()
        found = self.found()
        return tuple(write_query(part) for part in parts if not _holds(part, found))

    def found(self) -> set[Leaf]:
        """Return the leaves that the document has, in whichever of its fields."""
        found = {self._leaves[number] for mark in (*self.marks, *self.title_marks) for number in mark.leaves}
        for field in {name for leaf in self._leaves for name in fields_of(leaf)} & {"author", "source"}:
            marks = mark_tokens(analyse(getattr(self._document, field)), self._leaves, field)
            found |= {self._leaves[number] for mark in marks for number in mark.leaves}
        return found


def _result(hit: Hit, searched: Part) -> Result:
    """Return a hit as the page shows it."""
    document = hit.document
    reading = _Reading(document, tuple(wanted_leaves(searched)))
    passages = select_passages(document.text, reading.marks)
    return Result(
        id=document.id,
        title=document.title,
        source=document.source,
        author=document.author,
        date=document.date,
        url=document.url,
        score=hit.score,
        missing=reading.missing(searched),
        passages=passages,
        title_marks=_spans(reading.title_marks),
        occurrences=len(reading.marks),
        words=reading.words,
        opening="" if passages else opening(document.text),
    )


def _read(document: Document, tree: Part | None) -> _Reading:
    """Read an article for a query or, if it does not match, for the first looser one that it matches.

    These are the steps of a search, so that what a passage showed is marked on the page as well.
    """
    for part in (tree, *loosened(tree)) if tree else ():
        reading = _Reading(document, tuple(wanted_leaves(part)))
        if _holds(part, reading.found()):
            return reading
    return _Reading(document, tuple(wanted_leaves(tree)) if tree else ())


def _holds(part: Part, found: Collection[Leaf]) -> bool:
    """Tell whether leaves that were found are enough for `part`; what has no leaf is taken for granted."""
    match part:
        case Word() | Phrase() | Prefix():
            return part in found
        case AllOf(parts):
            return all(_holds(inner, found) for inner in parts)
        case AnyOf(parts) | MostOf(parts):
            return any(_holds(inner, found) for inner in parts)
        case _:
            return True


def _filtered(tree: Part, filters: Filters) -> Part:
    """Return the tree with the reader's filters."""
    chosen = {"source": filters.source, "author": filters.author, "year": filters.year}
    kept = [Has(facet, value) for facet, value in chosen.items() if value is not None]
    return AllOf((tree, *kept)) if kept else tree


def _facet_values(facet: str, counts: Mapping[str | int, int]) -> tuple[FacetValue, ...]:
    """Return the values of a facet as pages list them: years from the latest, others by count, unknown last."""
    by_count = facet != "year"
    ordered = sorted(
        counts.items(), key=lambda item: (not item[0], -item[1] if by_count else -int(item[0]), str(item[0]))
    )
    return tuple(FacetValue(value, count) for value, count in ordered)


def _paragraphs(text: str, marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    """Cut a text into marked paragraphs; the marks are numbered through the whole text."""
    paragraphs, start, first = [], 0, 0
    for number, paragraph in enumerate(text.split("\n\n"), 1):
        last = first
        while last < len(marks) and marks[last].start < start + len(paragraph):
            last += 1
        inside = tuple((mark.start - start, mark.end - start) for mark in marks[first:last])
        paragraphs.append(Paragraph(f"p{number}", cut_pieces(paragraph, inside, first + 1)))
        start += len(paragraph) + 2
        first = last
    return tuple(paragraphs)


def _spans(marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    return tuple((mark.start, mark.end) for mark in marks)
