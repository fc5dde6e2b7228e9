"""Analysed documents: what the rebuild corridor hands to an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.token import Forms, Token
from indexer.document import Document


@dataclass(frozen=True)
class TokenColumns:
    """The tokens of one field of several documents, as parallel arrays: one element a token, documents in order.

    `words` are numbers in the vocabulary, `starts` and `ends` code point offsets in the document's field,
    `positions` count its words (see Token). ``bounds[i]:bounds[i + 1]`` are the tokens of document i, and
    ``lengths[i]`` the positions it takes, paragraph gaps included.
    """

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    lengths: NDArray[np.uint32]

    def of_texts(self, first: int, last: int) -> TokenColumns:
        """Return the tokens of the texts `first` to `last`."""
        tokens = slice(self.bounds[first], self.bounds[last])
        return TokenColumns(
            words=self.words[tokens],
            starts=self.starts[tokens],
            ends=self.ends[tokens],
            positions=self.positions[tokens],
            bounds=self.bounds[first : last + 1] - self.bounds[first],
            lengths=self.lengths[first:last],
        )


@dataclass(frozen=True)
class AnalysedDocuments:
    """Some documents and the tokens of their searchable fields (keys: FIELDS).

    `vocabulary` holds the distinct words of these documents, in no particular order.
    """

    documents: tuple[Document, ...]
    vocabulary: tuple[Forms, ...]
    fields: Mapping[str, TokenColumns]

    def tokens(self, number: int, field: str) -> Iterator[Token]:
        """Yield the tokens of a field of document `number`."""
        columns = self.fields[field]
        here = slice(columns.bounds[number], columns.bounds[number + 1])
        rows = zip(
            columns.words[here].tolist(),
            columns.starts[here].tolist(),
            columns.ends[here].tolist(),
            columns.positions[here].tolist(),
            strict=True,
        )
        for word, start, end, position in rows:
            yield Token(self.vocabulary[word], start, end, position)
