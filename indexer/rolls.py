"""Rolls: many short strings in few bytes. A string of its own takes fifty bytes more, and a dictionary a hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

_FULL = 0.6
"""The share of the places of a register that may be taken; fuller ones are searched longer."""


class Roll:
    """Strings end to end; any text may be one."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def append(self, string: str) -> None:
        """Add a string at the end."""
        self._bytes += string.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))


class Register:
    """Distinct strings, numbered in the order in which they first came."""

    def __init__(self) -> None:
        self._strings = Roll()
        self._hashes = array("q")
        self._places = array("I", bytes(4 << 8))  # the number of a string, plus one; 0 is free

    def __len__(self) -> int:
        return len(self._strings)

    def number(self, string: str) -> int:
        """Return the number of a string: as many as there were before, the first time."""
        if len(self) > _FULL * len(self._places):
            self._grow()
        code = hash(string)
        place, last = self._first(code), len(self._places) - 1
        while known := self._places[place]:
            if self._hashes[known - 1] == code and self._strings[known - 1] == string:
                return known - 1
            place = (place + 1) & last
        self._strings.append(string)
        self._hashes.append(code)
        self._places[place] = len(self)
        return len(self) - 1

    def _first(self, code: int) -> int:
        """Return the place where a string with this hash is looked for first."""
        return code & len(self._places) - 1

    def _grow(self) -> None:
        """Give the register twice as many places."""
        self._places = array("I", bytes(8 * len(self._places)))
        last = len(self._places) - 1
        for number, code in enumerate(self._hashes):
            place = self._first(code)
            while self._places[place]:
                place = (place + 1) & last
            self._places[place] = number + 1
