"""Phrases: where words stand side by side, in many documents at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.postings import among, find_in_sorted
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import same_as
from indexer.query.syntax import Phrase

_FEW = 128
"""Documents in which the tokens of all the words are read at once: fewer calls, but more tokens than word by word."""

_SEARCHED = 8
"""Elements of a list that are looked at in the time in which one is searched for."""


def find_phrase(columns: Columns, phrase: Phrase, within: Array | None = None) -> tuple[Array, Array]:
    """Return the documents, of those `within` or of all, and the stream positions where a phrase starts, in order.

    The words are followed from the rarest: each leaves fewer places, and documents, in which the next is looked up.
    """
    steps = [(columns.stems.find(forms.stem.encode()), step) for step, forms in enumerate(phrase.words)]
    steps.sort(key=lambda item: columns.holder_count(item[0]) if item[0] >= 0 else -1)
    lists = {stem: columns.holders(stem) for stem, _ in steps} if steps[0][0] >= 0 else {}
    documents = candidates(columns, list(lists.values()), within)
    if not len(documents):
        return documents, documents
    if len(documents) <= _FEW:
        return _inside(columns, *_look(columns, phrase, steps, lists, documents), len(steps))
    starts = None
    for stem, step in steps:
        ranks = columns.form_ranks(stem, same_as(*phrase.asked[step]))
        held, rows, places, forms = _places(
            columns, stem, lists[stem], documents if starts is None else runs(documents)[0]
        )
        if not len(places):
            return held[:0], held[:0]
        if starts is None:
            kept = among(ranks, forms).nonzero()[0]
            documents, starts = held[rows[kept]], places[kept].astype(np.int64) - step
        else:
            there, at = find_in_sorted(places, (starts + step).astype(places.dtype))
            kept = (there & among(ranks, forms.take(at, mode="clip"))).nonzero()[0]
            documents, starts = documents[kept], starts[kept]
    assert starts is not None  # noqa: S101 - a phrase has words
    return _inside(columns, documents, starts, len(steps))


def _look(
    columns: Columns, phrase: Phrase, steps: Sequence[tuple[int, int]], lists: Mapping[int, Array], documents: Array
) -> tuple[Array, Array]:
    """Return where a phrase starts in a few documents, from the tokens of all its words, read at once."""
    rows = [find_in_sorted(lists[stem], documents) for stem, _ in steps]
    holding = [documents[there] for there, _ in rows]
    tokens = columns.tokens_at(
        np.concatenate(
            [columns.postings(stem).start + at[there] for (stem, _), (there, at) in zip(steps, rows, strict=True)]
        )
    )
    held = np.concatenate(holding)[tokens.rows]
    places = columns.streams[held].astype(np.int64) + tokens.positions
    bounds = tokens.rows.searchsorted(np.cumsum([0, *map(len, holding)])).tolist()
    starts = np.zeros(0, np.int64)
    for number, (stem, step) in enumerate(steps):
        own = slice(bounds[number], bounds[number + 1])
        ranks = columns.form_ranks(stem, same_as(*phrase.asked[step]))
        kept = among(ranks, tokens.forms[own]).nonzero()[0]
        found = places[own][kept] - step
        if number == 0:
            held, starts = held[own][kept], found
        else:
            there, _ = find_in_sorted(found, starts)
            held, starts = held[there], starts[there]
    return held, starts


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


def _places(columns: Columns, stem: int, held: Array, documents: Array) -> tuple[Array, Array, Array, Array]:
    """Return which of some documents are among the holders of a stem, and its tokens there: of which, where, what form.

    Positions are in four bytes where they fit: half as many bytes are searched in half the time.
    """
    kind = np.dtype(np.uint32 if int(columns.streams[-1]) < 1 << 32 else np.uint64)
    rows = rows_of(columns, held, documents)
    tokens = columns.tokens_of(stem, rows)
    held = held[rows]
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
