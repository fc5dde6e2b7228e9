"""Reading: where exactly the leaves of a query stand in a document, from the tokens kept; nothing is analysed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from indexer.analysis.token import Forms
from indexer.engines.columns.evaluation import names_match
from indexer.engines.columns.reader import Columns
from indexer.engines.engine import Place, Reading
from indexer.engines.scoring import same_in
from indexer.query.syntax import Leaf, Phrase, Prefix, Word, fields_of

Terms = list[tuple[int, list[int]]]
"""Stems, each with the ranks of its forms that count."""


class Reader:
    """Reads some documents, given by their numbers, for the leaves of one query."""

    def __init__(self, columns: Columns, leaves: Sequence[Leaf], numbers: Sequence[int]) -> None:
        self._columns = columns
        self._leaves = leaves
        self._terms = [self._terms_of(leaf) for leaf in leaves]
        self._wanted = {
            name: {at for at, leaf in enumerate(leaves) if name in fields_of(leaf)} for name in ("title", "text")
        }
        self._completions = {
            at: self._completions_of(leaf.folded, numbers) for at, leaf in enumerate(leaves) if isinstance(leaf, Prefix)
        }

    def read(self, number: int) -> Reading:
        """Return document `number` and the places of all the leaves."""
        columns = self._columns
        found = [(leaf, *place) for leaf in range(len(self._leaves)) for place in self._positions(leaf, number)]
        places = {}
        for name, wanted in self._wanted.items():
            starts, ends, first = columns.spans(number, name)
            inside = [item for item in found if item[0] in wanted and 0 <= item[1] - first < len(starts)]
            places[name] = tuple(
                Place(int(starts[low - first]), int(ends[high - first]), leaf) for leaf, low, high in inside
            )
        return Reading(columns.records[number], columns.word_count(number), places, self._named(number))

    def _named(self, number: int) -> frozenset[int]:
        """Return the leaves that the author or the source of a document answers."""
        columns = self._columns
        return frozenset(
            at
            for at, leaf in enumerate(self._leaves)
            for name in set(fields_of(leaf)) & set(columns.names)
            if names_match(leaf, columns.names[name][int(columns.name_numbers[name][number])][1])
        )

    def _terms_of(self, leaf: Leaf) -> Terms:
        """Return the terms of a leaf, one for each of its words; a prefix has its own for each document."""
        columns = self._columns
        match leaf:
            case Word(_, forms, form):
                words: tuple[Forms, ...] = (forms,)
            case Phrase(_, words, form):
                pass
            case Prefix():
                return []
        stems = [columns.stems.find(word.stem.encode()) for word in words]
        return [
            (stem, columns.form_ranks(stem, partial(same_in, form, word)) if stem >= 0 else [])
            for stem, word in zip(stems, words, strict=True)
        ]

    def _completions_of(self, prefix: str, numbers: Sequence[int]) -> dict[int, Terms]:
        """Return, for each document, the terms it has that start with a prefix: few of the many there may be."""
        columns = self._columns
        stems, ranks = columns.forms_with_prefix(prefix)
        distinct = np.unique(stems)
        _, documents, owners = columns.postings_of_stems(distinct)
        kept = np.isin(documents, numbers)
        terms: dict[int, Terms] = {number: [] for number in numbers}
        for number, owner in zip(documents[kept].tolist(), owners[kept].tolist(), strict=True):
            terms[number].append((int(distinct[owner]), ranks[stems == distinct[owner]].tolist()))
        return terms

    def _positions(self, leaf: int, number: int) -> Iterator[tuple[int, int]]:
        """Yield the first and last stream position of each occurrence of a leaf."""
        terms = self._completions[leaf][number] if leaf in self._completions else self._terms[leaf]
        match self._leaves[leaf]:
            case Phrase(lead=lead):
                runs = [set(self._term_positions(*term, number)) for term in terms]
                for start in sorted(runs[0]):
                    if all(start + step in run for step, run in enumerate(runs)):
                        yield start + lead, start + len(runs) - 1
            case _:
                for term in terms:
                    for position in self._term_positions(*term, number):
                        yield position, position

    def _term_positions(self, stem: int, ranks: list[int], number: int) -> list[int]:
        """Return where a document has some forms of a stem."""
        row = self._columns.row_of(stem, number) if stem >= 0 else -1
        if row < 0:
            return []
        tokens = self._columns.tokens_of(stem, np.array([row]))
        met = zip(tokens.positions.tolist(), tokens.forms.tolist(), strict=True)
        return [position for position, form in met if form in ranks]
