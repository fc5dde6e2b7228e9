"""Ordering: the best of the matches, ties settled by id."""

from __future__ import annotations

import numpy as np

from indexer.answer import Sort
from indexer.engines.columns.evaluation import Matches
from indexer.engines.columns.layout import Array
from indexer.engines.columns.reader import Columns


def first(columns: Columns, matches: Matches, sort: Sort, limit: int) -> Matches:
    """Return the first `limit` of the matches, in order."""
    keys = _keys(columns, matches, sort)
    documents, scores = matches
    if limit < len(keys):
        # All that reach the page, ties of its last included, and no more are sorted.
        reach = (keys <= np.partition(keys, limit - 1)[limit - 1]).nonzero()[0]
        documents, scores, keys = documents[reach], scores[reach], keys[reach]
    order = np.lexsort((columns.ranks[documents], keys))[:limit]
    return Matches(documents[order], scores[order])


def _keys(columns: Columns, matches: Matches, sort: Sort) -> Array:
    """Return what the matches are sorted by, ascending."""
    if sort is Sort.RELEVANCE:
        return np.asarray(-matches.scores)
    days = columns.days[matches.documents].astype(np.int64)
    return np.where(days == 0, _NEVER, days if sort is Sort.OLDEST else -days)


_NEVER = 1 << 40
