"""Reading and analysing many articles: in this process, or spread over several when there is enough to do."""

from __future__ import annotations

import gc
import os
import signal
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context

import numpy as np

from indexer.analysis.analysed import AnalysedDocuments, TokenColumns
from indexer.analysis.columns import Memory
from indexer.analysis.token import Forms
from indexer.document import Document
from indexer.readers import Failure, RawArticle, read_article

_AHEAD = 4
"""Batches that wait for each process: enough to keep it busy, few enough for the memory."""

_READ = 16
"""Batches more that may wait when this process has read them itself: it reads rather than be idle."""

_GARBAGE = 100_000
"""New objects from which on Python looks for garbage in a rebuild; 700, its usual number, takes 3 % more time."""

Raw = Sequence[RawArticle | Failure]
"""A batch of articles as they were opened, in order."""

Read = tuple[Document | Failure, ...]
"""A batch of articles as they were read."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Have Python look for garbage rarely: what a rebuild remembers is none, and is looked through each time."""
    before = gc.get_threshold()
    gc.set_threshold(_GARBAGE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True)
class Batch:
    """What came of a batch: each article's document, or the reason that there is none; and the documents, analysed."""

    read: Read
    analysed: AnalysedDocuments


def analyse_batches(batches: Iterable[Raw], processes: int = 1) -> Iterator[Batch]:
    """Yield what comes of the batches, in order, by up to `processes` processes, this one among them.

    Other processes are started afresh (« spawn »), so that no lock or thread of the caller is copied into them.
    """
    if processes > 1:
        yield from _spread(iter(batches), processes)
    else:
        memory = Memory()
        for read in map(_read, batches):
            yield Batch(read, memory.analyse_documents(_documents(read)))


def _read(raw: Raw | Read) -> Read:
    return tuple(read_article(article) if isinstance(article, RawArticle) else article for article in raw)


def _documents(read: Read) -> tuple[Document, ...]:
    return tuple(document for document in read if isinstance(document, Document))


def _spread(batches: Iterator[Raw], processes: int) -> Iterator[Batch]:
    """Yield what comes of the batches in order, each analysed by the next free process of the others.

    This one writes what they tell. While it has nothing to write it reads for them; they read the rest.
    """
    vocabulary = _SharedVocabulary()
    others = processes - 1
    enough = _AHEAD * others
    with ProcessPoolExecutor(others, get_context("spawn"), _start) as pool:
        waiting: deque[tuple[Future[_Told], Read]] = deque()
        try:
            for batch in batches:
                busy = len(waiting) >= enough and not waiting[0][0].done()
                read = _read(batch) if busy else ()
                waiting.append((pool.submit(_tell, read or batch), read))
                while len(waiting) > (enough if waiting[0][0].done() else enough + _READ):
                    future, read = waiting.popleft()
                    yield vocabulary.batch(future.result(), read)
            for future, read in waiting:
                yield vocabulary.batch(future.result(), read)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class _Told:
    """What a process tells of a batch: `words` are those of its vocabulary that it has not told before.

    `read` are the articles, unless they were read for it; `analysed` is without them and without the vocabulary.

    A vocabulary has the number of the process, and its own within it: a memory that was full has started another.
    """

    read: Read
    analysed: AnalysedDocuments
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

    def tell(self, articles: Raw | Read) -> _Told:
        """Analyse a batch, and read it first unless it was read."""
        known = any(isinstance(article, Document) for article in articles)
        read = _read(articles)
        analysed = self._memory.analyse_documents(_documents(read))
        if analysed.vocabulary is not self._vocabulary:
            self._vocabulary, self._told, self._number = analysed.vocabulary, 0, self._number + 1
        words = self._vocabulary[self._told :]
        self._told += len(words)
        fields = {name: _narrow(tokens) for name, tokens in analysed.fields.items()}
        bare = AnalysedDocuments((), (), fields)
        return _Told(() if known else read, bare, os.getpid(), self._number, words)


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

    def batch(self, told: _Told, read: Read = ()) -> Batch:
        """Return what a process told, in words of this vocabulary; `read` are the articles that were read for it."""
        number, ours = self._theirs.get(told.process, (0, array("I")))
        if number != told.vocabulary:
            ours = array("I")
        self._theirs[told.process] = told.vocabulary, ours
        ours.extend(map(self._number, told.words))
        numbers = np.array(ours, np.uint32)
        read = read or told.read
        fields = {name: replace(tokens, words=numbers[tokens.words]) for name, tokens in told.analysed.fields.items()}
        return Batch(read, AnalysedDocuments(_documents(read), self._words, fields))

    def _number(self, forms: Forms) -> int:
        number = self._numbers.setdefault(forms, len(self._words))
        if number == len(self._words):
            self._words.append(forms)
        return number


def _tell(articles: Raw | Read) -> _Told:
    """Read and analyse a batch in a process of the pool."""
    return _teller().tell(articles)


@cache
def _teller() -> _Teller:
    return _Teller()


def _start() -> None:
    """Make a process ready. Ctrl+C, which all the processes of a terminal get, is its parent's business alone."""
    gc.set_threshold(_GARBAGE)  # see rare_collections
    signal.signal(signal.SIGINT, signal.SIG_IGN)
