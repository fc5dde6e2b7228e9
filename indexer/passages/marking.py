"""Marking: exactly the characters of a text that answer a query."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Mark(NamedTuple):
    """A stretch of a text that answers the query: ``text[start:end]``, and the leaves it answers (their numbers).

    A named tuple and not a dataclass: a page has hundreds of them.
    """

    start: int
    end: int
    leaves: frozenset[int]


def mark_places(places: Collection[tuple[int, int, int]]) -> list[Mark]:
    """Return places in a text (start, end, number of the leaf) as marks, in order, none inside or across another.

    Where places overlap, one mark covers them all.
    """
    marks: list[Mark] = []
    if not places:
        return marks  # as in most titles
    reached = 0
    alone: dict[int, frozenset[int]] = {}
    for start, end, leaf in sorted(places):
        if start < reached:
            last = marks[-1]
            reached = max(reached, end)
            marks[-1] = Mark(last.start, reached, last.leaves | {leaf})
        else:
            reached = end
            leaves = alone.get(leaf) or alone.setdefault(leaf, frozenset([leaf]))
            marks.append(Mark(start, end, leaves))
    return marks
