"""Reading: where exactly the leaves of a query stand in documents, from the tokens kept; nothing is analysed again.

All the documents of a page are read at once, as arrays: the postings that may matter, their tokens, what each kind of
leaf makes of these, the characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from indexer.analysis.token import Form, Forms
from indexer.engines.columns.layout import Array
from indexer.engines.columns.names import names_match
from indexer.engines.columns.occurrences import near_each_other
from indexer.engines.columns.offsets import Offsets
from indexer.engines.columns.postings import among, find_in_sorted
from indexer.engines.columns.reader import Columns
from indexer.engines.engine import Place, Reading
from indexer.query.syntax import Family, Leaf, Near, Phrase, Word, fields_of, operands_of

_ROW_SHIFT = 32
_POSITION = (1 << _ROW_SHIFT) - 1
"""A token as one number: the row of its document, then its position in the stream."""

_FAR = 1 << 31
"""More than any two words of a document are apart."""

_NONE = np.zeros(0, np.int64)

Runs = tuple[Array, Array]
"""Occurrences: their first and their last tokens."""


class Step(NamedTuple):
    """What may stand at one step of a leaf: one word of a phrase, any of the words of a family.

    `places` are the postings to look at, `rows` the document (its row) of each. `counting` tells which of their tokens
    count, from the posting and the form of each; None: all.
    """

    places: Array
    rows: Array
    counting: Callable[[Array, Array], Array] | None = None


class Reader:
    """Reads some documents, given by their numbers, for the leaves of one query. Rows count the documents from 0."""

    def __init__(self, columns: Columns, leaves: Sequence[Leaf], numbers: Sequence[int]) -> None:
        self._columns = columns
        self._leaves = leaves
        self._numbers = numbers
        self._titles = columns.titles[np.array(numbers, np.int64)]
        self._in_names = [
            (at, leaf, name)
            for at, leaf in enumerate(leaves)
            for name in fields_of(leaf)
            if name in columns.names and not isinstance(leaf, Near)
        ]

    def read(self) -> tuple[Reading, ...]:
        """Return the documents, each with the places of all the leaves."""
        offsets = Offsets(self._columns, self._numbers)
        places = self._places(offsets)
        return tuple(
            Reading(
                document,
                offsets.words[row],
                {"title": places[2 * row], "text": places[2 * row + 1]},
                self._named(self._numbers[row]) if self._in_names else frozenset(),
            )
            for row, document in enumerate(self._columns.records.some(self._numbers))
        )

    def _named(self, number: int) -> frozenset[int]:
        """Return the leaves that the author or the source of a document answers."""
        columns = self._columns
        return frozenset(
            at
            for at, leaf, name in self._in_names
            if names_match(leaf, columns.names[name].words[int(columns.name_numbers[name][number])])
        )

    def _places(self, offsets: Offsets) -> list[tuple[Place, ...]]:
        """Return the places in each field: the title of the first document, its text, the title of the second..."""
        leaves, firsts, lasts = self._occurrences()
        in_text = (firsts & _POSITION) > self._titles[firsts >> _ROW_SHIFT]
        if any(leaf.field for leaf in self._leaves):
            wanted = np.array([[name in fields_of(leaf) for name in ("title", "text")] for leaf in self._leaves])
            kept = wanted[leaves, in_text.astype(np.int64)]
            leaves, firsts, lasts, in_text = leaves[kept], firsts[kept], lasts[kept], in_text[kept]
        fields = 2 * (firsts >> _ROW_SHIFT) + in_text
        order = fields.argsort(kind="stable")
        fields, firsts, lasts = fields[order], firsts[order], lasts[order]
        streams = offsets.streams[fields >> 1]
        starts = offsets.starts[streams + (firsts & _POSITION)].tolist()
        ends = offsets.ends[streams + (lasts & _POSITION)].tolist()
        places = list(map(Place, starts, ends, leaves[order].tolist()))
        bounds = fields.searchsorted(np.arange(2 * len(self._numbers) + 1)).tolist()
        return [tuple(places[first:last]) for first, last in pairwise(bounds)]

    def _occurrences(self) -> tuple[Array, Array, Array]:
        """Return the occurrences of all the leaves: which leaf, the first and the last token of each."""
        steps = [self._steps(leaf) for leaf in self._leaves]
        keys = iter(self._keys([step for of_leaf in steps for step in of_leaf]))
        runs = [self._runs(leaf, keys) for leaf in self._leaves]
        if not runs:
            return _NONE, _NONE, _NONE
        leaves = np.arange(len(runs)).repeat([len(first) for first, _ in runs])
        firsts, lasts = map(_joined, zip(*runs, strict=True))
        return leaves, firsts, lasts

    def _keys(self, steps: Sequence[Step]) -> list[Array]:
        """Return the tokens that may stand at each step, in order, each as one number: row and stream position."""
        if not steps:
            return []
        tokens, own = self._columns.tokens.of_lists([step.places for step in steps])
        keys = _joined([step.rows for step in steps])[tokens.rows] << _ROW_SHIFT | tokens.positions
        starts = [0, *accumulate(len(step.places) for step in steps)]
        found = []
        for step, start, where in zip(steps, starts, own, strict=False):
            standing = keys[where]
            if step.counting:
                standing = standing[step.counting(tokens.rows[where] - start, tokens.forms[where])]
            found.append(np.sort(standing))
        return found

    def _steps(self, leaf: Leaf) -> list[Step]:
        """Return the steps of a leaf."""
        match leaf:
            case Near():
                return [step for operand in operands_of(leaf) for step in self._steps(operand)]
            case Word(_, forms, form):
                return [self._word(forms, form)]
            case Phrase():
                return [self._word(forms, form) for form, forms in leaf.asked]
            case family:
                return [self._members(family)]

    def _runs(self, leaf: Leaf, keys: Iterator[Array]) -> Runs:
        """Return the first and the last token of each occurrence of a leaf, from the next tokens at its steps."""
        match leaf:
            case Near():
                left, right = (self._runs(operand, keys) for operand in operands_of(leaf))
                return self._near(leaf, left, right)
            case Phrase(words=words, lead=lead):
                found = [next(keys) for _ in words]
                starts = found[0]
                for step, tokens in enumerate(found):
                    starts = starts[find_in_sorted(tokens - step, starts)[0]]
                return starts + lead, starts + len(words) - 1
            case _:
                tokens = next(keys)
                return tokens, tokens

    def _near(self, near: Near, left: Runs, right: Runs) -> Runs:
        """Return the occurrences that have one of the other operand's near them, in the same field."""
        kept = near_each_other(self._apart(left), self._apart(right), near.distance, ordered=near.ordered)
        firsts, lasts = (np.concatenate([left[end][kept[0]], right[end][kept[1]]]) for end in (0, 1))
        # What both operands are found to be, whole, is there once.
        _, once = np.unique(np.stack([firsts, lasts]), axis=1, return_index=True)
        return firsts[once], lasts[once]

    def _apart(self, runs: Runs) -> Runs:
        """Return occurrences with those of texts far from those of titles."""
        firsts, lasts = runs
        titles = self._titles[firsts >> _ROW_SHIFT]
        aside = ((firsts & _POSITION) > titles) * _FAR
        return firsts + aside, lasts + aside

    def _word(self, word: Forms, form: Form) -> Step:
        """Return a step at which one word stands, in a form."""
        columns = self._columns
        stem = columns.stems.find(word.stem.encode())
        if stem < 0:
            return Step(_NONE, _NONE)
        places, rows = (np.array(found, np.int64) for found in columns.places_in(stem, self._numbers))
        if form is Form.STEM:
            return Step(places, rows)
        ranks = columns.ranks_of(stem, form, word)
        return Step(places, rows, lambda _, forms: among(ranks, forms))

    def _members(self, family: Family) -> Step:
        """Return a step at which any word of a family stands: in some documents few of the many there may be."""
        columns = self._columns
        stems, ranks = columns.forms_of_family(family)
        places, rows, owners = columns.places_among(np.unique(stems), self._numbers)
        wanted = np.sort(columns.form_numbers(stems, ranks))
        return Step(places, rows, lambda at, forms: find_in_sorted(wanted, columns.form_numbers(owners[at], forms))[0])


def _joined(arrays: Sequence[Array]) -> Array:
    """Return arrays as one."""
    return np.concatenate(arrays) if len(arrays) > 1 else arrays[0]
