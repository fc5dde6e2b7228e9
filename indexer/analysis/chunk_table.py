"""The chunk table: numbers of chunks met before, found for a whole batch at once.

Nearly all chunks have at most sixteen characters, all of cp1252: they are two integers of 64 bits. A table with one
place for each hash answers for them; the chunk that comes first keeps its place, and common ones come first. All the
others are looked up one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.chunks import Chunks

_LONGEST = 16
_PLACE_BITS = 20
"""A million places (25 MB), for the 400,000 distinct chunks of 100,000 passages: half as many places leave twice as
many chunks without one."""

_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
"""Odd numbers without pattern, from the golden ratio and from XXH64."""

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
"""The bytes of a word that a chunk of so many characters takes."""


@cache
def _bytes() -> NDArray[np.uint8]:
    """Return the byte of each character of cp1252; 0 for all others, and for the last entry."""
    table = np.zeros(0x10001, np.uint8)
    for byte in range(1, 256):
        if character := bytes([byte]).decode("cp1252", "ignore"):
            table[ord(character)] = byte
    return table


class ChunkTable:
    """Finds the numbers of chunks; `number` gives that of one, and is asked as rarely as can be."""

    def __init__(self, number: Callable[[str], int]) -> None:
        self._number = number
        self._rows = np.zeros((1 << _PLACE_BITS, 3), np.uint64)  # both integers and the number, in one look at memory

    def numbers(self, chunks: Chunks) -> NDArray[np.int64]:
        """Return the number of each chunk."""
        low, high, short = _pack(chunks)
        places = ((low ^ high * _MIX[0]) * _MIX[1]) >> np.uint64(64 - _PLACE_BITS)
        rows = self._rows.take(places.view(np.int64), axis=0)
        known = short & (rows[:, 0] == low) & (rows[:, 1] == high)
        numbers: NDArray[np.int64] = rows[:, 2].astype(np.int64)
        unknown = np.flatnonzero(~known)
        starts, ends = chunks.starts[unknown].tolist(), chunks.ends[unknown].tolist()
        numbers[unknown] = [self._number(chunks.whole[start:end]) for start, end in zip(starts, ends, strict=True)]
        _, first = np.unique(places[unknown], return_index=True)
        new = unknown[first]
        new = new[short[new] & (rows[new, 0] == 0)]
        self._rows[places[new]] = np.stack([low[new], high[new], numbers[new].astype(np.uint64)], axis=1)
        return numbers


def _pack(chunks: Chunks) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the first eight bytes of each chunk, the next eight, and whether they say all."""
    size = len(chunks.codes)
    packed = np.zeros((size + 3 * 8) // 8 * 8, np.uint8)
    _bytes().take(chunks.codes, mode="clip", out=packed[:size])
    words = packed.view("<u8")
    at, shift = chunks.starts >> 3, (chunks.starts & 7).astype(np.uint64) << np.uint64(3)
    lengths = chunks.ends - chunks.starts
    parts = [words[at + step] for step in range(3)]
    back = np.uint64(63) - shift
    low, high = (here >> shift | after << np.uint64(1) << back for here, after in pairwise(parts))
    short = lengths <= _LONGEST
    foreign = np.searchsorted(chunks.starts, np.flatnonzero(packed[:size] == 0), "right") - 1
    short[foreign[foreign >= 0]] = False
    return low & _MASKS[np.minimum(lengths, 8)], high & _MASKS[np.clip(lengths - 8, 0, 8)], short
