"""What a rebuild asks of the system, one request after another, so that each can be made to fail.

Python announces every opening, renaming, making and removing of files to its audit hooks before it happens, and an
exception of the hook takes its place. Only the requests about one folder count; os.fsync, which is not announced,
is wrapped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WATCHED = {"open", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir", "os.truncate"}


@dataclass
class Storage:
    """The requests about `folder` so far: what was asked, and of which path (relative to the folder)."""

    folder: Path
    requests: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[int], object] = lambda _number: None
    """Called with the number of each request, from 0, before it is carried out."""

    def ask(self, request: str, path: str) -> None:
        """Note a request down, then let `before` stop it."""
        self.requests.append((request, path))
        self.before(len(self.requests) - 1)


_watching: list[Storage] = []
_fsync = os.fsync


@contextmanager
def watched(folder: Path, before: Callable[[int], object] = lambda _number: None) -> Iterator[Storage]:
    """Watch the requests about a folder; on Linux, those of os.fsync are told with their path."""
    storage = Storage(folder, before=before)
    _watching.append(storage)
    os.fsync = _tell_fsync
    try:
        yield storage
    finally:
        os.fsync = _fsync
        _watching.remove(storage)


def _tell_fsync(descriptor: int) -> None:
    named = Path(f"/proc/self/fd/{descriptor}")
    for storage in _watching:
        path = named.readlink() if named.is_symlink() else storage.folder
        storage.ask("os.fsync", str(path.relative_to(storage.folder)))
    _fsync(descriptor)


def _tell(event: str, arguments: tuple[Any, ...]) -> None:
    if event in WATCHED:
        for storage in _watching:
            path = _path_in(storage.folder, arguments)
            if path is not None:
                storage.ask(event, path)


def _path_in(folder: Path, arguments: tuple[Any, ...]) -> str | None:
    """Return the path that a request is about, relative to the folder; None when it is about something else."""
    if not isinstance(arguments[0], str | bytes | os.PathLike):
        return None  # a descriptor: its opening was announced
    path = Path(os.fsdecode(arguments[0]))
    if not path.is_absolute() and arguments[-1] != -1 and isinstance(arguments[-1], int):
        return str(path)  # beside a descriptor, as rmtree removes
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else None


sys.addaudithook(_tell)  # For good: Python has no way to remove it. Without a watched folder it does nothing.
