"""Ordering: the best of the matches, ties settled by id; and how the matches spread over the facets."""

from __future__ import annotations

import numpy as np

from indexer.answer import Sort
from indexer.engines.columns.evaluation import Matches
from indexer.engines.columns.layout import Array
from indexer.engines.columns.reader import Columns


def order(columns: Columns, matches: Matches, sort: Sort, limit: int) -> Array:
    """Return which of the matches (their places among them) are the first `limit`, in order."""
    keys = _keys(columns, matches, sort)
    first = np.arange(len(keys))
    if limit < len(first):
        # All that reach the page, ties of its last included, and no more are sorted.
        first = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    ids = columns.ranks[matches.documents[first]]
    return np.asarray(first[np.lexsort((ids, keys[first]))][:limit])


def _keys(columns: Columns, matches: Matches, sort: Sort) -> Array:
    """Return what the matches are sorted by, ascending."""
    if sort is Sort.RELEVANCE:
        return np.asarray(-matches.scores)
    days = columns.days[matches.documents].astype(np.int64)
    return np.where(days == 0, _NEVER, days if sort is Sort.OLDEST else -days)


_NEVER = 1 << 40


def count_facets(columns: Columns, documents: Array) -> dict[str, dict[str | int, int]]:
    """Count the values of each facet among some documents."""
    counted: dict[str, dict[str | int, int]] = {}
    for field, names in columns.names.items():
        counts = np.bincount(columns.name_numbers[field][documents], minlength=len(names))
        counted[field] = {names[number][0]: int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    years, counts = np.unique(columns.days[documents] // 10_000, return_counts=True)
    counted["year"] = dict(zip(years.tolist(), counts.tolist(), strict=True))
    return counted
