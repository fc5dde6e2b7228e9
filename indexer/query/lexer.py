"""The signs of a query: what each stretch of the typed text is, before anyone asks what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.query.periods import RANGE


class Sign(Enum):
    """The kinds of signs."""

    WORD = auto()
    PREFIX = auto()
    PHRASE = auto()
    PERIOD = auto()
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    STRAY_QUOTE = auto()


@dataclass(frozen=True)
class Lexeme:
    """One sign: its kind, its text (inside the quotes, without the star, the field's name), its place in the query."""

    sign: Sign
    text: str
    start: int
    end: int


OPERATORS = {
    "ET": Sign.AND,
    "AND": Sign.AND,
    "OU": Sign.OR,
    "OR": Sign.OR,
    "SAUF": Sign.NOT,
    "NON": Sign.NOT,
    "NOT": Sign.NOT,
}
"""Operators, in capitals only: « et », « ou », « sauf » are words."""

FIELD_NAMES = {
    "titre": "title",
    "title": "title",
    "texte": "text",
    "text": "text",
    "auteur": "author",
    "author": "author",
    "source": "source",
    "date": "date",
}
"""Names of fields before a colon, in any case; « date » takes a period."""

_SIGN = re.compile(
    rf"""
    (?P<phrase>["“”„«](?P<quoted>[^"“”„«»]*)["“”»])
  | (?P<stray>["“”„«»])
  | (?P<open>\() | (?P<close>\))
  | (?P<not>(?<![^\s(])[-−](?=[^\s-]))
  | (?P<plus>(?<![^\s(])\+(?=\S))
  | (?P<field>(?<!\w)(?:{"|".join(FIELD_NAMES)}):\s?(?=[^\s:]))
  | (?P<period>{RANGE.pattern})
  | (?P<chunk>[^\s()"“”„«»]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_NAMED = {
    "open": Sign.OPEN,
    "close": Sign.CLOSE,
    "not": Sign.NOT,
    "stray": Sign.STRAY_QUOTE,
    "field": Sign.FIELD,
    "period": Sign.PERIOD,
}


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the signs of `text` in order; every text has an answer."""
    for found in _SIGN.finditer(text):
        kind = found.lastgroup if found.lastgroup != "quoted" else "phrase"
        shown = found.group()
        if kind == "phrase":
            yield Lexeme(Sign.PHRASE, found["quoted"], *found.span())
        elif kind == "chunk":
            yield _chunk(shown, found.start())
        elif kind == "field":
            yield Lexeme(Sign.FIELD, FIELD_NAMES[shown.rstrip().rstrip(":").lower()], *found.span())
        elif kind != "plus":
            yield Lexeme(_NAMED[str(kind)], shown, *found.span())


def _chunk(shown: str, start: int) -> Lexeme:
    """Return what a run of characters without blanks is: operator, prefix or word."""
    end = start + len(shown)
    if shown in OPERATORS:
        return Lexeme(OPERATORS[shown], shown, start, end)
    if shown.endswith("*") and shown.strip("*"):
        return Lexeme(Sign.PREFIX, shown.rstrip("*"), start, end)
    return Lexeme(Sign.WORD, shown, start, end)
