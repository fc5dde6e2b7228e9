"""Occurrences: where words and phrases stand, in many documents at once, as sorted keys.

A key is one number for a document, a field and a position there. The keys of two words of one field differ by how
many words they are apart, those of two fields or documents by more than any phrase is long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.phrases import candidates, find_phrase, rows_of
from indexer.engines.columns.postings import among
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import same_as
from indexer.query.syntax import Near, Operand, Phrase, Word

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
    left, right = (find_operand(columns, operand, documents) for operand in (near.left, near.right))
    lefts, rights = near_each_other(
        (left.keys, left.keys + left.width), (right.keys, right.keys + right.width), near.distance, ordered=near.ordered
    )
    found = np.concatenate([left.keys[lefts], right.keys[rights]])
    # What both operands are found to be, whole, is there once.
    return np.unique(found) if left.width == right.width else np.sort(found)


def near_each_other(
    left: tuple[Array, Array], right: tuple[Array, Array], distance: int, *, ordered: bool
) -> tuple[Array, Array]:
    """Return which of two operands' occurrences have one of the other's near them.

    Each is given by the places of its first and of its last words, in order.
    """
    lefts, rights = _followed(left[1], right[0], distance), _following(right[0], left[1], distance)
    if not ordered:
        lefts |= _following(left[0], right[1], distance)
        rights |= _followed(right[1], left[0], distance)
    return lefts, rights


def _followed(lasts: Array, firsts: Array, distance: int) -> Array:
    """Return which of `lasts` one of `firsts` follows."""
    if not len(firsts):
        return np.zeros(len(lasts), bool)
    at = np.searchsorted(firsts, lasts, "right")
    return np.asarray((at < len(firsts)) & (firsts[np.minimum(at, len(firsts) - 1)] - lasts <= distance))


def _following(firsts: Array, lasts: Array, distance: int) -> Array:
    """Return which of `firsts` follow one of `lasts`."""
    if not len(lasts):
        return np.zeros(len(firsts), bool)
    at = np.searchsorted(lasts, firsts)
    return np.asarray((at > 0) & (firsts - lasts[at - 1] <= distance))


def find_operand(columns: Columns, operand: Operand, documents: Array) -> Occurrences:
    """Return where an operand stands in some documents, in order."""
    match operand:
        case Word(_, forms, form):
            stem = columns.stems.find(forms.stem.encode())
            if stem < 0:
                return Occurrences(np.zeros(0, np.int64), 0)
            wanted = columns.form_ranks(stem, same_as(form, forms))
            return Occurrences(keys_of_stem(columns, stem, documents, wanted), 0)
        case Phrase():
            holders, positions = find_phrase(columns, operand, documents)
            keys = keys_of(columns, holders, positions)
            return Occurrences(keys + operand.lead, len(operand.words) - 1 - operand.lead)
        case family:
            stems, ranks = columns.forms_of_family(family)
            found = [
                keys_of_stem(columns, stem, documents, ranks[stems == stem].tolist())
                for stem in np.unique(stems).tolist()
            ]
            return Occurrences(np.sort(np.concatenate([np.zeros(0, np.int64), *found])), 0)


def stems_of(columns: Columns, operand: Operand) -> list[int]:
    """Return the stems of the words that must be there; a family has none that must."""
    words = (operand.forms,) if isinstance(operand, Word) else operand.words if isinstance(operand, Phrase) else ()
    return [columns.stems.find(word.stem.encode()) for word in words]


def keys_of_stem(columns: Columns, stem: int, documents: Array, ranks: Sequence[int] | None = None) -> Array:
    """Return the keys of a stem in some documents: of some of its forms, by their ranks, or of all."""
    held = columns.holders(stem)
    rows = rows_of(columns, held, documents)
    tokens = columns.tokens_of(stem, rows)
    keys = keys_of(columns, held[rows[tokens.rows]], tokens.positions)
    return keys if ranks is None else keys[among(ranks, tokens.forms)]


def keys_of(columns: Columns, documents: Array, positions: Array) -> Array:
    """Return the keys of some stream positions of documents."""
    places = documents << _DOCUMENT_SHIFT | positions
    return np.asarray(np.where(positions > columns.titles[documents], places | _TEXT, places))
