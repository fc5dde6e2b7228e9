"""MappedText: rewritten characters that remember where they stood in the original text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MappedText:
    """A rewritten text and the map back to the original.

    Character i of `text` came from ``original[starts[i]:ends[i]]``. Without a map (the usual case) the text is
    the original, character for character.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets, in the original text, of the characters `start` to `end` (at least one)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def rewritten(self, pieces: Iterable[tuple[str, int, int]]) -> MappedText:
        """Return the text made of `pieces`: (characters, start, end of what they replace in this text)."""
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for replacement, start, end in pieces:
            first, last = self.original_span(start, end)
            characters.append(replacement)
            starts.extend([first] * len(replacement))
            ends.extend([last] * len(replacement))
        return MappedText("".join(characters), starts, ends)
