"""The vocabulary over columns: the sorted folded spellings, each with its count, are scanned as arrays.

Likeness needs no index of its own: of 175,000 forms all but some thousands are ruled out by their length and by the
set of their letters, and the distances to those are computed at once.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.analysis.token import Forms
from indexer.engines.columns.layout import Array, map_array
from indexer.engines.columns.strings import Strings
from indexer.engines.vocabulary import Spelling, spelled_in_letters

_LETTER = 31
"""What an ASCII letter keeps of its code: its rank in the alphabet, from 1."""


class ColumnVocabulary:
    """A Vocabulary over a folder of columns. Any number of threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._exact = Strings(folder, "exact")
        self._folded = Strings(folder, "folded")
        self._stems = Strings(folder, "stems")
        self._by_folded = map_array(folder, "by_folded.u4")
        self._form_starts = map_array(folder, "form_starts.u4").data
        self._counts = map_array(folder, "folded_counts.u4")
        self._bytes = map_array(folder, "folded.u1")
        self._ends = map_array(folder, "folded_ends.n")

    def __contains__(self, folded: str) -> bool:
        word = folded.encode()
        place = self._folded.find(word)
        if place < 0 or self._counts[place]:
            return place >= 0
        return bool(self._counts[place : self._folded.place(word + b"\0")].any())  # another of its spellings

    def spelled(self, folded: str) -> tuple[Spelling, ...]:
        word = folded.encode()
        return self._commonest(self._folded.place(word), self._folded.place(word + b"\0"), len(self._counts))

    def starting(self, folded: str, limit: int) -> tuple[Spelling, ...]:
        return self._commonest(*self._folded.with_prefix(folded.encode()), limit)

    def near(self, folded: str, distance: int, limit: int) -> tuple[Spelling, ...]:
        if not spelled_in_letters(folded):
            return ()
        word = np.frombuffer(folded.encode(), np.uint8)
        places = self._likely(word, distance)
        starts, ends = self._ends[places].astype(np.int64), self._ends[places + 1].astype(np.int64)
        distances = _edit_distances(word, self._bytes, starts, ends - starts)
        close = np.flatnonzero((distances > 0) & (distances <= distance))
        order = np.lexsort((-self._counts[places[close]].astype(np.int64), distances[close]))
        return tuple(map(self._spelling, places[close][order[:limit]].tolist()))

    @cached_property
    def _letters(self) -> Array:
        """The letters that each folded spelling has, as bits; no spelling in letters sets bit 0."""
        bits = np.left_shift(np.uint32(1), self._bytes & _LETTER, dtype=np.uint32)
        return np.bitwise_or.reduceat(bits, self._ends[:-1].astype(np.int64)) if len(bits) else bits

    @cached_property
    def _lengths(self) -> Array:
        return np.diff(self._ends).astype(np.int16)

    def _likely(self, word: Array, distance: int) -> Array:
        """Return the places of the spellings that may be so near: an edit changes one letter for one other at most."""
        letters = np.bitwise_or.reduce(np.left_shift(np.uint32(1), word & _LETTER, dtype=np.uint32))
        return np.flatnonzero(
            (np.abs(self._lengths - len(word)) <= distance)
            & (np.bitwise_count(self._letters & ~letters) <= distance)
            & (np.bitwise_count(letters & ~self._letters) <= distance)
            & (self._counts > 0)
        )

    def _commonest(self, first: int, last: int, limit: int) -> tuple[Spelling, ...]:
        """Return the commonest spellings of a range of places."""
        counts = self._counts[first:last].astype(np.int64)
        order = np.argsort(-counts, kind="stable")[:limit]
        return tuple(self._spelling(first + place) for place in order.tolist() if counts[place])

    def _spelling(self, place: int) -> Spelling:
        form = int(self._by_folded[place])
        stem = bisect_right(self._form_starts, form) - 1
        forms = Forms(self._exact[form].decode(), self._folded[place].decode(), self._stems[stem].decode())
        return Spelling(forms, int(self._counts[place]))


def _edit_distances(word: Array, letters: Array, starts: Array, lengths: Array) -> Array:
    """Return the `edit_distance` of a word to each of many: ``letters[start:start + length]``.

    The rows of the usual table, one for each letter of `word`, for all the words at once: columns are words.
    """
    longest = int(lengths.max(initial=0))
    steps = np.arange(longest + 1, dtype=np.int16)[:, None]
    inside = np.minimum(starts + steps[:-1], len(letters) - 1)
    met = np.where(steps[:-1] < lengths, letters[inside], 0)
    row = np.repeat(steps, len(starts), axis=1)
    before = above = row
    for i, letter in enumerate(word):
        above, before = before, row
        row = before + np.int16(1)
        np.minimum(row[1:], before[:-1] + (met != letter), out=row[1:])
        if i:
            swapped = (met[:-1] == letter) & (met[1:] == word[i - 1])
            np.minimum(row[2:], np.where(swapped, above[:-2] + 1, row[2:]), out=row[2:])
        for j in range(longest):  # row by row: ten times faster than NumPy's own accumulation
            np.minimum(row[j + 1], row[j] + np.int16(1), out=row[j + 1])
    return row[lengths, np.arange(len(starts))]
