"""Document: what a reader of the corpus makes, and what a search gives back."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

FIELDS = ("title", "text", "author", "source")
"""The searchable fields of a document, in the order in which they are analysed."""


def whole_name(name: str) -> str:
    """Return an author or a source as it is stored and compared whole: composed (NFC), typographic apostrophes."""
    return unicodedata.normalize("NFC", name).replace("'", "’") if name else ""


@dataclass(frozen=True)
class Document:
    r"""One article as a reader sees it.

    `id` is unique in an index. `text` is made of paragraphs separated by one blank line (``"\n\n"``), free of
    the furniture of the site it was saved from; it does not repeat `title`. `author`, `source` and `url` are
    empty when unknown; `date` is the day of publication, None when the article does not tell it (the file's own
    date is never used). `path` is where the article was read, relative to its corpus folder.
    """

    id: str
    title: str
    text: str
    author: str = ""
    date: dt.date | None = None
    source: str = ""
    url: str = ""
    path: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the text, in order."""
        return self.text.split("\n\n")
