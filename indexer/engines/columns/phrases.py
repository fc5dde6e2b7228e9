"""Phrases: where words stand side by side, in many documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.likeness import Ranks, signs_of
from indexer.engines.columns.postings import among, find_in_sorted
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Phrase

_FEW = 128
"""Documents in which the tokens of all the words are read at once: fewer calls, but more tokens than word by word."""

_SEARCHED = 8
"""Elements of a list that are looked at in the time in which one is searched for."""

_DOCUMENT_SHIFT = 32
"""A document and a position in its stream as one number."""


class _Step(NamedTuple):
    """A word of a phrase, so many words after the first: its stem, the forms asked for, the postings that may hold one.

    These are given by their documents and their rows, None for all of the stem; they may hold no such form.
    """

    number: int
    stem: int
    ranks: Ranks
    documents: Array
    rows: Array | None = None

    def rows_at(self, places: Array) -> Array:
        """Return the rows of some of the postings."""
        return places if self.rows is None else self.rows[places]


def find_phrase(columns: Columns, phrase: Phrase, within: Array | None = None) -> tuple[Array, Array]:
    """Return the documents, of those `within` or of all, and the stream positions where a phrase starts, in order.

    The words are followed from the rarest: each leaves fewer places, and documents, in which the next is looked up.
    """
    steps = sorted(_steps(columns, phrase), key=lambda step: len(step.documents))
    documents = candidates(columns, [step.documents for step in steps], within)
    if not len(documents) or len(steps) < len(phrase.words):
        return documents[:0], documents[:0]
    return (_look if len(documents) <= _FEW else _follow)(columns, steps, documents)


def _steps(columns: Columns, phrase: Phrase) -> Iterator[_Step]:
    """Yield the words of a phrase that documents have."""
    for number, (form, forms) in enumerate(phrase.asked):
        stem = columns.stems.find(forms.stem.encode())
        if stem < 0:
            return
        ranks = columns.ranks_of(stem, form, forms)
        if 0 in ranks:  # the commonest form: most postings have it
            yield _Step(number, stem, ranks, columns.holders(stem))
        else:
            rows = (columns.forms[columns.postings(stem)] & signs_of(ranks) != 0).nonzero()[0]
            yield _Step(number, stem, ranks, columns.documents_at(stem, rows), rows)


def _look(columns: Columns, steps: Sequence[_Step], documents: Array) -> tuple[Array, Array]:
    """Return where a phrase starts in a few documents, from the tokens of all its words, read at once."""
    found = [(step, *find_in_sorted(step.documents, documents)) for step in steps]
    holding = [documents[there] for _, there, _ in found]
    tokens, own = columns.tokens.of_lists(
        [columns.postings(step.stem).start + step.rows_at(at[there]) for step, there, at in found]
    )
    places = np.concatenate(holding)[tokens.rows] << _DOCUMENT_SHIFT | tokens.positions
    starts: Array | None = None
    for step, where in zip(steps, own, strict=True):
        # What would start before its document starts nowhere: the first word does not.
        firsts = places[where][among(step.ranks, tokens.forms[where])] - step.number
        starts = firsts if starts is None else starts[find_in_sorted(firsts, starts)[0]]
    assert starts is not None  # noqa: S101 - a phrase has words
    return starts >> _DOCUMENT_SHIFT, starts & (1 << _DOCUMENT_SHIFT) - 1


def _follow(columns: Columns, steps: Sequence[_Step], documents: Array) -> tuple[Array, Array]:
    """Return where a phrase starts in many documents, word after word."""
    starts: Array | None = None
    for step in steps:
        held, rows, places, forms = _places(columns, step, documents if starts is None else runs(documents)[0])
        if not len(places):
            return held[:0], held[:0]
        if starts is None:
            kept = among(step.ranks, forms).nonzero()[0]
            documents, starts = held[rows[kept]], places[kept].astype(np.int64) - step.number
        else:
            there, at = find_in_sorted(places, (starts + step.number).astype(places.dtype))
            kept = (there & among(step.ranks, forms.take(at, mode="clip"))).nonzero()[0]
            documents, starts = documents[kept], starts[kept]
    assert starts is not None  # noqa: S101 - a phrase has words
    return _inside(columns, documents, starts, len(steps))


def candidates(columns: Columns, lists: Sequence[Array], within: Array | None = None) -> Array:
    """Return documents, of those `within`, among which are all that are in all of some lists, the shortest first.

    What most documents have is not looked up: it would leave out few.
    """
    if not lists:
        return np.zeros(0, np.int64)
    documents = lists[0] if within is None else lists[0][rows_of(columns, lists[0], within)]
    for held in lists[1:]:
        if len(held) * 2 < len(columns):
            documents = held[rows_of(columns, held, documents)]
    return documents


def _places(columns: Columns, step: _Step, documents: Array) -> tuple[Array, Array, Array, Array]:
    """Return which of some documents may have a word, and its stem's tokens there: of which, where, what form.

    Positions are in four bytes where they fit: half as many bytes are searched in half the time.
    """
    kind = np.dtype(np.uint32 if int(columns.streams[-1]) < 1 << 32 else np.uint64)
    rows = rows_of(columns, step.documents, documents)
    tokens = columns.tokens.of(columns.postings(step.stem), step.rows_at(rows))
    held = step.documents[rows]
    places = columns.streams[held].astype(kind)[tokens.rows] + tokens.positions.astype(kind)
    return held, tokens.rows, places, tokens.forms


def _inside(columns: Columns, documents: Array, starts: Array, words: int) -> tuple[Array, Array]:
    """Return the documents and the stream positions of those phrases that are inside one document."""
    positions = starts - columns.streams[documents].astype(np.int64)
    lengths = (columns.streams[documents + 1] - columns.streams[documents]).astype(np.int64)
    kept = (positions >= 0) & (positions + words <= lengths)
    return documents[kept], positions[kept]


def rows_of(columns: Columns, held: Array, documents: Array) -> Array:
    """Return where those of some documents that are in a list are there."""
    if len(documents) * _SEARCHED < len(held):
        there, at = find_in_sorted(held, documents)
        return at[there]
    table = np.zeros(len(columns), bool)
    table[documents] = True
    return table[held].nonzero()[0]


def runs(values: Array) -> tuple[Array, Array]:
    """Return the distinct ones of some sorted values, and which of these each is (np.unique would sort them again)."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return values[new], new.cumsum() - 1
