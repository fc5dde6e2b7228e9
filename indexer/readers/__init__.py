"""Reading the corpus: file → Document.

::

    find_files   which files of a folder are articles
    read_file    one file → its Documents, or the Failure that says why there is none
    READERS      extension → the module that understands it

To read one more format, write ``Callable[[RawFile], Iterator[Document | Failure]]`` in a module of its own and
add its extensions to READERS. A reader raises UnreadableFile when the whole file is of no use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.document import Document
from indexer.errors import UnreadableFile
from indexer.messages import message
from indexer.readers.files import CorpusFile, Failure, RawFile, list_files, open_file
from indexer.readers.html import read_html
from indexer.readers.jsonl import read_jsonl
from indexer.readers.markdown import read_markdown
from indexer.readers.plain_text import read_plain_text

__all__ = ["READERS", "CorpusFile", "Failure", "RawFile", "Reader", "find_files", "find_unsupported", "read_file"]

Reader = Callable[[RawFile], Iterator[Document | Failure]]
"""Turns one open file into documents; only a file of many articles (JSONL) gives more than one."""

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""Extension (lower case, with its dot) → reader."""


def find_files(folders: Sequence[Path]) -> list[CorpusFile]:
    """Return the articles' files below `folders` (a file may be named too), in a fixed order.

    The order is that of the folders, then of the paths as POSIX text. Passed over: hidden files and folders,
    README files, other formats (see find_unsupported), whatever a symbolic link reaches outside its folder. A
    sub-folder that cannot be listed is returned as if it were a file, so that reading it tells the Failure.

    Raises RebuildFailed when one of `folders` does not exist.
    """
    return [file for file in list_files(folders) if file.path.suffix.lower() in READERS or file.path.is_dir()]


def find_unsupported(folders: Sequence[Path]) -> list[CorpusFile]:
    """Return the files that find_files leaves out because no reader knows their format, in the same order."""
    return [file for file in list_files(folders) if file.path.suffix.lower() not in READERS and file.path.is_file()]


def read_file(file: CorpusFile) -> Iterator[Document | Failure]:
    """Read the documents of `file`; what cannot be read comes as a Failure, never as an exception."""
    try:
        with open_file(file) as raw:
            yield from READERS[file.path.suffix.lower()](raw)
    except UnreadableFile as error:
        yield Failure(file.name, error.message)
    except OSError as error:
        yield Failure(file.name, message("Le fichier ne peut pas être lu : {reason}.", reason=error))
