"""Fixtures of the readers: an invented file, read through the room's front door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.readers import CorpusFile, Failure, read_file

Read = Callable[[str, str | bytes], list[Document | Failure]]


@pytest.fixture
def data() -> Path:
    """The folder of the invented captures."""
    return Path(__file__).parent / "data"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and return all that reading it gives."""

    def write_and_read(name: str, content: str | bytes) -> list[Document | Failure]:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_file(CorpusFile(tmp_path, file)))

    return write_and_read


@pytest.fixture
def read_one(read: Read) -> Callable[[str, str | bytes], Document]:
    """Write a file and return the one document that it must give."""

    def write_and_read(name: str, content: str | bytes) -> Document:
        (document,) = read(name, content)
        assert isinstance(document, Document), document
        return document

    return write_and_read


@pytest.fixture
def fail_one(read: Read) -> Callable[[str, str | bytes], str]:
    """Write a file and return the reason, in French, of the one failure that it must give."""

    def write_and_read(name: str, content: str | bytes) -> str:
        (failure,) = read(name, content)
        assert isinstance(failure, Failure), failure
        return str(failure.reason)

    return write_and_read
