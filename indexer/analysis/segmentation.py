"""Segmentation: where the words, numbers, signs and addresses of a text are."""

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

ACROSS = re.compile(r"(?:\d|sept\.)\Z"), re.compile(r"\d")
"""Before and after a blank, what is looked at together (see columns.py): grouped digits, « sept. 2012 »."""

# A letter or digit (no underscore), with combining marks that no composed character exists for.
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
_WORD = rf"{_LETTER}+(?:'{_LETTER}+)*'?"  # apostrophes inside or after (l', aujourd'hui)

# Spaces that group digits: plain, no-break, narrow no-break, thin, figure.
_GROUPING = "[ \u00a0\u202f\u2009\u2007]"
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_DOMAINS = "fr|com|org|net|eu|be|ch|ca|lu|qc|info|io|int|edu|gouv|uk|de|es|it|us|tv|re|nc|pf|bzh|paris|corsica"
"""What a bare host name may end with; other ends need a scheme or « www. »."""


def _accent_blind(pattern: str) -> str:
    """Return a pattern that accents do not matter to: a text typed without them must have the same words."""
    classes = {
        "a": "[aàâäáãå]",
        "c": "[cç]",
        "e": "[eéèêë]",
        "i": "[iîïí]",
        "n": "[nñ]",
        "o": "[oôöóõ]",
        "u": "[uùûüú]",
    }
    return "".join(classes.get(letter, letter) for letter in pattern)


_PLAIN = re.compile(rf"\n\n|{_WORD}")
_RICH = re.compile(
    rf"""
    \n\n                                                                  # a paragraph break
  | (?:https?|ftp)://[^\s<>«»"”]+ | \bwww\.[^\s<>«»"”]+                     # https://www.exemple.fr/page
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                          # prenom.nom@exemple.fr
  | (?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:{_accent_blind(_DOMAINS)})(?![\w-]|\.\w)    # exemple.fr
  | (?<!\w)[\#@]\w+                                                       # hashtag or handle
  | (?<![\w./-])(?:\d{{1,2}}([/.-])\d{{1,2}}\1\d{{4}}|\d{{4}}-\d\d-\d\d)(?![\w/-]|\.\d)   # 20/01/2012 · 2012-01-20
  | (?<![\w.,+])(?:\+33{_GROUPING}?|0)[1-9](?:(?:[.-]|{_GROUPING})?\d\d){{4}}(?!\w)  # 06 12 34 56 78
  | (?<![\w.,])\d{{1,3}}(?:{_GROUPING}\d{{3}})+(?!\w)(?:,\d+)?                # 12 000 · 1 234,5
  | (?<![\w.,])\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\w|[.,]\d)                    # 12.000
  | (?<!\w)\d+(?:[.,]\d+)+(?!\w)                                          # 1,5 · 2.0.1
  | (?<![\w'])(?:\w{{1,6}}')?(?:{_CAPITAL}\.){{2,}}(?:{_CAPITAL}(?!\w))?      # O.N.U. · l'O.N.U.
  | (?<!\w)(?:{_accent_blind("janv|fevr|fev|avr|juil|oct|nov|dec")}|sept(?=\.\s\d))\.(?!\w)     # janv.
  | \b[Cc](?:\+\+|\#(?!\w))                                               # C++ · C#
  | [€$£%&]
  | {_WORD}
    """,
    re.VERBOSE,
)
_CALLS_FOR_RICH = re.compile(r"[\d@#€$£%&+]|[\w-]\.|://")
"""What a text has that _PLAIN would not read as _RICH does."""


def find_words(text: str) -> Iterator[Span]:
    """Yield the words of `text` in order, and a PARAGRAPH_BREAK at each blank line.

    Hyphens separate (porte-monnaie is two words side by side). A number is one word however its digits are grouped;
    so are a date in figures, a telephone number, a dotted acronym, an address; # and @ stay with theirs.
    """
    pattern = _RICH if _CALLS_FOR_RICH.search(text) else _PLAIN
    for found in pattern.finditer(text):
        yield Span(found.group(), *found.span())
