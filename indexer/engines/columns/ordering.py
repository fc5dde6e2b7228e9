"""Ordering: the best of the matches, ties settled by id; and how the matches spread over the facets."""

from __future__ import annotations

import numpy as np

from indexer.answer import Sort
from indexer.engines.columns.evaluation import Evaluation, Matches
from indexer.engines.columns.layout import Array
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Part, graded_parts


def order(columns: Columns, part: Part | None, matches: Matches, sort: Sort, limit: int) -> Array:
    """Return which of the matches (their places among them) are the first `limit`, in order."""
    keys = _keys(columns, part, matches, sort)
    first = np.arange(len(matches.documents))
    if limit < len(first):
        # All that reach the page, ties of its last included, and no more are sorted.
        last = np.partition(keys[0], limit - 1)[limit - 1]
        first = np.flatnonzero(keys[0] <= last)
    ids = columns.ranks[matches.documents[first]]
    return np.asarray(first[np.lexsort((ids, *(key[first] for key in reversed(keys))))][:limit])


def _keys(columns: Columns, part: Part | None, matches: Matches, sort: Sort) -> tuple[Array, ...]:
    """Return what the matches are sorted by, the first key first, all ascending."""
    if sort is Sort.RELEVANCE:
        graded = graded_parts(part) if part else ()
        if not graded:
            return (-matches.scores,)
        grades = np.zeros(len(columns), np.int64)
        for inner in graded:
            grades[Evaluation(columns).matches(inner).documents] += 1
        return -grades[matches.documents], -matches.scores
    days = columns.days[matches.documents].astype(np.int64)
    return (np.where(days == 0, _NEVER, days if sort is Sort.OLDEST else -days),)


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
