"""What travels down the rebuild corridor: a document, then the same document analysed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.analysis.token import Token

FIELDS = ("title", "text", "author", "source")
"""The searchable fields of a document, in the order in which they are analysed."""


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


@dataclass(frozen=True)
class AnalysedDocument:
    """A document and the tokens of each of its searchable fields (keys: FIELDS)."""

    document: Document
    tokens: Mapping[str, tuple[Token, ...]]
