"""Accents: words that nothing but accents tells apart, and whether the one typed comes first.

A list of them has on each line, in its last column, the words of a group, with blanks between them: « pêche péché ».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from indexer.evaluation.material import read_rows
from indexer.evaluation.texts import search_over
from indexer.evaluation.variations import without_accents


@dataclass(frozen=True)
class Rivalry:
    """A word that was typed and another with other accents; `right` when the text with the word typed comes first."""

    typed: str
    other: str
    right: bool

    @property
    def accented(self) -> bool:
        """Whether the word was typed with accents; without any, it may stand for both."""
        return without_accents(self.typed) != self.typed


def read_groups(file: Path) -> list[list[str]]:
    """Read a list of words to tell apart. Raises UnreadableMaterial."""
    return [cells[-1].split() for _, cells in read_rows(file, 1)]


def search_rivals(groups: Iterable[list[str]]) -> list[Rivalry]:
    """Search for each word of a group in a text with it and in the same text with another word; a draw is lost."""
    return [_rivalry(*pair) for group in groups for pair in permutations(dict.fromkeys(group), 2)]


def _rivalry(typed: str, other: str) -> Rivalry:
    hits = search_over(f"Voici {other}.", f"Voici {typed}.").ranked(typed)
    return Rivalry(typed, other, right=bool(hits) and hits[0].id == "1")
