"""Records: the documents themselves, each compressed alone against a dictionary of what they share."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import zstandard

from indexer.document import Document
from indexer.engines.columns.layout import map_array, write_array

_DICTIONARY = 256 * 1024
"""Bytes of the shared dictionary: measured on French passages, larger gains 1 % and opens slower."""

_SAMPLE = 4_000_000
"""Bytes of the first documents from which the dictionary is trained; four times as many gain half a percent."""

_LEVEL = 6
_THREADS = -1
"""One a core; while they compress, the other processes of a rebuild read."""


class RecordWriter:
    """Writes documents one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = (folder / "records_zst.u1").open("wb")
        self._waiting: list[bytes | bytearray | memoryview] = []
        self._sampled = 0
        self._compressor: zstandard.ZstdCompressor | None = None
        self._ends = [0]

    def add(self, documents: Iterable[Document]) -> None:
        """Append documents."""
        records = [_write(document) for document in documents]
        self._waiting += records
        self._sampled += sum(map(len, records))
        if self._compressor or self._sampled > _SAMPLE:
            self._drain()

    def close(self) -> None:
        """Close the file of the records."""
        self._file.close()

    def finish(self) -> None:
        """Write what is left and where each record starts."""
        self._drain()
        self.close()
        write_array(self._folder, "records", np.array(self._ends, np.uint64))

    def _drain(self) -> None:
        if self._compressor is None:
            self._compressor = zstandard.ZstdCompressor(level=_LEVEL, dict_data=self._train(), write_checksum=False)
        if self._waiting:
            packed = self._compressor.multi_compress_to_buffer(self._waiting, threads=_THREADS)
            for number in range(len(packed)):
                self._file.write(packed[number].tobytes())
                self._ends.append(self._ends[-1] + len(packed[number]))
        self._waiting.clear()

    def _train(self) -> zstandard.ZstdCompressionDict:
        """Return the shared dictionary, an empty one when there is too little to learn from."""
        size = min(_DICTIONARY, self._sampled // 20)
        try:
            learnt = zstandard.train_dictionary(size, self._waiting).as_bytes() if size > 1024 else b""
        except zstandard.ZstdError:  # samples too few or too much alike
            learnt = b""
        (self._folder / "records.dict").write_bytes(learnt)
        return zstandard.ZstdCompressionDict(learnt)


def _write(document: Document) -> bytes:
    """Return a document as bytes: its short fields on the first line, then its text as it is."""
    day = document.date.isoformat() if document.date else None
    short = [document.id, document.title, document.author, day, document.source, document.url, document.path]
    return f"{json.dumps(short, ensure_ascii=False)}\n{document.text}".encode()


_DECODER = json.JSONDecoder()


class Records:
    """Reads one document without reading the others. Any number of threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._bytes = map_array(folder, "records_zst.u1").data
        self._starts = map_array(folder, "records.u8").data
        self._dictionary = zstandard.ZstdCompressionDict((folder / "records.dict").read_bytes())
        self._mine = threading.local()

    def __getitem__(self, number: int) -> Document:
        """Return document `number`."""
        packed = self._bytes[self._starts[number] : self._starts[number + 1]]
        short, _, text = str(self._decompressor().decompress(packed), "utf-8").partition("\n")
        identifier, title, author, day, source, url, path = _DECODER.decode(short)
        date = dt.date.fromisoformat(day) if day else None
        return Document(identifier, title, text, author, date, source, url, path)

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """Return this thread's decompressor: one serves one thread at a time."""
        if not hasattr(self._mine, "decompressor"):
            self._mine.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        decompressor: zstandard.ZstdDecompressor = self._mine.decompressor
        return decompressor
