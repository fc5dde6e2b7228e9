"""Analysed documents: what the rebuild corridor hands to an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.token import Forms, Token
from indexer.document import Document


@dataclass(frozen=True)
class TokenColumns:
    """The tokens of one field of several documents, as parallel arrays: one element a token, documents in order.

    `words` are numbers in the vocabulary, `starts` and `ends` code point offsets in the document's field,
    `positions` count its words (see Token). ``bounds[i]:bounds[i + 1]`` are the tokens of document i, and
    ``lengths[i]`` the positions it takes, paragraph gaps included. Integers without sign have 32 bits or fewer.
    """

    words: NDArray[np.uint32]
    starts: NDArray[np.unsignedinteger]
    ends: NDArray[np.unsignedinteger]
    positions: NDArray[np.unsignedinteger]
    bounds: NDArray[np.int64]
    lengths: NDArray[np.uint32]

    def only(self, kept: NDArray[np.bool_]) -> TokenColumns:
        """Return the tokens of some of the texts: those for which `kept` is true."""
        sizes = np.diff(self.bounds)
        tokens = np.repeat(kept, sizes)
        return TokenColumns(
            words=self.words[tokens],
            starts=self.starts[tokens],
            ends=self.ends[tokens],
            positions=self.positions[tokens],
            bounds=np.append(0, np.cumsum(sizes[kept])),
            lengths=self.lengths[kept],
        )

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

    `vocabulary` holds the words of these documents, each once. It may hold others, be that of other documents too, and
    grow at its end when more are analysed: no word ever has another number.
    """

    documents: tuple[Document, ...]
    vocabulary: Sequence[Forms]
    fields: Mapping[str, TokenColumns]

    def only(self, kept: Sequence[bool]) -> AnalysedDocuments:
        """Return some of the documents: those for which `kept` is true."""
        fields = {name: columns.only(np.array(kept, bool)) for name, columns in self.fields.items()}
        return AnalysedDocuments(tuple(compress(self.documents, kept)), self.vocabulary, fields)

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
