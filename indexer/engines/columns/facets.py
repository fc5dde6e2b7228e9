"""Facets: which source, author and year each document has, and how those of some documents spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import Array


class Facet(NamedTuple):
    """The distinct values of a facet, and which of them each document has, by its number."""

    values: Sequence[str | int]
    numbers: Array


def years_of(days: Array) -> Facet:
    """Return the years of some days (yyyymmdd), two bytes a document; 0 is unknown."""
    years = days // 10_000
    have = np.bincount(years) > 0
    numbers = (have.cumsum() - 1).astype(np.uint16)
    return Facet(have.nonzero()[0].tolist(), numbers[years])


def count_facets(
    facets: Mapping[str, Facet], total: int, documents: Callable[[], Array]
) -> dict[str, dict[str | int, int]]:
    """Count the values of each facet among so many documents; which they are may be asked for several times."""
    return {name: _count(facet, total, documents) for name, facet in facets.items()}


def _count(facet: Facet, total: int, documents: Callable[[], Array]) -> dict[str | int, int]:
    """Count the values of one facet; where the whole index has but one there is nothing to look at."""
    values, numbers = facet
    if len(values) == 1:
        return {values[0]: total} if total else {}
    counts = np.bincount(numbers[documents()], minlength=len(values))
    met = counts.nonzero()[0]
    return {values[number]: count for number, count in zip(met.tolist(), counts[met].tolist(), strict=True)}
