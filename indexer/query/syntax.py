"""What a query means: a tree of parts, already analysed, that every engine can answer.

::

    Part = Word | Phrase | Prefix                          leaves: what articles contain
         | Everything | Published | Has                    leaves: which articles, without any score
         | AllOf | AnyOf | Spellings | MostOf | Excluded   how parts combine
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.analysis import Form, Forms

DEFAULT_FIELDS = ("title", "text")
"""Where a part without a field is looked for."""


@dataclass(frozen=True)
class Word:
    """Articles with this word, in the given form, in `field` (None: DEFAULT_FIELDS).

    `typed` is the word as the user wrote it.
    """

    typed: str
    forms: Forms
    form: Form = Form.STEM
    field: str | None = None


@dataclass(frozen=True)
class Phrase:
    """Articles with these words side by side, in order, all in the given form.

    The form is folded inside quotes (no inflection), stem in a compound (porte-monnaie). The first `lead` words
    must be there and are not shown: the elided article of "l'école".
    """

    typed: str
    words: tuple[Forms, ...]
    form: Form = Form.FOLDED
    field: str | None = None
    lead: int = 0


@dataclass(frozen=True)
class Prefix:
    """Articles with a word whose folded form starts with `folded`."""

    typed: str
    folded: str
    field: str | None = None


@dataclass(frozen=True)
class Everything:
    """All articles."""


@dataclass(frozen=True)
class Published:
    """Articles dated from `first` to `last`, both included; None leaves that side open.

    Undated articles never match.
    """

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True)
class Has:
    """Articles whose facet ("source", "author", "year") has exactly this value; "" or 0 stands for « unknown »."""

    facet: str
    value: str | int


@dataclass(frozen=True)
class AllOf:
    """Articles that every part matches; an Excluded part takes its articles away."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class AnyOf:
    """Articles that at least one part matches."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Spellings:
    """Articles that at least one part matches: ways to write what was `typed` (week-end, « week end »)."""

    typed: str
    parts: tuple[Part, ...]
    field: str | None = None


@dataclass(frozen=True)
class MostOf:
    """Articles that at least one part matches; each part adds to the score for being there, rare ones more."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Excluded:
    """Articles that `part` does not match."""

    part: Part


Leaf = Word | Phrase | Prefix
Part = Leaf | Everything | Published | Has | AllOf | AnyOf | Spellings | MostOf | Excluded


def fields_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the fields in which a leaf is looked for."""
    return (leaf.field,) if leaf.field else DEFAULT_FIELDS


def wanted_leaves(part: Part) -> Iterator[Leaf]:
    """Yield the leaves of `part` that articles should contain, in the order typed: all but the excluded ones."""
    match part:
        case Word() | Phrase() | Prefix():
            yield part
        case AllOf(parts) | AnyOf(parts) | Spellings(_, parts) | MostOf(parts):
            for inner in parts:
                yield from wanted_leaves(inner)
        case _:
            return


def graded_parts(part: Part) -> tuple[Part, ...]:
    """Return the parts that a MostOf grades by, at the top of `part` or among its AllOf; none without a MostOf."""
    match part:
        case MostOf(parts):
            return parts
        case AllOf(parts):
            return tuple(graded for inner in parts for graded in graded_parts(inner))
        case _:
            return ()
