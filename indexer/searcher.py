"""The search corridor, top to bottom: text -> Query -> Engine -> Hits -> Passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from typing import Any

from indexer.answer import (
    PASSAGES,
    Answer,
    Article,
    Completion,
    FacetValue,
    Filters,
    Sort,
    Status,
    Suggestion,
    cut_pieces,
)
from indexer.engines import Engine, Hit, Hits, Snapshot, open_engine
from indexer.explaining import explain
from indexer.explanation import Explanation
from indexer.listing import Listing, Wanted, filtered, list_articles, list_nearest, list_one
from indexer.messages import Message, message
from indexer.query import Query, loosened, parse_query, write_query
from indexer.query.syntax import Everything, Part, graded_parts
from indexer.results import cut_paragraphs, read_marked, read_results, spans_of
from indexer.spelling import Respelled, completed, respelled

MAX_PAGE = 100
"""Results of one answer at most."""

MAX_PASSAGES = 10
"""Passages of one result at most."""


def open_index(index: Path | str) -> Searcher:
    """Return a searcher over the index in a folder. Nothing is opened yet: an index that comes later is found then."""
    return Searcher(open_engine(Path(index)))


class Searcher:
    """Answers queries over one engine. Any number of threads may share one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(  # noqa: PLR0913 - what a reader may choose, each with its usual value
        self,
        text: str,
        *,
        filters: Filters = Filters(),
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        passages: int = PASSAGES,
        repair: bool = True,
        exact: bool = False,
    ) -> Answer:
        """Answer what someone typed: results `offset` to `offset + limit` (at most MAX_PAGE), totals, facets, remarks.

        Each result has up to `passages` passages (at most MAX_PASSAGES).
        Which articles are listed, and in which order, is told in `listing.py`: those with all the words or, for words
        typed alone, others after them or among them; each result tells what it lacks. When no article has all the words
        the best partial matches are given, and `complete` is False. A long word that no article has and that is one
        slip away from one of the corpus is read as that one, if `repair`: the answer is `repaired`, and a remark says
        so. `exact` looks for words and phrases as spelt, accents and inflection included, and repairs nothing. Without
        text, filters alone choose; without either the answer is empty. Raises IndexMissing or IndexDamaged, and nothing
        because of `text`.
        """
        query = parse_query(text, exact=exact)
        wanted = Wanted(filters, sort, max(offset, 0), min(max(limit, 1), MAX_PAGE))
        tree = _sought(query, filters)
        if tree is None:
            return _answer(query, None, wanted, remarks=query.remarks)
        snapshot = self._engine.snapshot()
        listing = list_articles(snapshot, query if query.tree else replace(query, tree=tree), wanted)
        unfiltered = 0 if listing or not filters else snapshot.search(tree, limit=1).total
        others = respelled(text, tree, snapshot)
        if not (listing or unfiltered):
            listing = list_nearest(snapshot, query, others if repair else (), wanted)
        repaired = listing is not None and listing.asked.typed != query.typed
        most = min(max(passages, 1), MAX_PASSAGES)
        return _answer(
            query,
            listing,
            wanted,
            remarks=(*query.remarks, *(_repairs(others[0]) if repaired else ())),
            results=read_results(snapshot, listing.hits, listing.searched, most) if listing else (),
            unfiltered=unfiltered,
            suggestions=tuple(_suggestions(others, snapshot, filters)),
            repaired=repaired,
        )

    def hits(  # noqa: PLR0913 - as above
        self,
        text: str,
        *,
        filters: Filters = Filters(),
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 20,
        exact: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the ids and scores of the articles that have every word of what someone typed, and nothing else.

        What `search` does before it counts, loosens and reads; for programs that want no more.
        """
        tree = _sought(parse_query(text, exact=exact), filters)
        if tree is None:
            return ()
        offset, limit = max(offset, 0), min(max(limit, 1), MAX_PAGE)
        part = filtered(tree, filters)
        return self._engine.snapshot().search(part, sort=sort, offset=offset, limit=limit, counted=False).hits

    def ranked(self, text: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Return the ids and scores of the articles that `search` gives, in its order, repaired and partial ones too.

        What measures want: nothing is counted, nothing is read.
        """
        query, wanted = parse_query(text), Wanted(limit=min(max(limit, 1), MAX_PAGE), counted=False)
        if query.tree is None:
            return ()
        snapshot = self._engine.snapshot()
        listing = list_articles(snapshot, query, wanted) or list_nearest(
            snapshot, query, respelled(text, query.tree, snapshot), wanted
        )
        return listing.hits.hits if listing else ()

    def complete(self, text: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Return at most `limit` queries that complete the last word of what someone types, the commonest words first.

        With the accents of the articles; what stands before the word, an elided article included, stays. None for a
        word of one letter, after a blank, or when no article has what comes of it. Raises IndexMissing or IndexDamaged.
        """
        return tuple(map(Completion, completed(text, self._engine.snapshot(), limit)))

    def article(self, identifier: str, text: str = "", *, exact: bool = False) -> Article:
        """Return a whole article, marked for what someone typed. Raises UnknownDocument, IndexMissing, IndexDamaged."""
        query = parse_query(text, exact=exact)
        marked = read_marked(self._engine.snapshot(), identifier, query)
        document = marked.document
        return Article(
            id=document.id,
            title=document.title,
            source=document.source,
            author=document.author,
            date=document.date,
            url=document.url,
            path=document.path,
            words=marked.words,
            title_pieces=cut_pieces(document.title, spans_of(marked.title_marks)),
            paragraphs=cut_paragraphs(document.text, marked.marks),
            occurrences=len(marked.marks),
            understood=query.understood,
            remarks=query.remarks,
        )

    def explain(
        self,
        text: str,
        identifier: str,
        *,
        filters: Filters = Filters(),
        repair: bool = True,
        exact: bool = False,
    ) -> Explanation:
        """Return why an article is where it is among the results that `search` gives, by relevance; or why it is not.

        Raises UnknownDocument, IndexMissing or IndexDamaged, and nothing because of `text`.
        """
        query, snapshot = parse_query(text, exact=exact), self._engine.snapshot()
        others = respelled(text, query.tree, snapshot) if repair and query.tree else ()
        listing = list_one(snapshot, query, others, filters)
        explanation = explain(snapshot, identifier, query, listing, filters)
        repaired = listing is not None and listing.asked.typed != query.typed
        return replace(explanation, remarks=(*query.remarks, *(_repairs(others[0]) if repaired else ())))

    def status(self) -> Status:
        """Return the state of the index. Raises IndexMissing or IndexDamaged."""
        return self._engine.snapshot().status()


def _answer(query: Query, listing: Listing | None, wanted: Wanted, **told: Any) -> Answer:
    """Return the answer to a query: what a listing tells, and what else is `told`."""
    hits = listing.hits if listing else Hits((), 0)
    mixed = listing is not None and 0 < listing.whole < hits.total
    return Answer(
        query=query.typed,
        understood=listing.asked.understood if listing else query.understood,
        total=hits.total,
        whole=listing.whole if listing else 0,
        facets={facet: _facet_values(facet, counts) for facet, counts in hits.facets.items()},
        filters=wanted.filters,
        sort=wanted.sort,
        offset=wanted.offset,
        limit=wanted.limit,
        required=" ET ".join(map(write_query, graded_parts(listing.searched))) if listing and mixed else "",
        **told,
    )


def _repairs(other: Respelled) -> Iterator[Message]:
    """Yield what to say of a query that was respelled without asking."""
    for typed, written in other.spellings:
        yield message(
            "Aucun article ne contient « {typed} » : voici les résultats pour « {written} ».",
            typed=typed,
            written=written,
        )


def _suggestions(others: Sequence[Respelled], snapshot: Snapshot, filters: Filters) -> Iterator[Suggestion]:
    """Yield the respelled queries that have a result."""

    def total_of(part: Part) -> int:
        return snapshot.search(filtered(part, filters), limit=1).total

    for other in others:
        if tree := parse_query(other.query).tree:
            total = total_of(tree)
            if total or any(map(total_of, loosened(tree))):
                yield Suggestion(other.query, other.spellings, total)


def _sought(query: Query, filters: Filters) -> Part | None:
    """Return what to look for: without text, whatever the filters let through; None for nothing at all."""
    return query.tree or (Everything() if filters and not query.typed.strip() else None)


def _facet_values(facet: str, counts: Mapping[str | int, int]) -> tuple[FacetValue, ...]:
    """Return the values of a facet as pages list them: years from the latest, others by count, unknown last."""
    if len(counts) == 1:
        return tuple(starmap(FacetValue, counts.items()))
    by_count = facet != "year"
    ordered = sorted(
        counts.items(), key=lambda item: (not item[0], -item[1] if by_count else -int(item[0]), str(item[0]))
    )
    return tuple(FacetValue(value, count) for value, count in ordered)
