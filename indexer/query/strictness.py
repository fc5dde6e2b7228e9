"""Strictness: the same query, every word and phrase as spelt, accents and inflection included."""

from __future__ import annotations

from dataclasses import replace

from indexer.analysis import Form
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Excluded,
    Favoured,
    Kin,
    MostOf,
    Near,
    Operand,
    Part,
    Phrase,
    Spellings,
    Together,
    Word,
)


def exactly(part: Part) -> Part:
    """Return `part` with all its words and phrases in their exact form; families stay as they are."""
    match part:
        case Word() | Phrase():
            return _spelt(part)
        case Near(left, right):
            return replace(part, left=_operand(left), right=_operand(right))
        case Spellings(_, (first, *_)):
            return exactly(first)
        case AllOf(parts) | AnyOf(parts) | MostOf(parts):
            kept = (each for each in parts if not _is_tolerant(each))
            spelt = tuple(dict.fromkeys(inner for each in kept for inner in _inside(exactly(each), type(part))))
            return type(part)(spelt) if len(spelt) > 1 or isinstance(part, MostOf) else spelt[0]
        case Excluded(inner):
            return Excluded(exactly(inner))
        case Favoured(Word() | Phrase() as leaf, gain):
            return Favoured(_spelt(leaf), gain)
        case _:
            return part


def _is_tolerant(part: Part) -> bool:
    """Tell whether a part favours words in any inflection, which nobody wants who wants them as spelt."""
    return isinstance(part, Favoured) and isinstance(part.part, Together | Kin)


def _inside(part: Part, kind: type[AllOf | AnyOf | MostOf]) -> tuple[Part, ...]:
    """Return the parts of an AllOf that a spelling left inside another; any other part alone."""
    return part.parts if isinstance(part, AllOf) and kind is AllOf else (part,)


def _spelt(leaf: Word | Phrase) -> Word | Phrase:
    """Return a word or phrase as spelt; a phrase of one word is that word."""
    if isinstance(leaf, Word):
        return replace(leaf, form=Form.EXACT)
    if len(leaf.words) == 1:
        return Word(leaf.typed, leaf.words[0], Form.EXACT, leaf.field)
    return replace(leaf, form=Form.EXACT, strict=())


def _operand(operand: Operand) -> Operand:
    return _spelt(operand) if isinstance(operand, Word | Phrase) else operand
