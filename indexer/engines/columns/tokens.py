"""Tokens: where the words of postings stand in their documents, and in which forms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import BLOCK, CROWDED, HALF, LATE, NEAR, POSITION_BITS, Array, map_array

_LOOK = 256
"""Postings of a list that are read whole in the time that one is looked up (1 to 2 ns each; 0.3 µs)."""

_MANY = 256
"""Postings from which it is worth looking whether they share blocks."""


class Tokens(NamedTuple):
    """Some tokens: the row (in whatever was asked for) that each belongs to, its position in the stream, its form."""

    rows: Array
    positions: Array
    forms: Array


class TokenTable:
    """The tokens of all the postings. Any number of threads may share one."""

    def __init__(self, folder: Path, postings: int) -> None:
        self._postings = postings
        self._counts = map_array(folder, "counts.u1")
        self._crowded_at = map_array(folder, "crowded_at.n")
        self._crowded = map_array(folder, "crowded_values.n")
        self._starts = map_array(folder, "token_starts.n")
        self._tokens = map_array(folder, "tokens.u2")
        self._far_at = map_array(folder, "far_at.n")
        self._far = map_array(folder, "far_values.n")
        self._late_at = map_array(folder, "late_at.n")
        self._late = map_array(folder, "late_values.n")

    def of(self, where: slice, rows: Array) -> Tokens:
        """Return the tokens of some of the postings of a stem, given by their rows in order; rows count these from 0.

        `where` says where the postings of the stem are.
        """
        if len(rows) * _LOOK < where.stop - where.start:
            return self.at(where.start + rows)
        counts = self._count(where)
        ends, counts = counts.cumsum(dtype=np.int64)[rows], counts[rows].astype(np.int64)
        return self._read(*_spread_tokens(self._start(where.start) + ends - counts, counts))

    def at(self, places: Array, most: Array | int | None = None) -> Tokens:
        """Return the tokens of some postings of any stems, given by their places; rows count these from 0.

        `most` says how many tokens to read of each at most: the first ones.
        """
        starts, counts = self._runs(places)
        if most is not None:
            counts = np.minimum(counts, most)
        return self._read(_spread(starts, counts), np.arange(len(places)).repeat(counts))

    def of_lists(self, lists: Sequence[Array]) -> tuple[Tokens, list[slice]]:
        """Return the tokens of several lists of postings, given by their places, read at once; and which are of each.

        Rows count the postings of all the lists, end to end, from 0.
        """
        tokens = self.at(np.concatenate([np.zeros(0, np.int64), *lists]))
        bounds = tokens.rows.searchsorted(np.cumsum([0, *map(len, lists)])).tolist()
        return tokens, [slice(first, last) for first, last in pairwise(bounds)]

    def _runs(self, places: Array) -> tuple[Array, Array]:
        """Return where the tokens of some postings start, and how many there are.

        The tokens of a posting start where those of its block do, after those of the postings before it in the block:
        these are counted for each posting, or once for each block where many postings share one.
        """
        if not len(places):
            return places, places
        blocks, within = places // BLOCK, places % BLOCK
        if len(places) > _MANY:
            new = np.ones(len(blocks), bool)
            np.not_equal(blocks[1:], blocks[:-1], out=new[1:])
            shared = blocks[new]
            if len(shared) * 2 < len(blocks):
                counts, at = self._counts_in(shared), new.cumsum() - 1
                own = counts[at, within].astype(np.int64)
                ends = counts.cumsum(axis=1, dtype=np.int64)[at, within]
                return self._starts[shared].astype(np.int64)[at] + ends - own, own
        lengths = within + 1
        counts = self._counts_at(_spread(places - within, lengths))
        lasts = lengths.cumsum() - 1
        own = counts[lasts].astype(np.int64)
        before = np.add.reduceat(counts, lasts - within, dtype=np.int64) - own
        return self._starts[blocks].astype(np.int64) + before, own

    def _count(self, where: slice) -> Array:
        """Return the tokens of each posting of a range, in a byte each where they fit."""
        pairs = self._counts[where.start // 2 : (where.stop + 1) // 2]
        halves = np.empty(2 * len(pairs), np.uint8)
        halves[::2], halves[1::2] = pairs & CROWDED, pairs >> HALF
        counts = halves[where.start % 2 :][: where.stop - where.start]
        low, high = look_up(self._crowded_at, np.array([where.start, where.stop])).tolist()
        if low < high:
            counts = counts.astype(np.uint32)
            counts[self._crowded_at[low:high].astype(np.int64) - where.start] = self._crowded[low:high]
        return counts

    def _counts_at(self, places: Array) -> Array:
        """Return the tokens of each of some postings, in a byte each where they fit."""
        pairs = self._counts[places >> 1]
        counts: Array = np.where(places & 1, pairs >> HALF, pairs & CROWDED)
        crowded = counts == CROWDED
        if crowded.any():
            counts = counts.astype(np.uint32)
            counts[crowded] = self._crowded[look_up(self._crowded_at, places[crowded])]
        return counts

    def _counts_in(self, blocks: Array) -> Array:
        """Return the tokens of each posting of some blocks, a row each; what is beyond the last posting is void."""
        postings = blocks[:, np.newaxis] * BLOCK + np.arange(BLOCK)
        return self._counts_at(np.minimum(postings, self._postings - 1))

    def _start(self, place: int) -> int:
        """Return where the tokens of a posting start."""
        block = place // BLOCK
        if block == len(self._starts):
            return len(self._tokens)
        return int(self._starts[block]) + int(self._count(slice(block * BLOCK, place)).sum())

    def _read(self, places: Array, rows: Array) -> Tokens:
        """Return the tokens at some places."""
        raw = self._tokens[places]
        positions = (raw & NEAR - 1).astype(np.int64)
        forms = raw >> POSITION_BITS
        late = (forms == LATE).nonzero()[0]
        if len(late):
            forms = forms.astype(np.int64)
            forms[late] = self._late[look_up(self._late_at, places[late])]
        if len(self._far_at) and len(places):
            far = _find(self._far_at, places)
            positions[far[0]] += self._far[far[1]].astype(np.int64) * NEAR
        return Tokens(rows, positions, forms)


def _spread(starts: Array, counts: Array) -> Array:
    """Return, for each start, as many numbers from it on as it counts."""
    ends = counts.cumsum()
    return np.asarray(np.arange(ends[-1] if len(ends) else 0) + (starts - ends + counts).repeat(counts))


def _spread_tokens(starts: Array, counts: Array) -> tuple[Array, Array]:
    """Return the places of the tokens of postings, and which posting each is of; every posting has one at least.

    Both are running sums of steps, in four bytes where they fit: three times as quick as repeating when there are many.
    """
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    kind = np.int32 if total and int(starts[-1]) + total < 1 << 31 else np.int64
    heads = ends[:-1]
    steps, owners = np.ones(total, kind), np.zeros(total, kind)
    steps[:1] = starts[:1]
    steps[heads] = starts[1:] - (starts + counts)[:-1] + 1
    owners[heads] = 1
    return steps.cumsum(dtype=kind), owners.cumsum(dtype=kind)


def look_up(table: Array, places: Array) -> Array:
    """Return where `places` stand in a sorted `table`; they take its type, or the whole table would take theirs."""
    return table.searchsorted(places.astype(table.dtype))


def _find(table: Array, places: Array) -> tuple[Array, Array]:
    """Return which of the `places` are in the sorted `table`, and where there."""
    wanted = places.astype(table.dtype)
    low, high = look_up(table, np.array([places.min(), places.max() + 1])).tolist()
    if low == high:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = low + np.searchsorted(table[low:high], wanted)
    hit = np.flatnonzero((at < high) & (table[np.minimum(at, len(table) - 1)] == wanted))
    return hit, at[hit]
