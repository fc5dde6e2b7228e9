"""The signs of a query: what each stretch of the typed text is, before anyone asks what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from indexer.query.periods import RANGE


class Sign(Enum):
    """The kinds of signs."""

    WORD = auto()
    FAMILY = auto()
    PHRASE = auto()
    PERIOD = auto()
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    STRICT = auto()
    OPEN = auto()
    CLOSE = auto()
    STRAY_QUOTE = auto()


class Lexeme(NamedTuple):
    """One sign: its kind, its text (inside the quotes, the field's name, else as typed), its place in the query."""

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

NEARNESS = re.compile(
    r"(?P<near>PR(?:[EÈ]|E\u0300)S|NEAR)(?:/?(?P<near_by>\d{1,3}))?|(?:AVANT|ADJ)/?(?P<before>\d{1,3})"
)
"""Operators of nearness, in capitals: PRES, PRES5 in any order; AVANT5 in order. « AVANT » alone is a word."""

USUAL_DISTANCE = 10
"""Words apart at most for PRES without a number; what Gallica gives as its example."""

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
  | (?P<strict>=+(?=[^\s=)]))
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
    "strict": Sign.STRICT,
    "field": Sign.FIELD,
    "period": Sign.PERIOD,
}


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the signs of `text` in order; every text has an answer. A question mark at its end is punctuation."""
    body = text.rstrip(_ENDING)
    for found in _SIGN.finditer(body if "?" in text[len(body) :] else text):
        kind, shown = found.lastgroup, found.group()
        if kind == "chunk":
            yield Lexeme(_kind(shown), shown, *found.span())
        elif kind in {"phrase", "quoted"}:
            yield Lexeme(Sign.PHRASE, found["quoted"], *found.span())
        elif kind == "field":
            yield Lexeme(Sign.FIELD, FIELD_NAMES[shown.rstrip().rstrip(":").lower()], *found.span())
        elif kind != "plus":
            yield Lexeme(_NAMED[str(kind)], shown, *found.span())


_ENDING = "?! \t\u00a0\u202f"


def _kind(shown: str) -> Sign:
    """Return what a run of characters without blanks is: operator, family or word."""
    if shown in OPERATORS:
        return OPERATORS[shown]
    if NEARNESS.fullmatch(shown):
        return Sign.NEAR
    signed = "*" in shown or "?" in shown or shown.endswith("~")
    if signed and _ADDRESS.isdisjoint(shown) and any(map(str.isalnum, shown)):
        return Sign.FAMILY
    return Sign.WORD


_ADDRESS = frozenset("/:=&")
"""What addresses are made of, where ? and ~ have another meaning."""


_PLAIN = re.compile(r"(?!.*\.\.)[\w#@][^\s()\"“”„«»:=*?~]*")


def is_plain(word: str) -> bool:
    """Tell whether a word reads as itself wherever it stands in a query."""
    return _PLAIN.fullmatch(word) is not None and _kind(word) is Sign.WORD


def read_nearness(shown: str) -> tuple[int, bool]:
    """Return the distance that an operator of nearness allows, at least 1, and whether it wants the order kept."""
    found = NEARNESS.fullmatch(shown)
    digits = found and (found["near_by"] or found["before"])
    return max(int(digits or USUAL_DISTANCE), 1), bool(found and found["before"])
