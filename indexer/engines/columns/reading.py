"""Reading: where exactly the leaves of a query stand in a document, from the tokens kept; nothing is analysed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from indexer.engines.columns.evaluation import names_match
from indexer.engines.columns.layout import Array
from indexer.engines.columns.reader import Columns
from indexer.engines.engine import Place, Reading
from indexer.engines.scoring import same_in
from indexer.query.syntax import Leaf, Phrase, Prefix, Word, fields_of


class Reader:
    """Reads documents for the leaves of one query."""

    def __init__(self, columns: Columns, leaves: Sequence[Leaf]) -> None:
        self._columns = columns
        self._leaves = leaves
        self._terms = [list(self._terms_of(leaf)) for leaf in leaves]

    def read(self, number: int) -> Reading:
        """Return document `number` and the places of all the leaves."""
        columns = self._columns
        found = [(leaf, *place) for leaf in range(len(self._leaves)) for place in self._positions(leaf, number)]
        places = {}
        for name in ("title", "text"):
            starts, ends, first = columns.spans(number, name)
            inside = [item for item in found if item[0] in self._in_field(name) and 0 <= item[1] - first < len(starts)]
            places[name] = tuple(
                Place(int(starts[low - first]), int(ends[high - first]), leaf) for leaf, low, high in inside
            )
        return Reading(columns.records[number], columns.word_count(number), places, self._named(number))

    def _in_field(self, name: str) -> set[int]:
        return {number for number, leaf in enumerate(self._leaves) if name in fields_of(leaf)}

    def _named(self, number: int) -> frozenset[int]:
        """Return the leaves that the author or the source of a document answers."""
        columns = self._columns
        return frozenset(
            at
            for at, leaf in enumerate(self._leaves)
            for name in set(fields_of(leaf)) & set(columns.names)
            if names_match(leaf, columns.names[name][int(columns.name_numbers[name][number])][1])
        )

    def _terms_of(self, leaf: Leaf) -> Iterator[tuple[int, list[int]]]:
        """Yield the stems of a leaf with the ranks of their forms that count: one for each word of a phrase."""
        columns = self._columns
        match leaf:
            case Word(_, forms, form):
                words = [(forms, form)]
            case Phrase(_, inner, form):
                words = [(forms, form) for forms in inner]
            case Prefix(_, folded):
                stems, ranks = columns.forms_with_prefix(folded)
                for stem in np.unique(stems).tolist():
                    yield stem, ranks[stems == stem].tolist()
                return
        for forms, form in words:
            stem = columns.stems.find(forms.stem.encode())
            yield stem, columns.form_ranks(stem, partial(same_in, form, forms)) if stem >= 0 else []

    def _positions(self, leaf: int, number: int) -> Iterator[tuple[int, int]]:
        """Yield the first and last stream position of each occurrence of a leaf."""
        terms = self._terms[leaf]
        match self._leaves[leaf]:
            case Phrase(lead=lead):
                runs = [set(self._term_positions(*term, number).tolist()) for term in terms]
                for start in sorted(runs[0]):
                    if all(start + step in run for step, run in enumerate(runs)):
                        yield start + lead, start + len(runs) - 1
            case _:
                for term in terms:
                    for position in self._term_positions(*term, number).tolist():
                        yield position, position

    def _term_positions(self, stem: int, ranks: list[int], number: int) -> Array:
        """Return where a document has some forms of a stem."""
        row = self._columns.row_of(stem, number) if stem >= 0 else -1
        if row < 0:
            return np.zeros(0, np.int64)
        tokens = self._columns.tokens_of(stem, np.array([row]))
        return tokens.positions[np.isin(tokens.forms, ranks)]
