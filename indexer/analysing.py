"""Analysing many documents: in this process, or spread over several when there is enough to do."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context

from indexer.analysis.analysed import AnalysedDocuments
from indexer.analysis.columns import Memory
from indexer.document import Document

BATCH = 1000
"""Documents analysed at a time."""

_WORTH = 5
"""Batches after which other processes are worth their start (about a second)."""

_AHEAD = 2
"""Batches that wait for each process: enough to keep it busy, few enough for the memory."""


def analyse_batches(documents: Iterable[Document], processes: int = 1) -> Iterator[AnalysedDocuments]:
    """Yield the documents in order, analysed, BATCH at a time, by up to `processes` processes.

    Other processes are started afresh (« spawn »), so that no lock or thread of the caller is copied into them.
    """
    batches = _cut(documents)
    memory = Memory()
    for batch in islice(batches, _WORTH if processes > 1 else None):
        yield memory.analyse_documents(batch)
    if processes > 1:
        yield from _spread(batches, processes)


def _spread(batches: Iterator[list[Document]], processes: int) -> Iterator[AnalysedDocuments]:
    """Yield batches in order, each analysed by the next free process."""
    first = next(batches, None)
    if first is None:
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts_to_the_parent) as pool:
        waiting: deque[Future[AnalysedDocuments]] = deque([pool.submit(_analyse, first)])
        try:
            while waiting:
                for batch in islice(batches, _AHEAD * processes - len(waiting)):
                    waiting.append(pool.submit(_analyse, batch))
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _cut(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield the documents BATCH at a time."""
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield batch


def _analyse(batch: list[Document]) -> AnalysedDocuments:
    """Analyse a batch in a process that remembers what it has analysed before."""
    return _memory().analyse_documents(batch)


@cache
def _memory() -> Memory:
    return Memory()


def _leave_interrupts_to_the_parent() -> None:
    """Let Ctrl+C, which reaches all the processes of a terminal, be the parent's business alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
