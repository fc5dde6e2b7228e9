"""Many documents at once: the chain's tokens as arrays, each distinct chunk analysed once.

Texts are cut into chunks (see chunks.py). The chain itself analyses a chunk the first time it is met; its tokens are
then a template, copied wherever the chunk comes back. French text repeats itself: the 27 million chunks of 100,000
passages are 400,000 distinct ones.

The law: these tokens are exactly those of `analyse`. It rests on two facts: `analyse` makes every template, and no rule
of the chain takes together what was cut apart (see ACROSS).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import FRENCH, MAX_TERM, analyse, elisions, forms_of, line_breaks, lone_word, segmentation
from indexer.analysis.analysed import AnalysedDocuments, TokenColumns
from indexer.analysis.chunk_table import ChunkTable
from indexer.analysis.chunks import Chunks, cut_texts
from indexer.analysis.mapped_text import MappedText
from indexer.analysis.token import Forms
from indexer.document import FIELDS, Document

ACROSS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    segmentation.ACROSS,
    line_breaks.ACROSS,
    elisions.ACROSS,
)
"""For each rule that looks beyond a blank: how what stands before the blank ends, and how what stands after it begins,
when the rule may take both together: the latter by its first character alone. At most eight, for each is a bit. They
are searched for in chunks whose characters are rewritten. A pattern that says too much costs time; one that says too
little changes tokens."""
_BITS = [(1 << number, rule) for number, rule in enumerate(ACROSS)]
_ENDS = re.compile("|".join(end.pattern for end, _ in ACROSS))

_PLAIN = re.compile("[\0-\x7fà-öø-ÿ]*")
"""Characters that are never rewritten (but the grave accent, which stands for no letter either way)."""

_FORGET = 1_000_000
"""Tokens of distinct chunks after which a memory starts afresh (some 300 MB), so that no corpus fills the machine."""

Numbers = NDArray[np.int64]


class Memory:
    """What was analysed before: distinct chunks with the tokens they gave. One per process; not for two threads."""

    def __init__(self) -> None:
        self._forget()

    def analyse_documents(self, documents: Sequence[Document]) -> AnalysedDocuments:
        """Return the documents with the tokens of all their fields."""
        if self._known.tokens > _FORGET:
            self._forget()
        columns = self._columns([getattr(document, name) for name in FIELDS for document in documents])
        size = len(documents)
        fields = {name: columns.of_texts(at * size, (at + 1) * size) for at, name in enumerate(FIELDS)}
        return AnalysedDocuments(tuple(documents), self._known.vocabulary, fields)

    def _forget(self) -> None:
        self._known = _Templates()
        self._table = ChunkTable(self._known.__getitem__)

    def _columns(self, texts: Sequence[str]) -> TokenColumns:
        """Return the tokens of texts, words numbered as this memory does."""
        chunks = cut_texts(texts)
        numbers = self._table.numbers(chunks)
        together = self._known.may_join(numbers)
        for apart in (chunks.bounds, chunks.breaks):
            together[apart[apart < len(together)]] = False
        firsts = np.flatnonzero(~together)
        chunks, numbers = chunks.joined(firsts), numbers[firsts]
        for at in np.flatnonzero(np.diff(firsts, append=len(together)) > 1).tolist():
            numbers[at] = self._known[chunks[at]]
        return self._known.expand(numbers, chunks)


class _Templates(dict[str, int]):
    """Chunk -> its number, analysed the first time; the tokens of all of them lie end to end in an array."""

    def __init__(self) -> None:
        super().__init__()
        self.vocabulary: list[Forms] = []
        self._numbers: dict[Forms, int] = {}
        self._rows = array("I")  # word, start, end, position of each token: found with one look at memory
        self._bounds, self._spans = array("q", [0]), array("q")
        self._joins_next, self._joins_previous = array("B"), array("B")

    @property
    def tokens(self) -> int:
        """How many tokens the templates have."""
        return self._bounds[-1]

    def __missing__(self, chunk: str) -> int:
        word = lone_word(chunk)
        if word and len(word) < len(chunk):  # with its full stops it has the same token, and nothing joins it
            number = self[word]
        elif word:
            self._rows.extend((self._number(forms_of(word[:MAX_TERM])), 0, len(word), 0))
            number = self._end(1, 1, word)
        else:
            tokens = analyse(chunk)
            for forms, start, end, position in tokens:
                self._rows.extend((self._number(forms), start, end, position))
            read = chunk if _PLAIN.fullmatch(chunk) else _rewritten(chunk)
            number = self._end(len(tokens), tokens[-1].position + 1 if tokens else 0, read)
        self[chunk] = number
        return number

    def _end(self, tokens: int, span: int, read: str) -> int:
        """Note what a chunk is besides its tokens: how many, the positions it takes, how rules read it."""
        self._bounds.append(self._bounds[-1] + tokens)
        self._joins_next.append(sum(bit for bit, (end, _) in _BITS if end.search(read)) if _ENDS.search(read) else 0)
        self._joins_previous.append(_joins_previous(read[:1]))
        self._spans.append(span)
        return len(self._spans) - 1

    def _number(self, forms: Forms) -> int:
        """Return the number of a word, a new one the first time."""
        number = self._numbers.setdefault(forms, len(self.vocabulary))
        if number == len(self.vocabulary):
            self.vocabulary.append(forms)
        return number

    def may_join(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Return which chunks a rule may take together with the one before."""
        joined = np.zeros(len(numbers), bool)
        left = np.frombuffer(self._joins_next, np.uint8)[numbers[:-1]]
        joined[1:] = left & np.frombuffer(self._joins_previous, np.uint8)[numbers[1:]]
        return joined

    def expand(self, numbers: Numbers, chunks: Chunks) -> TokenColumns:
        """Return the tokens of texts given as chunks, and these by their numbers."""
        bounds = np.frombuffer(self._bounds, np.int64)
        first = bounds[numbers]
        counts = bounds[numbers + 1] - first
        totals = _totals(counts)
        rows = np.repeat(first - totals[:-1], counts) + np.arange(totals[-1])
        tokens = np.frombuffer(self._rows, np.uint32).reshape(-1, 4).take(rows, axis=0)
        breaks = _totals(np.bincount(chunks.breaks, minlength=len(numbers) + 1))[1:]
        places = _totals(np.frombuffer(self._spans, np.int64)[numbers])
        text_places = places[chunks.bounds] + chunks.break_bounds
        sizes = np.diff(chunks.bounds)
        shift = np.repeat((chunks.starts - np.repeat(chunks.texts[:-1], sizes)).astype(np.uint32), counts)
        places = (places + breaks)[:-1] - np.repeat(text_places[:-1], sizes)
        return TokenColumns(
            words=tokens[:, 0].copy(),
            starts=tokens[:, 1] + shift,
            ends=tokens[:, 2] + shift,
            positions=tokens[:, 3] + np.repeat(places.astype(np.uint32), counts),
            bounds=totals[chunks.bounds],
            lengths=np.diff(text_places).astype(np.uint32),
        )


@cache
def _joins_previous(first: str) -> int:
    """Return the rules, as bits, that may take a chunk with this first character together with the one before."""
    return sum(bit for bit, (_, begin) in _BITS if begin.match(first))


def _rewritten(chunk: str) -> str:
    """Return a chunk as the rules that find words see it."""
    mapped = MappedText(chunk)
    for rewrite in FRENCH.characters:
        mapped = rewrite(mapped)
    return mapped.text


def _totals(counts: Numbers) -> Numbers:
    """Return the sum of all the counts before each, and that of all at the end."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
