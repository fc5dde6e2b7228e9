"""Reading the corpus: file → Document.

::

    find_files      which files of a folder are articles
    open_articles   one file → the bytes of its articles, in this process: little work, and all that files can do to us
    read_article    the bytes of an article → its Document, or the Failure that says why there is none, in any process
    READERS         extension → the module that understands it

To read one more format, write ``Callable[[RawArticle], Document]`` in a module of its own and add its extensions to
READERS. A reader raises UnreadableFile when there is no article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.document import Document
from indexer.errors import UnreadableFile
from indexer.messages import message
from indexer.readers.files import CorpusFile, Failure, RawArticle, list_files, open_file, read_whole
from indexer.readers.jsonl import read_jsonl, split_lines
from indexer.readers.plain_text import read_plain_text

__all__ = [
    "READERS",
    "CorpusFile",
    "Failure",
    "RawArticle",
    "Reader",
    "find_files",
    "find_unsupported",
    "open_articles",
    "read_article",
    "read_file",
]

Reader = Callable[[RawArticle], Document]
"""Understands the bytes of one article."""


def _read_html(raw: RawArticle) -> Document:
    from indexer.readers.html import read_html  # noqa: PLC0415 - takes half the start of a command; for saved pages only

    return read_html(raw)


def _read_markdown(raw: RawArticle) -> Document:
    from indexer.readers.markdown import read_markdown  # noqa: PLC0415 - as above

    return read_markdown(raw)


READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""Extension (lower case, with its dot) → reader."""

LINES = {".jsonl", ".ndjson"}
"""Extensions of the formats that have an article a line; a file of any other is one article."""


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


def open_articles(file: CorpusFile) -> Iterator[RawArticle | Failure]:
    """Yield the bytes of the articles of `file`; what cannot be opened comes as a Failure, never as an exception."""
    name, extension = file.name, file.path.suffix.lower()
    try:
        with open_file(file) as stream:
            if extension in LINES:
                for number, line in split_lines(stream):
                    yield RawArticle(f"{name}:{number}", extension, line)
            else:
                yield RawArticle(name, extension, read_whole(stream))
    except UnreadableFile as error:
        yield Failure(name, error.message)
    except OSError as error:
        yield Failure(name, message("Le fichier ne peut pas être lu : {reason}.", reason=error))


def read_article(raw: RawArticle) -> Document | Failure:
    """Return the article that some bytes are, or why they are none."""
    try:
        return READERS[raw.extension](raw)
    except UnreadableFile as error:
        return Failure(raw.path, error.message)


def read_file(file: CorpusFile) -> Iterator[Document | Failure]:
    """Yield the documents of `file`, and a Failure for each article that cannot be read."""
    for opened in open_articles(file):
        yield opened if isinstance(opened, Failure) else read_article(opened)
