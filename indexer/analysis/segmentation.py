"""Segmentation: where the words, numbers and hashtags of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of text that is one word: how it reads, and its offsets in the text that was searched for words."""

    text: str
    start: int
    end: int


PARAGRAPH_BREAK = "\n\n"
"""The text of the span that stands for a paragraph break."""

# A letter or digit (no underscore), with combining marks that no composed character exists for.
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
# Spaces that group thousands: plain, no-break, narrow no-break, thin, figure.
_GROUPING = "[ \u00a0\u202f\u2009\u2007]"

_WORD = re.compile(
    rf"""
    \n\n                                               # a paragraph break
  | (?<!\w)[\#@]\w+                                    # hashtag or handle
  | (?<![\w.,])\d{{1,3}}(?:{_GROUPING}\d{{3}})+(?!\w)(?:,\d+)?    # 12 000 · 1 234,5
  | (?<!\w)\d+(?:[.,]\d+)+(?!\w)                       # 1,5 · 2.0 · 25.01.2017
  | {_LETTER}+(?:'{_LETTER}+)*'?                       # words, apostrophes inside or after (l', aujourd'hui)
    """,
    re.VERBOSE,
)


def find_words(text: str) -> Iterator[Span]:
    """Yield the words of `text` in order, and a PARAGRAPH_BREAK at each blank line.

    Hyphens separate (porte-monnaie is two words side by side); a decimal number and a number grouped by spaces
    are one word; # and @ stay with theirs.
    """
    for found in _WORD.finditer(text):
        yield Span(found.group(), *found.span())
