"""The rebuild corridor, top to bottom: corpus file -> Document -> AnalysedDocuments -> Engine."""

from __future__ import annotations

import os
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.analysing import analyse_batches, rare_collections
from indexer.analysis.analysed import AnalysedDocuments
from indexer.answer import Status
from indexer.document import Document
from indexer.engines import open_engine
from indexer.messages import Message, message
from indexer.readers import CorpusFile, Failure, RawArticle, find_files, find_unsupported, open_articles
from indexer.rolls import Register, Roll

BATCH = 500
BATCH_BYTES = 1_000_000
"""Articles, or bytes of them, that are read and analysed at a time. Twice as many take more memory and no less time."""

_WORTH = 8_000_000
"""Bytes of a corpus from which other processes are worth their start (a second of a processor each)."""

MOST_PROCESSES = 4
"""Processes of a rebuild: more would wait for the one that writes, which has a quarter of the work to itself (processor
time of its main thread, and of all, 100,000 passages, 2 processes)."""

Progress = Callable[[int, int, int], None]
"""Told how far a rebuild is: bytes read, bytes in all, documents so far. All read means that writing has begun."""


@dataclass(frozen=True)
class Duplicate:
    """Where an article was met again, word for word and under the same id, and where it was first."""

    path: str
    first: str


@dataclass(frozen=True)
class RebuildReport:
    """What a rebuild did: the index in service now, and every file that is not in it, with the reason.

    `ignored` counts the files whose format no reader knows; `seconds` is the time on the clock.
    """

    status: Status
    failures: tuple[Failure, ...]
    duplicates: tuple[Duplicate, ...]
    ignored: int
    seconds: float


def rebuild(
    folders: Sequence[Path], index: Path, *, progress: Progress | None = None, processes: int = 1
) -> RebuildReport:
    """Index all the articles of `folders` anew into the folder `index` and put them in service, all or nothing.

    One bad file never stops a rebuild: it is in the report. With several `processes` the calling script must be one
    that can be imported (``if __name__ == "__main__"``): they are started afresh. Raises RebuildLocked, or
    RebuildFailed when a folder does not exist, holds no readable article or the index cannot be written; the old
    index serves on.
    """
    started = time.monotonic()
    ignored = len(_outside(index, find_unsupported(folders)))
    reading = _Reading(_outside(index, find_files(folders)), progress)
    with rare_collections():
        status = open_engine(index).rebuild(reading.documents(processes))
    return RebuildReport(
        status=status,
        failures=tuple(reading.failures),
        duplicates=tuple(reading.duplicates),
        ignored=ignored,
        seconds=time.monotonic() - started,
    )


def usual_processes() -> int:
    """Return how many processes a rebuild can use here: one for each core that is ours, MOST_PROCESSES at most."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(ours, MOST_PROCESSES)


def rollback(index: Path) -> Status:
    """Put the previous generation of an index back in service. Raises RebuildFailed if there is none."""
    return open_engine(index).rollback()


@dataclass
class _Reading:
    """One pass over the corpus: what came of it so far.

    `seen` numbers articles by their ids; `paths` tells where each was first read, `contents` the hash of what it says.
    """

    files: Sequence[CorpusFile]
    progress: Progress | None
    failures: list[Failure] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    seen: Register = field(default_factory=Register)
    paths: Roll = field(default_factory=Roll)
    contents: array[int] = field(default_factory=lambda: array("q"))

    def documents(self, processes: int) -> Iterator[AnalysedDocuments]:
        """Yield every document once, analysed."""
        sizes = [_size(file) for file in self.files]
        total = sum(sizes)
        done: deque[int] = deque()
        batches = _cut(self._open(sizes), done)
        for batch in analyse_batches(batches, processes if total > _WORTH else 1):
            kept = [self._is_kept(read) for read in batch.read]
            new = [keep for keep, read in zip(kept, batch.read, strict=True) if isinstance(read, Document)]
            yield batch.analysed if all(new) else batch.analysed.only(new)
            self._tell(min(done.popleft(), max(total - 1, 0)), total)  # all of it is told last: writing begins
        self._tell(total, total)

    def _open(self, sizes: Sequence[int]) -> Iterator[tuple[RawArticle | Failure, int]]:
        """Yield the articles of all the files as they are opened, each with the bytes read so far."""
        before = 0
        for file, size in zip(self.files, sizes, strict=True):
            done = before
            for opened in open_articles(file):
                done += len(opened.content) if isinstance(opened, RawArticle) else 0
                yield opened, min(done, before + size)
            before += size

    def _is_kept(self, read: Document | Failure) -> bool:
        """Tell whether an article goes into the index, and note it down if not."""
        if isinstance(read, Failure):
            self.failures.append(read)
            return False
        return self._is_new(read)

    def _is_new(self, document: Document) -> bool:
        """Tell whether the id is seen for the first time, and note the document down if not."""
        content = hash((document.title, document.text, document.author, document.date, document.source, document.url))
        number = self.seen.number(document.id)
        if number == len(self.paths):
            self.paths.append(document.path)
            self.contents.append(content)
            return True
        if content == self.contents[number]:
            self.duplicates.append(Duplicate(document.path, self.paths[number]))
        else:
            self.failures.append(Failure(document.path, _taken(document.id, self.paths[number])))
        return False

    def _tell(self, done: int, total: int) -> None:
        if self.progress:
            self.progress(done, total, len(self.seen))


def _cut(opened: Iterable[tuple[RawArticle | Failure, int]], done: deque[int]) -> Iterator[list[RawArticle | Failure]]:
    """Yield the articles in batches; append to `done` the bytes read at the end of each."""
    batch: list[RawArticle | Failure] = []
    first = read = 0
    for article, read in opened:
        batch.append(article)
        if len(batch) == BATCH or read - first > BATCH_BYTES:
            done.append(read)
            yield batch
            batch, first = [], read
    if batch:
        done.append(read)
        yield batch


def _outside(index: Path, files: Sequence[CorpusFile]) -> list[CorpusFile]:
    """Return the files that are not the index's own: it may well lie inside a corpus folder."""
    own = index.resolve()
    return [file for file in files if not file.path.resolve().is_relative_to(own)]


def _size(file: CorpusFile) -> int:
    """Return the bytes of a file, 0 if it has just vanished (reading it will say so)."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _taken(identifier: str, first: str) -> Message:
    return message("L'identifiant « {id} » est déjà celui d'un autre article ({first}).", id=identifier, first=first)
