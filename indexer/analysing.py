"""Reading and analysing many articles: in this process, or spread over several when there is enough to do."""

from __future__ import annotations

import os
import signal
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context

import numpy as np

from indexer.analysis.analysed import AnalysedDocuments, TokenColumns
from indexer.analysis.columns import Memory
from indexer.analysis.token import Forms
from indexer.document import Document
from indexer.readers import Failure, RawArticle, read_article

_AHEAD = 2
"""Batches that wait for each process: enough to keep it busy, few enough for the memory."""

Raw = Sequence[RawArticle | Failure]
"""A batch of articles as they were opened, in order."""


@dataclass(frozen=True)
class Batch:
    """What came of a batch: each article's document, or the reason that there is none; and the documents, analysed."""

    read: tuple[Document | Failure, ...]
    analysed: AnalysedDocuments


def analyse_batches(batches: Iterable[Raw], processes: int = 1) -> Iterator[Batch]:
    """Yield what comes of the batches, in order, by up to `processes` processes.

    Other processes are started afresh (« spawn »), so that no lock or thread of the caller is copied into them.
    """
    if processes > 1:
        yield from _spread(iter(batches), processes)
    else:
        memory = Memory()
        for batch in batches:
            yield _read(batch, memory)


def _read(raw: Raw, memory: Memory) -> Batch:
    read = tuple(article if isinstance(article, Failure) else read_article(article) for article in raw)
    return Batch(read, memory.analyse_documents([document for document in read if isinstance(document, Document)]))


def _spread(batches: Iterator[Raw], processes: int) -> Iterator[Batch]:
    """Yield what comes of the batches in order, each read by the next free process."""
    vocabulary = _SharedVocabulary()
    with ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts_to_the_parent) as pool:
        waiting: deque[Future[_Told]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_tell, batch))
                if len(waiting) > _AHEAD * processes:
                    yield vocabulary.batch(waiting.popleft().result())
            while waiting:
                yield vocabulary.batch(waiting.popleft().result())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class _Told:
    """What a process tells of a batch: `words` are those of its vocabulary that it has not told before.

    A vocabulary has the number of the process, and its own within it: a memory that was full has started another.
    """

    batch: Batch
    process: int
    vocabulary: int
    words: Sequence[Forms]


class _Teller:
    """Reads and analyses in a process of its own, remembers what it has met, and tells each word once."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._vocabulary: Sequence[Forms] = ()
        self._number = 0
        self._told = 0

    def tell(self, raw: Raw) -> _Told:
        """Read and analyse a batch."""
        batch = _read(raw, self._memory)
        if batch.analysed.vocabulary is not self._vocabulary:
            self._vocabulary, self._told, self._number = batch.analysed.vocabulary, 0, self._number + 1
        words = self._vocabulary[self._told :]
        self._told += len(words)
        fields = {name: _narrow(tokens) for name, tokens in batch.analysed.fields.items()}
        batch = replace(batch, analysed=replace(batch.analysed, vocabulary=(), fields=fields))
        return _Told(batch, os.getpid(), self._number, words)


def _narrow(tokens: TokenColumns) -> TokenColumns:
    """Return tokens in as few bytes as their numbers need: they are on their way to another process."""
    names = ("starts", "ends", "positions")
    arrays = {name: getattr(tokens, name) for name in names}
    return replace(
        tokens, **{name: array.astype(np.min_scalar_type(array.max(initial=0))) for name, array in arrays.items()}
    )


class _SharedVocabulary:
    """The words of all the processes, with one number each; what they tell is numbered so."""

    def __init__(self) -> None:
        self._words: list[Forms] = []
        self._numbers: dict[Forms, int] = {}
        self._theirs: dict[int, tuple[int, array[int]]] = {}

    def batch(self, told: _Told) -> Batch:
        """Return what a process told, in words of this vocabulary."""
        number, ours = self._theirs.get(told.process, (0, array("I")))
        if number != told.vocabulary:
            ours = array("I")
        self._theirs[told.process] = told.vocabulary, ours
        ours.extend(map(self._number, told.words))
        numbers = np.array(ours, np.uint32)
        analysed = told.batch.analysed
        fields = {name: replace(tokens, words=numbers[tokens.words]) for name, tokens in analysed.fields.items()}
        return replace(told.batch, analysed=replace(analysed, vocabulary=self._words, fields=fields))

    def _number(self, forms: Forms) -> int:
        number = self._numbers.setdefault(forms, len(self._words))
        if number == len(self._words):
            self._words.append(forms)
        return number


def _tell(raw: Raw) -> _Told:
    """Read and analyse a batch in a process of the pool."""
    return _teller().tell(raw)


@cache
def _teller() -> _Teller:
    return _Teller()


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl+C, which reaches all the processes of a terminal, be the parent's business alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
