"""The layout of an index in columns: which arrays there are, what an element is, how numbers are packed.

Every array is a file of bare little-endian numbers, ``name.type``; it is mapped read-only and never changed. The type
``n`` stands for the narrowest of u1, u2, u4 and u8 that holds whatever the array may tell.

Documents are numbered in the order in which they came. A document's *stream* is its title, one empty position, its
text; paragraph breaks are empty positions too. Streams lie end to end: position p of document d is global position
``streams[d] + p``.

A *stem* groups the words of one inflection; its *forms* are its distinct (exact, folded) spellings, the commonest
first. A *posting* is a stem in a document; its *tokens* are the places.

========================  ====================================================================================
documents
streams.n                 where each document's stream starts; one more than documents
titles.n, bodies.n        positions of the title, of the text
days.n                    yyyymmdd, 0 unknown
names.json                the distinct authors and sources, each with its words
authors.n, sources.n      numbers into names.json
ids.u1, ids_ends.n        the ids, sorted, end to end; where each ends
by_rank.u4                document of each sorted id; the reverse settles ties
spans_zst.u1              for each position of a stream, the blanks before its token and its length (see pack_spans);
                          each stream compressed alone
spans.n                   where each starts in spans_zst; one more than documents
spans.dict                what they have in common (a zstandard dictionary)
wide_at.n                 the global positions of tokens that a byte cannot tell
wide_starts.n             where these start in their field
wide_ends.n               where they end
records_zst.u1            the documents, each compressed alone
records.n                 where each starts in records_zst; one more than documents
records.dict              what they have in common (a zstandard dictionary)

stems, forms
stems.u1, stems_ends.n    the stems, sorted as bytes, end to end; where each ends
form_starts.u4            the forms of stem s are form_starts[s] to form_starts[s + 1]
exact.u1, exact_ends.n    the exact spelling of each form
folded.u1                 the folded spellings, sorted
folded_ends.n             where each of them ends
by_folded.u4              the form of each sorted folded spelling
folded_counts.u4          how many times titles and texts have each of them; 0 if it is not spelled in letters

postings
posting_starts.n          the postings of stem s are posting_starts[s] to posting_starts[s + 1]
documents.u2              low half of each posting's document number
splits.u4                 for each 65,536 documents after the first: where in its list each stem reaches them
codes.u1                  weight of the posting in 255ths (see scoring.weight_codes)
forms.u1                  bit i: form i of the stem occurs (bit 7: form 7 or a later one)
counts.u1                 tokens of two postings, the first in the low half; 15: see crowded
crowded_at.n              the postings with 15 tokens or more
crowded_values.n          how many they have
token_starts.n            where the tokens of every 128th posting start
tokens.u2                 position in the stream (13 bits, see far) and form (3 bits, 7: see late)
far_at.n, far_values.n    tokens beyond position 8,191: what to add, in 8,192s
late_at.n                 tokens of a form beyond the seventh
late_values.n             which form that is
========================  ====================================================================================
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

BLOCK = 128
"""Postings that share a block."""

POSITION_BITS = 13
NEAR = 1 << POSITION_BITS
"""Positions that a token tells by itself."""

LATE = 7
"""The form number that stands for all later ones."""

HALF = 4
"""The bits of a count."""

CROWDED = (1 << HALF) - 1
"""The count that means « look it up »."""

WIDE = 0xFF
"""The byte of a token whose place must be looked up."""

LENGTH_BITS = 5
LENGTHS = (1 << LENGTH_BITS) - 1
"""The bits of a span's byte that hold the token's length."""


_KINDS = ("u4", "u2", "u1", "u8")
"""What the narrowest type may be, the likeliest first."""


def write_array(folder: Path, name: str, array: Array) -> None:
    """Write an array as ``name.type``."""
    with (folder / f"{name}.{array.dtype.str[1:]}").open("wb") as file:
        array.tofile(file)


def write_narrow(folder: Path, name: str, array: Array, most: int | None = None) -> None:
    """Write an array in the narrowest type that holds `most`; that is its largest number unless it is told.

    Tables that are searched for one another's numbers are told the same.
    """
    most = int(array.max(initial=0)) if most is None else most
    write_array(folder, name, array.astype(np.min_scalar_type(most)))


def map_array(folder: Path, name: str) -> Array:
    """Map the array `name`, read-only; an empty one needs no map."""
    stem, _, kind = name.rpartition(".")
    if kind == "n":
        kind = next((kind for kind in _KINDS if (folder / f"{stem}.{kind}").exists()), "u8")
    path = folder / f"{stem}.{kind}"
    if not path.stat().st_size:
        return np.zeros(0, kind)
    return np.asarray(np.memmap(path, np.dtype(f"<{kind}"), "r"))


def pack_spans(starts: Array, ends: Array, first: Array) -> tuple[Array, Array]:
    """Return one byte for each token, and which tokens it cannot tell.

    The byte holds the characters between the token before and this one (0 to 7, three high bits) and its length (1 to
    30, five low bits; 31 with seven blanks would be the sign for « wide » and is told apart too): two tokens in a
    thousand of French passages are wide. A token inside the one before (a part of an address) is. `first` says which
    tokens are the first of their field: the characters before them count from the field's start.
    """
    previous = np.empty_like(ends)
    previous[1:] = ends[:-1]
    previous[first] = 0
    blanks = starts - previous
    lengths = ends - starts
    wide = (blanks < 0) | (blanks > WIDE >> LENGTH_BITS) | (lengths >= LENGTHS)
    packed = np.where(wide, WIDE, blanks << LENGTH_BITS | lengths).astype(np.uint8)
    return packed, wide
