"""Occurrences: where words and phrases stand, in many documents at once, as sorted keys.

A key is one number for a document, a field and a position there. The keys of two words of one field differ by how
many words they are apart, those of two fields or documents by more than any phrase is long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.families import are_members, find_postings
from indexer.engines.columns.layout import Array
from indexer.engines.columns.narrowing import perhaps_in_titles, tokens_in
from indexer.engines.columns.phrases import candidates, find_phrase, rows_of, runs
from indexer.engines.columns.postings import among
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Family, Near, Operand, Phrase, Word

_DOCUMENT_SHIFT = 32
_TEXT = 1 << 31
"""A key: the number of a document, one bit for its text, then a position in its stream."""


class Occurrences(NamedTuple):
    """Occurrences of an operand: the keys of their first words, and how many words further the last ones stand."""

    keys: Array
    width: int


def split_keys(keys: Array) -> tuple[Array, Array]:
    """Return the document numbers and the stream positions of some keys."""
    return keys >> _DOCUMENT_SHIFT, keys & _TEXT - 1


def owners_of(keys: Array) -> tuple[Array, Array]:
    """Return the document numbers of some keys, and which of them are in a text."""
    return keys >> _DOCUMENT_SHIFT, keys & _TEXT != 0


def find_near(columns: Columns, near: Near) -> Array:
    """Return the keys of all that stands near something else, as `near` asks, in order."""
    stems = {*stems_of(columns, near.left), *stems_of(columns, near.right)}
    if min(stems, default=0) < 0:
        return np.zeros(0, np.int64)
    lists = sorted(map(columns.holders, stems), key=len)
    documents = candidates(columns, lists) if lists else np.arange(len(columns))
    places = {}
    for operand in sorted({near.left, near.right}, key=lambda operand: _size(columns, operand)):
        places[operand] = find_operand(columns, operand, documents, near.field)
        documents, _ = runs(places[operand].keys >> _DOCUMENT_SHIFT)  # the other is looked for where this one is
    left, right = places[near.left], places[near.right]
    lefts, rights = near_each_other(
        (left.keys, left.keys + left.width), (right.keys, right.keys + right.width), near.distance, ordered=near.ordered
    )
    found = np.sort(np.concatenate([left.keys[lefts], right.keys[rights]]))
    # What both operands are found to be, whole, is there once.
    return runs(found)[0] if left.width == right.width else found


def near_each_other(
    left: tuple[Array, Array], right: tuple[Array, Array], distance: int, *, ordered: bool
) -> tuple[Array, Array]:
    """Return which of two operands' occurrences have one of the other's near them.

    Each is given by the places of its first and of its last words, in order.
    """
    lefts, rights = _following(left[1], right[0], distance)
    if not ordered:
        rights_before, lefts_after = _following(right[1], left[0], distance)
        lefts |= lefts_after
        rights |= rights_before
    return lefts, rights


def _following(lasts: Array, firsts: Array, distance: int) -> tuple[Array, Array]:
    """Return which of `lasts` one of `firsts` follows, and which of these follow one of them; both are in order."""
    if not (len(lasts) and len(firsts)):
        return np.zeros(len(lasts), bool), np.zeros(len(firsts), bool)
    after = firsts.searchsorted(lasts, "right")
    before = np.bincount(after, minlength=len(firsts)).cumsum()[: len(firsts)] - 1  # the last one that is, or -1
    followed = (after < len(firsts)) & (firsts[np.minimum(after, len(firsts) - 1)] - lasts <= distance)
    return followed, (before >= 0) & (firsts - lasts[before] <= distance)


def find_operand(columns: Columns, operand: Operand, documents: Array, field: str | None = None) -> Occurrences:
    """Return where an operand stands in some documents, in order: at least all that is in `field`."""
    match operand:
        case Word(_, forms, form):
            stem = columns.stems.find(forms.stem.encode())
            if stem < 0:
                return Occurrences(np.zeros(0, np.int64), 0)
            wanted = columns.ranks_of(stem, form, forms)
            return Occurrences(keys_of_stem(columns, stem, documents, wanted), 0)
        case Phrase():
            holders, positions = find_phrase(columns, operand, documents)
            keys = keys_of(columns, holders, positions)
            return Occurrences(keys + operand.lead, len(operand.words) - 1 - operand.lead)
        case family:
            return Occurrences(_keys_of_family(columns, family, documents, field), 0)


def stems_of(columns: Columns, operand: Operand) -> list[int]:
    """Return the stems of the words that must be there; a family has none that must."""
    words = (operand.forms,) if isinstance(operand, Word) else operand.words if isinstance(operand, Phrase) else ()
    return [columns.stems.find(word.stem.encode()) for word in words]


def _size(columns: Columns, operand: Operand) -> int:
    """Return how many postings there are to look at for an operand; those of a family count once for each form."""
    match operand:
        case Word() | Phrase():
            return min(map(columns.holder_count, stems_of(columns, operand)))
        case family:
            return int(columns.holder_counts(columns.forms_of_family(family)[0]).sum())


def keys_of_stem(columns: Columns, stem: int, documents: Array, ranks: Sequence[int] | None = None) -> Array:
    """Return the keys of a stem in some documents: of some of its forms, by their ranks, or of all."""
    held = columns.holders(stem)
    rows = rows_of(columns, held, documents)
    tokens = columns.tokens.of(columns.postings(stem), rows)
    keys = keys_of(columns, held[rows[tokens.rows]], tokens.positions)
    return keys if ranks is None else keys[among(ranks, tokens.forms)]


def _keys_of_family(columns: Columns, family: Family, documents: Array, field: str | None) -> Array:
    """Return the keys of all the words of a family in some documents, at least of those in `field`."""
    found = find_postings(columns, family, field)
    wanted = np.zeros(len(columns), bool)
    wanted[documents] = True
    kept = wanted[found.documents]
    if field == "title":
        kept &= perhaps_in_titles(columns, found.places, found.documents)
    rows = kept.nonzero()[0]
    holders = found.documents[rows]
    tokens = tokens_in(columns, found.places[rows], holders, field)
    inside = are_members(columns, family, found.stems[found.of[rows]], tokens).nonzero()[0]
    return np.sort(keys_of(columns, holders[tokens.rows[inside]], tokens.positions[inside]))


def keys_of(columns: Columns, documents: Array, positions: Array) -> Array:
    """Return the keys of some stream positions of documents."""
    places = documents << _DOCUMENT_SHIFT | positions
    return np.asarray(np.where(positions > columns.titles[documents], places | _TEXT, places))
