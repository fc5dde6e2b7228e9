"""What a query means: a tree of parts, already analysed, that every engine can answer.

::

    Part = Word | Phrase | Prefix | Pattern | Like | Near  leaves: what articles contain
         | Everything | Published | Has                    leaves: which articles, without any score
         | AllOf | AnyOf | Spellings | MostOf | Excluded   how parts combine
         | Favoured                                        what the best articles gain by having
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
    """Articles with these words side by side, in order, all in the given form; those of `strict` in their exact form.

    The form is folded inside quotes (no inflection), stem in a compound (porte-monnaie), exact after the strict sign.
    `strict` are numbers of words, from 0. The first `lead` words must be there and are not shown: the elided article
    of "l'école".
    """

    typed: str
    words: tuple[Forms, ...]
    form: Form = Form.FOLDED
    field: str | None = None
    lead: int = 0
    strict: tuple[int, ...] = ()

    @property
    def asked(self) -> tuple[tuple[Form, Forms], ...]:
        """Each word with the form in which it is looked for."""
        return tuple((Form.EXACT if at in self.strict else self.form, word) for at, word in enumerate(self.words))


@dataclass(frozen=True)
class Prefix:
    """Articles with a word whose folded form starts with `folded`."""

    typed: str
    folded: str
    field: str | None = None


@dataclass(frozen=True)
class Pattern:
    """Articles with a word whose whole folded form is like `folded`, where ? is any one letter and * any letters."""

    typed: str
    folded: str
    field: str | None = None


@dataclass(frozen=True)
class Like:
    """Articles with a word whose folded form is `folded` or one slip away from it.

    A slip is a letter more, less or other, or two neighbours exchanged. Articles with `folded` itself rank higher.
    """

    typed: str
    folded: str
    field: str | None = None


@dataclass(frozen=True)
class Near:
    """Articles where `left` and `right` stand in one field, 1 to `distance` words apart, `left` first if `ordered`.

    Words side by side are 1 apart; a paragraph break counts as a word. Operands that overlap are not near: a word
    is near itself only where it stands twice. The operands have no field of their own; each is a place by itself.
    """

    left: Operand
    right: Operand
    distance: int
    ordered: bool = False
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


@dataclass(frozen=True)
class Together:
    """What articles gain where many of these `words`, in any inflection, stand close together; it finds nothing."""

    typed: str
    words: tuple[Forms, ...]


@dataclass(frozen=True)
class Kin:
    """What articles gain that lack a word, and have another whose stem starts with `beginning`; it finds nothing."""

    typed: str
    forms: Forms
    beginning: str


@dataclass(frozen=True)
class Favoured:
    """Filters nothing: the best of the articles that the whole query finds score more where they also have `part`.

    Wherever it stands, the query first finds and scores articles as if it were not there; then those that lead gain
    (scoring.RESCORED). Alone, or beside nothing, a Favoured part matches everything; what is excluded favours nothing.
    It is looked for in titles and texts. Without `gain` it is only shown where it stands.
    """

    part: Favour
    gain: bool = True


Family = Prefix | Pattern | Like
"""What stands for any word of a family, told by its folded form."""

Operand = Word | Phrase | Family
Favour = Word | Phrase | Together | Kin
Leaf = Operand | Near
Part = Leaf | Everything | Published | Has | AllOf | AnyOf | Spellings | MostOf | Excluded | Favoured


def fields_of(leaf: Leaf) -> tuple[str, ...]:
    """Return the fields in which a leaf is looked for."""
    return (leaf.field,) if leaf.field else DEFAULT_FIELDS


def operands_of(leaf: Leaf) -> tuple[Operand, ...]:
    """Return what stands in one place each: a leaf itself, or the two that are near each other."""
    return (leaf.left, leaf.right) if isinstance(leaf, Near) else (leaf,)


def wanted_leaves(part: Part) -> Iterator[Leaf]:
    """Yield the leaves of `part` that articles should contain, as typed: neither the excluded nor the favoured ones."""
    match part:
        case Word() | Phrase() | Prefix() | Pattern() | Like() | Near():
            yield part
        case AllOf(parts) | AnyOf(parts) | Spellings(_, parts) | MostOf(parts):
            for inner in parts:
                yield from wanted_leaves(inner)
        case _:
            return


def shown_leaves(part: Part) -> Iterator[Leaf]:
    """Yield the leaves to show where they stand: the wanted ones, then the favoured ones."""
    yield from wanted_leaves(part)
    yield from (inner.part for inner in _favoured(part) if isinstance(inner.part, Word | Phrase))


def gains(part: Part) -> tuple[Favour, ...]:
    """Return what the best articles gain by having, each once."""
    return tuple(dict.fromkeys(inner.part for inner in _favoured(part) if inner.gain))


def _favoured(part: Part) -> Iterator[Favoured]:
    match part:
        case Favoured():
            yield part
        case AllOf(parts) | AnyOf(parts) | MostOf(parts):
            for inner in parts:
                yield from _favoured(inner)
        case _:
            return


def without_favours(part: Part) -> Part:
    """Return `part` without its favoured parts: what it matches, and no more; Everything if nothing else is left."""
    match part:
        case Favoured():
            return Everything()
        case AllOf(parts) | AnyOf(parts) | MostOf(parts):
            kept = tuple(without_favours(inner) for inner in parts if not isinstance(inner, Favoured))
            return type(part)(kept) if len(kept) > 1 or isinstance(part, MostOf) else kept[0] if kept else Everything()
        case Spellings(typed, parts, field):
            return Spellings(typed, tuple(map(without_favours, parts)), field)
        case Excluded(inner):
            return Excluded(without_favours(inner))
        case _:
            return part


def graded_parts(part: Part) -> tuple[Part, ...]:
    """Return the parts that a MostOf grades by, at the top of `part` or among its AllOf; none without a MostOf."""
    match part:
        case MostOf(parts):
            return parts
        case AllOf(parts):
            return tuple(graded for inner in parts for graded in graded_parts(inner))
        case _:
            return ()
