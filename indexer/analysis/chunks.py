"""Chunks: many texts cut at their blanks, in a few passes over arrays.

A chunk stands between blanks, without the signs that open and close there: « mot », « mot, » and « (mot » are one
chunk. A text in which an invisible character stands beside a blank is a chunk by itself: without that character blanks
come together, and may make a paragraph break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.invisible import INVISIBLE
from indexer.analysis.segmentation import PARAGRAPH_BREAK

_OPENING = '«“"([—–'
_CLOSING = ',;:!?…»”")]'
"""Signs that belong to no token beside a blank. Not the full stop, which may be that of an abbreviation."""

_SIGNS = 3
"""Signs taken off each end of a chunk at most; more of them (« ?!?!?! ») stay and harm nothing."""

_BLANK, _INVISIBLE, _OPENS, _CLOSES = 1, 2, 4, 8


@cache
def _character_kinds() -> NDArray[np.uint8]:
    """Return what the characters of the basic plane are; the last entry stands for all the others."""
    table = np.zeros(0x10001, np.uint8)
    plane = "".join(map(chr, range(0x10000)))
    found = {
        _BLANK: re.findall(r"\s", plane),
        _INVISIBLE: INVISIBLE.findall(plane),
        _OPENS: _OPENING,
        _CLOSES: _CLOSING,
    }
    for kind, characters in found.items():
        table[list(map(ord, characters))] |= kind
    return table


@dataclass(frozen=True)
class Chunks:
    """The chunks of some texts, in order, and their code point offsets in `whole`: the texts, a blank between them.

    `codes` are the characters of `whole`. Text i starts at ``texts[i]``, with chunk ``bounds[i]`` and after
    ``break_bounds[i]`` paragraph breaks; each of these is one longer than the texts. `breaks` has the chunk that
    follows each break.
    """

    whole: str
    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    texts: NDArray[np.int64]
    bounds: NDArray[np.int64]
    breaks: NDArray[np.int64]
    break_bounds: NDArray[np.int64]

    def __getitem__(self, number: int) -> str:
        """Return the characters of a chunk."""
        return self.whole[self.starts[number] : self.ends[number]]

    def joined(self, firsts: NDArray[np.int64]) -> Chunks:
        """Return these chunks as fewer: each from one of `firsts` to the next, with what is between them."""
        return replace(
            self,
            starts=self.starts[firsts],
            ends=self.ends[np.append(firsts, len(self.ends))[1:] - 1],
            bounds=np.searchsorted(firsts, self.bounds),
            breaks=np.searchsorted(firsts, self.breaks),
        )


def cut_texts(texts: Sequence[str]) -> Chunks:
    """Cut texts into chunks."""
    whole = " ".join(texts)
    places = np.cumsum([0, *(len(text) + 1 for text in texts)])
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _character_kinds().take(codes, mode="clip")
    for at in _uncut(kinds, places):
        kinds[places[at] : places[at + 1] - 1] = 0
    edges = np.flatnonzero(np.diff(kinds != _BLANK, prepend=False, append=False))
    starts, ends = _without_signs(kinds, edges[::2], edges[1::2])
    breaks = np.array([found.start() for found in re.finditer(PARAGRAPH_BREAK, whole)], np.int64)
    breaks = breaks[kinds[breaks] == _BLANK]
    return Chunks(
        whole=whole,
        codes=codes,
        starts=starts,
        ends=ends,
        texts=places,
        bounds=np.searchsorted(starts, places),
        breaks=np.searchsorted(starts, breaks),
        break_bounds=np.searchsorted(breaks, places),
    )


def _uncut(kinds: NDArray[np.uint8], places: NDArray[np.int64]) -> set[int]:
    """Return the texts in which an invisible character stands beside a blank, or at an end."""
    invisible = np.flatnonzero(kinds == _INVISIBLE)
    around = np.concatenate([[_BLANK], kinds, [_BLANK]]) if len(invisible) else kinds
    loose = invisible[(around[invisible] == _BLANK) | (around[invisible + 2] == _BLANK)]
    return set((np.searchsorted(places, loose, "right") - 1).tolist())


def _without_signs(
    kinds: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ends of chunks moved inwards over their signs; a chunk of nothing else is gone."""
    starts, ends = starts.copy(), ends.copy()
    opening = np.flatnonzero(kinds[starts] & _OPENS)
    for _ in range(_SIGNS):
        starts[opening] += 1
        opening = opening[starts[opening] < ends[opening]]
        opening = opening[kinds[starts[opening]] & _OPENS != 0]
    closing = np.flatnonzero((kinds[ends - 1] & _CLOSES != 0) & (starts < ends))
    for _ in range(_SIGNS):
        ends[closing] -= 1
        closing = closing[starts[closing] < ends[closing]]
        closing = closing[kinds[ends[closing] - 1] & _CLOSES != 0]
    kept = starts < ends
    return starts[kept], ends[kept]
