"""Postings: where a leaf of a query is, what it is worth there at most, and what exactly.

Two kinds answer the same questions: those of a word, from bytes, and whatever was found whole. Rows number postings,
in the order of their documents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engines.columns.layout import LATE, Array
from indexer.engines.columns.likeness import Kept, Lost, early_signs
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import rarity, weight_codes
from indexer.query.syntax import Word

_SEARCHED = 32
"""Postings that are marked in a table of all documents in the time in which one document is searched for."""

_TABLE = 32
"""Documents of a table that is made empty in the time in which one posting is marked."""

_NO_SCORES = np.zeros(0)

_ROUNDING = 1e-6
"""What rounding may have taken from a code."""


class WordPostings:
    """The postings of a word in whatever inflection, in title or text."""

    def __init__(self, columns: Columns, stem: int, word: Word) -> None:
        self._columns = columns
        self._stem = stem
        self._word = word
        self._where = columns.postings(stem)
        self._codes = columns.codes[self._where]
        self._signs = columns.forms[self._where]
        self.size = len(self._codes)
        self._worth = rarity(len(columns), self.size) / 255

    @property
    def most(self) -> float:
        """What a posting is worth at most."""
        return self._worth * int(self._codes.max())

    @cached_property
    def documents(self) -> Array:
        """The documents of all postings, in order."""
        return self._columns.holders(self._stem)

    def documents_at(self, rows: Array) -> Array:
        """Return the documents of some rows, in order."""
        return self._columns.documents_at(self._stem, rows)

    def bounds(self, rows: Array | None = None) -> Array:
        """Return what postings, or those of some rows, are worth at most."""
        return np.asarray(self._worth * (self._codes if rows is None else self._codes[rows]))

    def rows_worth(self, least: float) -> Array:
        """Return the rows that may be worth `least` or more."""
        return (self._codes >= math.ceil(least / self._worth - _ROUNDING)).nonzero()[0]

    def highest(self, count: int) -> Array:
        """Return the rows with the highest bounds: `count` of them, more where they tie or it is cheaper."""
        return (self._codes >= reached(self._codes, count)).nonzero()[0]

    def look_up(self, documents: Array) -> tuple[Array, Array]:
        """Return which of some documents, in order, have the word, and what it is worth there at most, 0 elsewhere."""
        if len(documents) * _SEARCHED < self.size + len(self._columns) // _TABLE:
            there, rows = find_in_sorted(self.documents, documents)
            return there, self._worth * (self._codes.take(rows, mode="clip") * there)
        table = np.zeros(len(self._columns), np.uint8)
        table[self.documents] = self._codes
        codes = table.take(documents)
        return codes != 0, self._worth * codes

    def scores_of(self, documents: Array) -> tuple[Array, Array]:
        """Return which of some documents, in order, have the word, and the exact scores of these."""
        there, rows = find_in_sorted(self.documents, documents)
        rows = rows[there]
        return there, self.scores(rows) if len(rows) else _NO_SCORES

    def scores(self, rows: Array | None = None) -> Array:
        """Return the exact scores of postings: what they are worth at most, less what differs from the typed word."""
        codes, signs = (self._codes, self._signs) if rows is None else (self._codes[rows], self._signs[rows])
        kept, lost = self._columns.likeness(self._stem, self._word)
        scores = self._worth * (self._weights(kept, codes, signs, rows) if kept else codes)
        if lost:
            scores *= self._left(lost, signs, rows)
        return np.asarray(scores)

    def _weights(self, kept: Kept, codes: Array, signs: Array, rows: Array | None) -> Array:
        """Return what postings weigh, in 255ths, as the best kind of their words does."""
        weights: Array = codes * kept.left.take(signs)
        mixed = kept.mixed.take(signs).nonzero()[0]
        if len(mixed):
            weights[mixed] = self._best_kinds(kept, mixed if rows is None else rows[mixed])
        return weights

    def _best_kinds(self, kept: Kept, rows: Array) -> Array:
        """Return what postings with several kinds of words weigh: each kind counts the narrower ones too."""
        tokens = self._columns.tokens.of(self._where, rows)
        documents = self.documents_at(rows)
        *narrower, (_, left) = kept.kinds
        all_codes = self._codes[rows]
        best = left * all_codes  # the widest counts all
        counted = np.zeros(len(tokens.rows), bool)
        for ranks, left in narrower:
            if (left * all_codes <= best).all():
                break  # whatever it counts, and what the next ones do
            counted |= among(ranks, tokens.forms)
            codes = weigh(self._columns, tokens.rows[counted], tokens.positions[counted], documents)
            best = np.maximum(best, left * codes)
        return best

    def _left(self, lost: Lost, signs: Array, rows: Array | None) -> Array:
        """Return what is left of the scores of postings, given by their signs, after their losses."""
        left = lost.left.take(signs)
        if lost.doubtful is not None:
            doubtful = lost.doubtful.take(signs).nonzero()[0]
            if len(doubtful):
                left[doubtful] = self._left_by_tokens(lost, doubtful if rows is None else rows[doubtful])
        return left

    def _left_by_tokens(self, lost: Lost, rows: Array) -> Array:
        """Return what is left of the scores of some rows, by the forms that they hold."""
        tokens = self._columns.tokens.of(self._where, rows)
        result = np.ones(len(rows))
        for ranks, left in lost.losses:
            missing = np.ones(len(rows), bool)
            missing[tokens.rows[among(ranks, tokens.forms)]] = False
            result[missing] *= left
        return result


class FoundPostings:
    """Matches that were found whole, as if they were postings; their bounds are their scores."""

    def __init__(self, documents: Array, scores: Array) -> None:
        self.documents = documents
        self._scores = scores
        self.size = len(documents)

    @cached_property
    def most(self) -> float:
        """What a match is worth at most."""
        return float(self._scores.max(initial=0.0))

    def documents_at(self, rows: Array) -> Array:
        """Return the documents of some rows, in order."""
        return np.asarray(self.documents[rows])

    def bounds(self, rows: Array | None = None) -> Array:
        """Return the scores of all matches, or of some rows."""
        return self._scores if rows is None else self._scores[rows]

    scores = bounds

    def rows_worth(self, least: float) -> Array:
        """Return the rows that are worth `least` or more."""
        return (self._scores >= least).nonzero()[0]

    def highest(self, count: int) -> Array:
        """Return the rows with the highest scores: `count` of them, more where they tie or it is cheaper."""
        return (self._scores >= reached(self._scores, count)).nonzero()[0]

    def look_up(self, documents: Array) -> tuple[Array, Array]:
        """Return which of some documents, in order, are among the matches, and their scores, 0 elsewhere."""
        if not self.size:
            return np.zeros(len(documents), bool), np.zeros(len(documents))
        there, rows = find_in_sorted(self.documents, documents)
        return there, self._scores.take(rows, mode="clip") * there

    def scores_of(self, documents: Array) -> tuple[Array, Array]:
        """Return which of some documents, in order, are among the matches, and the scores of these."""
        there, rows = find_in_sorted(self.documents, documents)
        return there, self._scores[rows[there]]


def reached(values: Array, count: int) -> float:
    """Return what at least `count` of some values reach: the `count`-th highest, or a little less where it is cheaper.

    Long lists are dealt into columns: so many values reach the `count`-th of the columns' highest. Bytes are told by a
    byte, which they are compared with quickest.
    """
    columns = 4 * count
    if len(values) <= count:
        return 0
    if len(values) > 8 * columns:
        values = values[: len(values) // columns * columns].reshape(-1, columns).max(axis=0)
    least: float = np.partition(values, len(values) - count)[len(values) - count].item()
    return least


def find_in_sorted(table: Array, wanted: Array) -> tuple[Array, Array]:
    """Return which of `wanted` are in a sorted `table`, and where these are there; the places of others mean nothing.

    They may be one beyond the last.
    """
    if not len(table):
        return np.zeros(len(wanted), bool), np.zeros(len(wanted), np.int64)
    at = table.searchsorted(wanted)
    return table.take(at, mode="clip") == wanted, at


def among(ranks: Sequence[int], forms: Array) -> Array:
    """Return which of some forms, by their ranks, are wanted: quicker than np.isin, for ranks are few or small."""
    if len(ranks) == 1:
        return np.asarray(forms == ranks[0])
    wanted = np.zeros(max(forms.max(initial=0), *ranks, 0) + 1, bool)
    wanted[ranks] = True
    return np.asarray(wanted[forms])


def weigh(columns: Columns, rows: Array, positions: Array, documents: Array, field: str | None = None) -> Array:
    """Return the codes of occurrences in `field` (None: title and text), given by row in `documents` and position.

    There is one code for each document, 0 where nothing is.
    """
    title = np.bincount(rows, positions < columns.titles[documents[rows]], len(documents))
    text = np.bincount(rows, minlength=len(documents)) - title
    if field == "title":
        text = 0 * text
    elif field == "text":
        title = 0 * title
    codes = weight_codes(title / columns.title_norms[documents], text / columns.text_norms[documents])
    return codes * (title + text > 0)


def have_forms(columns: Columns, stem: int, ranks: Sequence[int], rows: Array | None = None) -> Array:
    """Return which postings of a stem, all or those of some rows, have one of some forms."""
    signs = columns.forms[columns.postings(stem)]
    signs = signs if rows is None else signs[rows]
    have = np.asarray(signs & early_signs(ranks) != 0)
    if max(ranks, default=0) >= LATE:
        doubtful = (~have & (signs >> LATE != 0)).nonzero()[0]
        tokens = columns.tokens.of(columns.postings(stem), doubtful if rows is None else rows[doubtful])
        have[doubtful[tokens.rows[among(ranks, tokens.forms)]]] = True
    return have
