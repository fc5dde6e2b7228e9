"""Token: a term with its place in the text."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    """The three aligned forms of a word, from the strictest to the most tolerant."""

    EXACT = "exact"
    FOLDED = "folded"
    STEM = "stem"

    __hash__ = str.__hash__  # parts of queries are hashed all the time; an Enum's own hash is computed in Python


class Forms(NamedTuple):
    """One word in its three aligned forms; each is a term: not empty, without any space.

    `exact` keeps the accents (composed; in lower case, save the capital of a name that is a common word as well),
    `folded` is without them, `stem` without its inflection. A stem depends on the folded form alone, so that a word
    typed without accents has the same.
    """

    exact: str
    folded: str
    stem: str

    @property
    def accented(self) -> bool:
        """Whether the word was written with accents or ligatures."""
        return self.exact.lower() != self.folded

    @property
    def named(self) -> bool:
        """Whether the word was written as a name that is a common word as well."""
        return self.exact[:1].isupper()


class Token(NamedTuple):
    """A word of a text: its forms and its place. The law: ``text[start:end]`` is what the reader saw.

    `start` and `end` are code point offsets in the original text, whatever rewriting found the word; no rule may
    change them. `position` counts words from 0 and skips one at each paragraph break, so that no phrase crosses
    it. A named tuple and not a dataclass: millions are made in a rebuild, at a third of the cost.
    """

    forms: Forms
    start: int
    end: int
    position: int
