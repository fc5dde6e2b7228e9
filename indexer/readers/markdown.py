"""Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from indexer.document import Document
from indexer.readers.blocks import is_title_shaped
from indexer.readers.bylines import read_byline
from indexer.readers.dates import find_date
from indexer.readers.decoding import decode
from indexer.readers.draft import LONGEST_TITLE, Draft, identify
from indexer.readers.files import RawArticle
from indexer.readers.paragraphs import clean_characters, clean_line, clean_text

KEYS = {
    "title": ("title", "titre"),
    "author": ("author", "auteur", "auteure", "authors", "auteurs"),
    "date": ("date",),
    "source": ("source", "publication"),
    "url": ("url", "lien"),
}
"""Part of a Document → the keys of the front matter that may give it."""

CELLS = " | "
"""What stands between the cells of a row of a table, which is a paragraph."""

_PARSER = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(footnote_plugin)


def read_markdown(raw: RawArticle) -> Document:
    """Return the article of a Markdown file; raises UnreadableFile when it has no text."""
    tokens = _PARSER.parse(clean_characters(decode(raw.content)))
    return make_draft(tokens).document(identify(raw.content), raw.path)


def make_draft(tokens: Sequence[Token]) -> Draft:
    """Return the article that Markdown's tokens tell.

    The title is that of the front matter, else the first heading of level 1, else a first line that is shaped like
    one. What the front matter does not say, a signature right under the title may.
    """
    known = read_front_matter(tokens)
    paragraphs = list(_paragraphs(tokens))
    title = known.get("title") or next((text for text, tag in paragraphs if tag == "h1"), "")
    texts = [text for text, tag in paragraphs if not (tag == "h1" and text == title)]
    if not title and len(texts) > 1 and len(texts[0]) <= LONGEST_TITLE and is_title_shaped(texts[0]):
        title = texts.pop(0)
    date, author = find_date(known.get("date", "")), known.get("author", "")
    while texts and (byline := read_byline(clean_line(texts[0]))):
        author, date = author or byline.author, date or byline.date
        texts.pop(0)
    return Draft(texts, title, author, date, known.get("source", ""), known.get("url", ""))


def read_front_matter(tokens: Sequence[Token]) -> Mapping[str, str]:
    """Return the parts (see KEYS) that the front matter gives; YAML that cannot be parsed gives none."""
    if not tokens or tokens[0].type != "front_matter":
        return {}
    try:
        values = yaml.safe_load(tokens[0].content)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a day that the calendar lacks
        return {}
    if not isinstance(values, dict):
        return {}
    known = {str(key).lower(): value for key, value in values.items() if isinstance(key, str)}
    return {part: next(filter(None, (_tell(known.get(key)) for key in keys)), "") for part, keys in KEYS.items()}


def _tell(value: Any) -> str:
    """Return a value of the front matter as text: a scalar, or several joined by commas; anything else is ""."""
    if isinstance(value, list):
        return ", ".join(name for name in value[:10] if isinstance(name, str))
    return "" if value is None or isinstance(value, dict | set | bool | bytes) else str(value)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield (text, tag) of each paragraph, heading, list item, row and block of code; HTML blocks are dropped."""
    tag = ""
    cells: list[str] | None = None  # of the row being read
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield CELLS.join(cells), "tr"
            cells = None
        elif token.type in {"heading_open", "paragraph_open"}:
            tag = token.tag
        elif token.type == "inline":
            text = clean_text(_inline_text(token.children or [])).strip()
            if cells is not None:
                cells.append(clean_line(text))
            elif text:
                yield text, tag
        elif token.type in {"fence", "code_block"}:
            yield from ((text, "pre") for text in re.split(r"\n{2,}", clean_text(token.content).strip("\n")) if text)


def _inline_text(children: Sequence[Token]) -> str:
    """Return the characters of an inline token as they are read: no markup, no HTML tag, no image."""
    texts = {"text", "code_inline", "text_special"}
    return "".join(
        "\n" if child.type in {"softbreak", "hardbreak"} else child.content * (child.type in texts)
        for child in children
    )
