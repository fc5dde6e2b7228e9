"""Marking: exactly the characters of a text that answer a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A stretch of a text that answers the query: ``text[start:end]``, and the leaves it answers (their numbers)."""

    start: int
    end: int
    leaves: frozenset[int]


def mark_places(places: Iterable[tuple[int, int, int]]) -> list[Mark]:
    """Return places in a text (start, end, number of the leaf) as marks, in order, none inside or across another.

    Where places overlap, one mark covers them all.
    """
    marks: list[Mark] = []
    for start, end, leaf in sorted(places):
        if marks and start < marks[-1].end:
            last = marks[-1]
            marks[-1] = Mark(last.start, max(last.end, end), last.leaves | {leaf})
        else:
            marks.append(Mark(start, end, frozenset([leaf])))
    return marks
