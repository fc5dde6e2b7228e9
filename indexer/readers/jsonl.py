"""JSON Lines: one article a line, its parts already apart."""

from __future__ import annotations

import json
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any, BinaryIO

from indexer.document import Document
from indexer.errors import UnreadableFile
from indexer.messages import message
from indexer.readers.dates import find_date
from indexer.readers.draft import Draft
from indexer.readers.files import MAX_BYTES, RawArticle
from indexer.readers.paragraphs import split_paragraphs

LONGEST_ID = 200
"""Characters of an article's own id."""


def split_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, with their numbers from 1, in constant memory.

    Of a line longer than MAX_BYTES, just enough to know that it is.
    """
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def read_jsonl(raw: RawArticle) -> Document:
    """Return the article of one line; raises UnreadableFile when it is none.

    Keys: `id`, `title`, `text`; optional `author`, `date`, `source`, `url`. A null is an absent value.
    """
    article = _parse_object(raw.content)
    text = _text_of(article, "text", required=True)
    return Draft(
        paragraphs=split_paragraphs(text),
        title=_text_of(article, "title", required=True),
        author=_text_of(article, "author"),
        date=find_date(_text_of(article, "date")),
        source=_text_of(article, "source"),
        url=_text_of(article, "url"),
    ).document(_id_of(article), raw.path)


def _parse_object(line: bytes) -> dict[str, Any]:
    """Parse one line; raises UnreadableFile unless it is a JSON object in UTF-8."""
    if len(line) > MAX_BYTES:
        raise UnreadableFile(message("La ligne dépasse {size} Mo.", size=MAX_BYTES // 1_000_000))
    try:
        article = json.loads(line.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        raise UnreadableFile(message("La ligne n'est pas en UTF-8.")) from error
    except (ValueError, RecursionError) as error:  # a number of too many digits is a ValueError too
        raise UnreadableFile(message("La ligne n'est pas du JSON valable.")) from error
    if not isinstance(article, dict):
        raise UnreadableFile(message("La ligne n'est pas un objet JSON."))
    return article


def _text_of(article: dict[str, Any], key: str, *, required: bool = False) -> str:
    """Return the text under `key`, "" when it is absent; raises UnreadableFile for a required or wrong one."""
    value = article.get(key)
    if value is None and not required:
        return ""
    if value is None:
        raise UnreadableFile(message("La clé « {key} » manque.", key=key))
    if not isinstance(value, str):
        raise UnreadableFile(message("La clé « {key} » n'est pas un texte.", key=key))
    return value


def _id_of(article: dict[str, Any]) -> str:
    """Return the article's own id, which will be part of an address: no control, no empty or dotted segment."""
    value = article.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    id_ = _text_of({"id": value}, "id", required=True).strip()
    # What Python calls printable has none of these; most ids are.
    unprintable = "" if id_.isprintable() else id_
    strange = any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in unprintable)
    if not 1 <= len(id_) <= LONGEST_ID or strange or {"", ".", ".."} & set(id_.split("/")):
        raise UnreadableFile(message("La valeur de « {key} » ne peut pas servir d'identifiant.", key="id"))
    return id_
