"""Records: the documents themselves, as bytes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from indexer.document import Document
from indexer.engines.columns.packs import Packs

_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def write_record(document: Document) -> bytes:
    """Return a document as bytes: its short fields on the first line, then its text as it is."""
    day = document.date.isoformat() if document.date else None
    short = [document.id, document.title, document.author, day, document.source, document.url, document.path]
    return f"{_ENCODER.encode(short)}\n{document.text}".encode()


class Records:
    """Reads one document without reading the others. Any number of threads may share one."""

    def __init__(self, folder: Path) -> None:
        self._packs = Packs(folder, "records")

    def __getitem__(self, number: int) -> Document:
        """Return document `number`."""
        return self.some([number])[0]

    def some(self, numbers: Sequence[int]) -> list[Document]:
        """Return some documents."""
        return [_read_record(packed) for packed in self._packs.some(numbers)]


def _read_record(packed: bytes) -> Document:
    record = str(packed, "utf-8")
    (identifier, title, author, day, source, url, path), end = _DECODER.raw_decode(record)
    date = dt.date.fromisoformat(day) if day else None
    return Document(identifier, title, record[end + 1 :], author, date, source, url, path)
