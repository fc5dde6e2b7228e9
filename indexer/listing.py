"""Listing: which articles answer a query, and in which order: those that have every word, those that have some.

All the words of a query are required, save that someone who types words alone wants the best there is:

- one word, or anything with an operator, quotes, a field or a sign: the articles that match, no other;
- two words: the articles that have both; when these are few, those that have one of them follow;
- three words or more: all the articles that have any, ranked by what they have; how many have all of them is told.

Measured on judged queries (see scoring.py): to put the articles with all the words first costs nothing with two
words, 2 points of nDCG@10 with up to three, 6 with any number: long queries hold words that a good answer lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.answer import Filters, Sort
from indexer.document import whole_name
from indexer.engines import Hits, Snapshot
from indexer.query import Query, any_of_all, loosened, parse_query
from indexer.query.syntax import AllOf, Has, Part, graded_parts, without_favours
from indexer.spelling import Respelled

FEW = 10
"""Articles with both words that are few: with fewer, others follow."""

MANY = 3
"""Words from which on an article need not have them all."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a listing, beside the query; `counted` asks for exact totals and facets."""

    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    counted: bool = True


@dataclass(frozen=True)
class Listing:
    """A page of hits: those of `asked` (the query, or one respelled), found by `searched`.

    `hits.total` counts all the articles listed, `whole` those that have everything asked for. `first` is, where these
    come first and others follow, what found them: their scores are for it, those of the others for `searched`.
    """

    asked: Query
    searched: Part
    hits: Hits
    whole: int
    first: Part | None = None


def list_articles(snapshot: Snapshot, query: Query, wanted: Wanted) -> Listing | None:
    """Return the articles that answer a query as it is, None if none has everything asked for."""
    if query.tree is None:
        return None
    graded = any_of_all(query.tree) if query.plain and wanted.sort is Sort.RELEVANCE else None
    long = graded is not None and len(graded_parts(graded)) >= MANY
    if long:  # how many have everything is asked, not which lead
        found = _search(snapshot, without_favours(query.tree), replace(wanted, offset=0, limit=1))
    else:
        found = _search(snapshot, query.tree, wanted)
    if not (found.total or found.hits):
        return None
    if graded and long:
        return Listing(query, graded, _search(snapshot, graded, wanted), found.total)
    if graded and found.total < FEW and (whole := _all(snapshot, query.tree, wanted)):
        return Listing(query, graded, _followed(snapshot, whole, graded, wanted), len(whole.hits), query.tree)
    return Listing(query, query.tree, found, found.total)


def list_nearest(snapshot: Snapshot, query: Query, others: Sequence[Respelled], wanted: Wanted) -> Listing | None:
    """Return what to show when no article has everything asked for, None if there is nothing.

    First the sure respelling, whole, then loosened; then what was typed, loosened.
    """
    for asked in [*_repaired(others), query]:
        if asked is not query and (listing := list_articles(snapshot, asked, wanted)):
            return listing
        for part in loosened(asked.tree) if asked.tree else ():
            found = _search(snapshot, part, wanted)
            if found.hits or found.total:
                return Listing(asked, part, found, 0 if graded_parts(part) else found.total)
    return None


def list_one(snapshot: Snapshot, query: Query, others: Sequence[Respelled], filters: Filters) -> Listing | None:
    """Return what a search lists, by relevance and uncounted, with its first hit; `others` may be taken unasked.

    Nothing looser is looked for where filters alone hold the articles back.
    """
    wanted = Wanted(filters, limit=1, counted=False)
    if listing := list_articles(snapshot, query, wanted):
        return listing
    held_back = filters and query.tree and snapshot.search(query.tree, limit=1, counted=False).hits
    return None if held_back else list_nearest(snapshot, query, others, wanted)


def steps(query: Query, others: Sequence[Respelled]) -> Iterator[Part]:
    """Yield all that may be searched for on behalf of a query, the strictest first."""
    repaired = _repaired(others)
    for asked in [query, *repaired]:
        if asked.tree:
            yield asked.tree
    for asked in [*repaired, query]:
        yield from loosened(asked.tree) if asked.tree else ()


def _repaired(others: Sequence[Respelled]) -> list[Query]:
    """Return the query to answer instead of one that was misspelt, if one is sure."""
    return [parse_query(other.query) for other in others[:1] if other.sure]


def filtered(tree: Part, filters: Filters) -> Part:
    """Return a tree with the reader's filters."""
    names = {"source": filters.source, "author": filters.author}
    kept = [Has(facet, whole_name(name)) for facet, name in names.items() if name is not None]
    kept += [Has("year", filters.year)] if filters.year is not None else []
    return AllOf((tree, *kept)) if kept else tree


def _search(snapshot: Snapshot, part: Part, wanted: Wanted) -> Hits:
    return snapshot.search(
        filtered(part, wanted.filters),
        sort=wanted.sort,
        offset=wanted.offset,
        limit=wanted.limit,
        counted=wanted.counted,
    )


def _all(snapshot: Snapshot, tree: Part, wanted: Wanted) -> Hits | None:
    """Return all the articles that match a tree if they are few."""
    found = _search(snapshot, tree, replace(wanted, offset=0, limit=FEW, counted=False))
    return found if len(found.hits) < FEW else None


def _followed(snapshot: Snapshot, whole: Hits, graded: Part, wanted: Wanted) -> Hits:
    """Return a page of the articles in `whole`, then of the others that a graded part finds."""
    end = wanted.offset + wanted.limit
    found = _search(snapshot, graded, replace(wanted, offset=0, limit=end + FEW))
    first = {hit.id for hit in whole.hits}
    listed = (*whole.hits, *(hit for hit in found.hits if hit.id not in first))
    return replace(found, hits=listed[wanted.offset : end])
