"""The vocabulary at the seam: the words that titles and texts have, as they write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from indexer.analysis.token import Forms


@dataclass(frozen=True)
class Spelling:
    """A word as titles and texts write it, accents included, and how many times they do."""

    forms: Forms
    count: int


class Vocabulary(Protocol):
    """The words of one index that are `spelled_in_letters`. They are asked for by their folded spelling.

    Order, unless told otherwise: the commonest first; ties by folded, then by exact spelling.
    """

    def __contains__(self, folded: str) -> bool:
        """Tell whether any title or text has a word with this folded spelling."""
        ...

    def spelled(self, folded: str) -> tuple[Spelling, ...]:
        """Return the spellings of one folded word: élève, élevé for « eleve »."""
        ...

    def starting(self, folded: str, limit: int) -> tuple[Spelling, ...]:
        """Return at most `limit` spellings whose folded form starts with `folded`."""
        ...

    def near(self, folded: str, distance: int, limit: int) -> tuple[Spelling, ...]:
        """Return at most `limit` spellings at an `edit_distance` of 1 to `distance`, the nearest first."""
        ...


def spelled_in_letters(folded: str) -> bool:
    """Tell whether a folded word is made of plain letters: no number, hashtag, address or other script."""
    return folded.isascii() and folded.isalpha()


def edit_distance(one: str, other: str) -> int:
    """Return how many letters to add, drop, replace or swap with the next lead from one word to the other.

    The optimal string alignment distance: no letter is touched twice. Damerau, « A technique for computer detection
    and correction of spelling errors », Communications of the ACM 7 (1964).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, met in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != met))
            if i > 1 and j > 1 and letter == other[j - 2] and met == one[i - 2]:
                best = min(best, above[j - 2] + 1)
            row.append(best)
    return row[-1]
