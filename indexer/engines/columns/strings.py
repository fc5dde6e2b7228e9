"""Tables of strings: end to end in one file, mapped, found by bisection when they are sorted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from indexer.engines.columns.layout import Array, map_array, write_array, write_narrow

_ENDING = 4
"""Last bytes of a string that are compared at once."""


def write_strings(folder: Path, name: str, strings: Iterable[bytes]) -> None:
    """Write a table: the strings in ``name.u1``, the offsets of their ends in ``name_ends.n``."""
    kept = list(strings)
    write_array(folder, name, np.frombuffer(b"".join(kept), np.uint8))
    write_narrow(folder, f"{name}_ends", np.cumsum([0, *map(len, kept)]))


class Strings:
    """A table of strings by number. `letters` are their bytes, end to end."""

    def __init__(self, folder: Path, name: str) -> None:
        self.letters = map_array(folder, f"{name}.u1")
        self._bounds = map_array(folder, f"{name}_ends.n")
        self._bytes, self._ends = self.letters.data, self._bounds.data  # what one string is read from fastest
        # What a query asks for it asks for several times: to match, to weigh neighbours, to mark.
        self._found = lru_cache(maxsize=1 << 10)(self._find)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def some(self, numbers: Array) -> list[bytes]:
        """Return some of the strings."""
        starts, ends = self._bounds[numbers].tolist(), self._bounds[numbers + 1].tolist()
        return [bytes(self._bytes[start:end]) for start, end in zip(starts, ends, strict=True)]

    def starts(self, numbers: Array) -> Array:
        """Return where some strings start among the letters; the one after the last starts where it ends."""
        return np.asarray(self._bounds[numbers].astype(np.int64))

    @cached_property
    def sizes(self) -> Array:
        """How many bytes each string has; kept once asked for."""
        return np.diff(self._bounds.astype(np.int64)).astype(np.int16)

    @cached_property
    def _by_ending(self) -> tuple[Array, Array]:
        """The last bytes of each string, read backwards, as sorted numbers; and which string each is of.

        There are 0s for the bytes that a short one lacks. Kept once asked for.
        """
        endings = np.zeros(len(self), np.uint32)
        for step in range(_ENDING):
            long = (self.sizes > step).nonzero()[0]
            letters = self.letters[self.starts(long + 1) - 1 - step].astype(np.uint32)
            endings[long] |= letters << 8 * (_ENDING - 1 - step)
        order = endings.argsort()
        return endings[order], order.astype(np.uint32)

    def ending_with(self, ending: bytes) -> Array:
        """Return the numbers of the strings that end so, unordered; no more than the last four bytes are looked at."""
        backwards = ending[: -_ENDING - 1 : -1]
        first, last = (int.from_bytes(backwards.ljust(_ENDING, byte)) for byte in (b"\0", b"\xff"))
        endings, numbers = self._by_ending
        low, high = endings.searchsorted(np.uint32(first)), endings.searchsorted(np.uint32(last), "right")
        return numbers[low:high].astype(np.int64)

    def place(self, string: bytes) -> int:
        """Return where `string` stands, or would stand, in a sorted table."""
        everything, ends = self._bytes, self._ends
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(everything[ends[middle] : ends[middle + 1]]) < string:
                low = middle + 1
            else:
                high = middle
        return low

    def places(self, string: bytes) -> range:
        """Return where `string` stands in a sorted table, as often as it is there."""
        first = last = self.place(string)
        while last < len(self) and self[last] == string:
            last += 1
        return range(first, last)

    def find(self, string: bytes) -> int:
        """Return the number of `string` in a sorted table, -1 if it is not there."""
        return self._found(string)

    def _find(self, string: bytes) -> int:
        place = self.place(string)
        return place if place < len(self) and self[place] == string else -1

    def with_prefix(self, prefix: bytes) -> tuple[int, int]:
        """Return the range of numbers of the strings of a sorted table that start with `prefix`."""
        return self.place(prefix), self.place(prefix + b"\xff")
