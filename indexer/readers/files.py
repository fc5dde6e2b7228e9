"""Files of the corpus: which ones there are, and opening them safely."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.errors import RebuildFailed, UnreadableFile
from indexer.messages import Message, message

MAX_BYTES = 50_000_000
"""The largest file read whole, and the longest line of a file read line by line."""


@dataclass(frozen=True)
class CorpusFile:
    """A file found at `path`, in or below the corpus folder `root`."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """The path relative to the root, POSIX style, fit to be shown and stored.

        A file name may hold bytes that are no text at all; they come out as U+FFFD.
        """
        return os.fsencode(self.path.relative_to(self.root).as_posix()).decode("utf-8", "replace")


@dataclass(frozen=True)
class Failure:
    """What could not become a document, and why; a line of a file is named « depeches.jsonl:12 »."""

    path: str
    reason: Message


@dataclass(frozen=True)
class RawArticle:
    """The bytes of one article, not yet understood: `path` as Document.path has it, `extension` in lower case."""

    path: str
    extension: str
    content: bytes


def list_files(folders: Sequence[Path]) -> Iterator[CorpusFile]:
    """Yield every visible regular file below `folders`, each once, in the order that find_files promises."""
    seen: set[Path] = set()
    for folder in folders:
        for file in sorted(_files_below(folder), key=lambda file: file.name):
            real = file.path.resolve()
            if real not in seen:
                seen.add(real)
                yield file


def _files_below(folder: Path) -> Iterator[CorpusFile]:
    """Yield the files of one folder in any order, or the file itself when `folder` is one."""
    if folder.is_file():
        yield CorpusFile(folder.parent, folder)
        return
    if not folder.is_dir():
        raise RebuildFailed(
            message("« {folder} » n'existe pas : indiquez un dossier d'articles ou un fichier.", folder=folder)
        )
    closed: list[OSError] = []
    for parent, children, names in os.walk(folder, onerror=closed.append):  # does not follow links to folders
        children[:] = [child for child in children if not child.startswith(".")]
        for name in names:
            file = CorpusFile(folder, Path(parent, name))
            if not name.startswith(".") and not name.upper().startswith("README") and _is_inside(file):
                yield file
    yield from (CorpusFile(folder, Path(error.filename)) for error in closed)


def _is_inside(file: CorpusFile) -> bool:
    """Tell whether `file` is a regular file that lies, links resolved, inside its root."""
    try:
        regular = stat.S_ISREG(file.path.stat().st_mode)
    except PermissionError:
        return True  # reading it will tell
    except OSError:
        return False  # a broken or circular link
    return regular and file.path.resolve().is_relative_to(file.root.resolve())


def read_whole(stream: BinaryIO) -> bytes:
    """Return the content of a file; raises UnreadableFile when it is empty or larger than MAX_BYTES."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile(message("Le fichier dépasse {size} Mo.", size=MAX_BYTES // 1_000_000))
    if not content.strip():
        raise UnreadableFile(message("Le fichier est vide."))
    return content


@contextmanager
def open_file(file: CorpusFile) -> Iterator[BinaryIO]:
    """Open `file` for reading; raises UnreadableFile for anything but a regular file inside its root, or OSError.

    The folder may have changed since it was listed: a pipe in place of the file must not block us (O_NONBLOCK).
    """
    if not file.path.resolve(strict=True).is_relative_to(file.root.resolve()):
        raise UnreadableFile(message("Ce lien mène hors du dossier d'articles."))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # absent from some systems
    descriptor = os.open(file.path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableFile(message("Ce n'est pas un fichier ordinaire."))
    with os.fdopen(descriptor, "rb") as stream:
        yield stream
