"""Many documents at once: the chain's tokens as arrays, each distinct run of characters analysed once.

A text is cut into chunks where no rule of the chain looks across: at the blanks, save those inside a grouped
number and those after a lone elided word. The chain itself analyses a chunk the first time it is met; its tokens
are then a template, copied wherever the chunk comes back. French text repeats itself: 2.7 million chunks of 10,000
passages are 167,000 distinct ones.

The law: these tokens are exactly those of `analyse`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyse
from indexer.analysis.analysed import AnalysedDocuments, TokenColumns
from indexer.analysis.invisible import INVISIBLE
from indexer.analysis.segmentation import PARAGRAPH_BREAK
from indexer.analysis.token import Forms, Token
from indexer.document import FIELDS, Document

# Where a text may be cut: at the blanks and the signs around them, so that « mot », « mot. » and « (mot » are one
# chunk. Not between two digits (12 000), not after a lone elided word (l avion), the hyphen of a cut word, the last
# letter of a dotted acronym or an abbreviated month, which keep their dot.
_CUT = re.compile(
    r"((?=[\s.,;:!?…»”)\]])(?<![-\u2010\u00ac])(?<!\.[A-ZÀ-ÖØ-Þ])(?<!sept\.)"
    r"(?<!j[aàâäáãå][nñ]v)(?<!f[eéèêë]vr)(?<!f[eéèêë]v)(?<![aàâäáãå]vr)(?<!j[uùûüú][iîïí]l)(?<![oôöóõ][cç]t)(?<![nñ][oôöóõ]v)(?<!d[eéèêë][cç])(?<!sept)"
    r"(?<!\bl)(?<!\bd)(?<!\bqu)(?<!\bjusqu)(?<!\blorsqu)(?<!\bpuisqu)"
    r"(?:[.,;:!?…»”)\]]+\s[\s;:!?»”«“\"(\[—–]*|(?<!\d)\s[\s;:!?»”«“\"(\[—–]*|\s[\s;:!?»”«“\"(\[—–]*(?!\d)))"
)

_FORGET = 2_000_000
"""Distinct chunks after which a memory starts afresh, so that no corpus can fill the machine."""

_BREAK = 0
"""The number of the chunk that stands for a paragraph break."""


class Memory:
    """What was analysed before: distinct chunks with the tokens they gave. One per process; not for two threads."""

    def __init__(self) -> None:
        self._forget()

    def analyse_documents(self, documents: Sequence[Document]) -> AnalysedDocuments:
        """Return the documents with the tokens of all their fields."""
        if len(self.chunks) > _FORGET:
            self._forget()
        fields = {name: self._field([getattr(document, name) for document in documents]) for name in FIELDS}
        return _with_own_vocabulary(tuple(documents), list(self.words), fields)

    def _forget(self) -> None:
        self.words: dict[Forms, int] = {}
        self.chunks = _Chunks(self)

    def word(self, forms: Forms) -> int:
        """Return the number of a word, a new one the first time."""
        return self.words.setdefault(forms, len(self.words))

    def _field(self, texts: Sequence[str]) -> TokenColumns:
        """Return the tokens of one field, words numbered as this memory does."""
        numbers: list[int] = []
        lengths: list[int] = []
        counts = [self._cut(text, numbers, lengths) for text in texts]
        return self.chunks.expand(np.array(numbers, np.int64), np.array(lengths, np.int64), np.array(counts, np.int64))

    def _cut(self, text: str, numbers: list[int], lengths: list[int]) -> int:
        """Append the chunks of a text: their numbers, and the characters each takes with the blanks after it."""
        before = len(numbers)
        if not (text.isascii() or (unicodedata.is_normalized("NFC", text) and not INVISIBLE.search(text))):
            numbers.append(self.chunks.whole(text))
            lengths.append(len(text))
            return 1
        chunks = self.chunks
        for at, paragraph in enumerate(text.split(PARAGRAPH_BREAK)):
            if at:
                numbers.append(_BREAK)
                lengths.append(len(PARAGRAPH_BREAK))
            parts = _CUT.split(paragraph)
            sizes = [*map(len, parts), 0]
            numbers.extend([chunks[part] for part in parts[::2]])
            lengths.extend(map(int.__add__, sizes[::2], sizes[1::2]))
        return len(numbers) - before


class _Chunks(dict[str, int]):
    """Chunk -> its number, analysed the first time; the tokens of all chunks lie end to end in arrays."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._words, self._starts, self._ends, self._positions = (array("I") for _ in range(4))
        self._bounds = array("q", [0])
        self._spans = array("I")
        self._append((), 1)  # the paragraph break: no token, one position

    def __missing__(self, chunk: str) -> int:
        tokens = analyse(chunk)
        number = self[chunk] = self._append(tokens, _span(tokens))
        return number

    def whole(self, text: str) -> int:
        """Return the number of a text analysed in one piece and not remembered by its characters."""
        tokens = analyse(text)
        return self._append(tokens, _span(tokens))

    def expand(self, numbers: NDArray[np.int64], lengths: NDArray[np.int64], counts: NDArray[np.int64]) -> TokenColumns:
        """Return the tokens of texts given as chunks: `numbers` and `lengths` of chunks, `counts` of chunks a text."""
        bounds = np.frombuffer(self._bounds, np.int64)
        spans = np.frombuffer(self._spans, np.uint32)
        texts = np.concatenate([[0], np.cumsum(counts)])
        tokens = (bounds[numbers + 1] - bounds[numbers]) if len(numbers) else np.zeros(0, np.int64)
        rows = np.repeat(bounds[numbers] - _before(tokens), tokens) + np.arange(tokens.sum())
        offsets = _within(_before(lengths), texts, counts)
        places = _within(_before(spans[numbers].astype(np.int64)), texts, counts)
        taken = np.add.reduceat(np.append(spans[numbers], 0).astype(np.int64), texts[:-1]) if len(counts) else places
        taken = np.where(counts > 0, taken, 0)
        shift = np.repeat(offsets, tokens).astype(np.uint32)
        return TokenColumns(
            words=np.frombuffer(self._words, np.uint32)[rows],
            starts=np.frombuffer(self._starts, np.uint32)[rows] + shift,
            ends=np.frombuffer(self._ends, np.uint32)[rows] + shift,
            positions=np.frombuffer(self._positions, np.uint32)[rows] + np.repeat(places, tokens).astype(np.uint32),
            bounds=np.concatenate([[0], np.cumsum(tokens)])[texts],
            lengths=taken.astype(np.uint32),
        )

    def _append(self, tokens: Sequence[Token], span: int) -> int:
        """Keep the tokens of a chunk and the positions it takes; return its number."""
        for forms, start, end, position in tokens:
            self._words.append(self._memory.word(forms))
            self._starts.append(start)
            self._ends.append(end)
            self._positions.append(position)
        self._bounds.append(len(self._words))
        self._spans.append(span)
        return len(self._spans) - 1


def _span(tokens: Sequence[Token]) -> int:
    """Return the positions that the tokens of a chunk take."""
    return tokens[-1].position + 1 if tokens else 0


def _before(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the sum of all the counts before each."""
    return np.cumsum(counts) - counts


def _within(totals: NDArray[np.int64], texts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return running totals over all texts as totals within each text; `texts` are the bounds, `counts` the sizes."""
    starts = np.append(totals, 0)[np.minimum(texts[:-1], len(totals))]
    return np.asarray(totals - np.repeat(starts, counts))


def _with_own_vocabulary(
    documents: tuple[Document, ...], words: Sequence[Forms], fields: dict[str, TokenColumns]
) -> AnalysedDocuments:
    """Return the documents with a vocabulary of the words they use and no other."""
    used = np.zeros(len(words), bool)
    for columns in fields.values():
        used[columns.words] = True
    numbers = np.flatnonzero(used)
    renumbered = np.zeros(len(words), np.uint32)
    renumbered[numbers] = np.arange(len(numbers), dtype=np.uint32)
    own = {name: replace(columns, words=renumbered[columns.words]) for name, columns in fields.items()}
    return AnalysedDocuments(documents, tuple(words[number] for number in numbers.tolist()), own)
