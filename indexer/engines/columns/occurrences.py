"""Occurrences: where words and phrases stand, in many documents at once, as sorted keys.

A key is one number for a document, a field and a position there. The keys of two words of one field differ by how
many words they are apart, those of two fields or documents by more than any phrase is long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import same_in
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


def find_near(columns: Columns, near: Near) -> Array:
    """Return the keys of all that stands near something else, as `near` asks, in order."""
    documents = documents_with(columns, [*stems_of(columns, near.left), *stems_of(columns, near.right)])
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
    """Return where an operand stands in some documents, in order; these have all the words of a phrase."""
    match operand:
        case Word(_, forms, form):
            stem = columns.stems.find(forms.stem.encode())
            wanted = columns.form_ranks(stem, partial(same_in, form, forms)) if stem >= 0 else []
            return Occurrences(_keys_of_stem(columns, stem, wanted, documents), 0)
        case Phrase():
            keys = _in_fields(columns, find_phrase(columns, operand, documents))
            return Occurrences(keys + operand.lead, len(operand.words) - 1 - operand.lead)
        case family:
            stems, ranks = columns.forms_of_family(family)
            found = [
                _keys_of_stem(columns, stem, ranks[stems == stem].tolist(), documents)
                for stem in np.unique(stems).tolist()
            ]
            return Occurrences(np.sort(np.concatenate([np.zeros(0, np.int64), *found])), 0)


def documents_with(columns: Columns, stems: Sequence[int], documents: Array | None = None) -> Array:
    """Return those of some documents (None: of all) that have all of some stems, in order; none has the stem -1."""
    if min(stems, default=0) < 0 or (documents is not None and not len(documents)):
        return np.zeros(0, np.int64)
    if documents is None:
        documents = np.arange(len(columns))
    by_rarity = sorted(set(stems), key=columns.holder_count)
    if stems and columns.holder_count(by_rarity[0]) < len(documents):
        held = columns.holders(by_rarity.pop(0))
        documents = held[in_sorted(documents, held)]
    for stem in by_rarity:
        documents = documents[columns.rows_of(stem, documents) >= 0]
    return documents


def find_phrase(columns: Columns, phrase: Phrase, documents: Array) -> Array:
    """Return the places, document and stream position, where a phrase starts in documents that have all its words.

    The words are followed from the rarest: each leaves fewer documents in which the next must be looked up.
    """
    steps = [(stem, step) for step, stem in enumerate(stems_of(columns, phrase))]
    if min(stem for stem, _ in steps) < 0:
        return np.zeros(0, np.int64)
    keys: Array | None = None
    for stem, step in sorted(steps, key=lambda item: columns.holder_count(item[0])):
        tokens = columns.tokens_of(stem, columns.rows_of(stem, documents))
        wanted = columns.form_ranks(stem, partial(same_in, *phrase.asked[step]))
        kept = np.isin(tokens.forms, wanted) & (tokens.positions >= step)
        found = documents[tokens.rows[kept]] << _DOCUMENT_SHIFT | (tokens.positions[kept] - step)
        keys = found if keys is None else keys[in_sorted(found, keys)]
        documents = distinct(keys >> _DOCUMENT_SHIFT)
    assert keys is not None  # noqa: S101 - a phrase has words
    return keys


def distinct(numbers: Array) -> Array:
    """Return sorted numbers, each once."""
    return numbers[np.flatnonzero(np.diff(numbers, prepend=-1))]


def in_sorted(table: Array, wanted: Array) -> Array:
    """Return which of `wanted` are in `table`; both are sorted."""
    at = np.searchsorted(table, wanted)
    at[at == len(table)] = 0
    return np.asarray(table[at] == wanted) if len(table) else np.zeros(len(wanted), bool)


def stems_of(columns: Columns, operand: Operand) -> list[int]:
    """Return the stems of the words that must be there; a family has none that must."""
    words = (operand.forms,) if isinstance(operand, Word) else operand.words if isinstance(operand, Phrase) else ()
    return [columns.stems.find(word.stem.encode()) for word in words]


def _keys_of_stem(columns: Columns, stem: int, ranks: Sequence[int], documents: Array) -> Array:
    """Return the keys of some forms of a stem in some documents."""
    if stem < 0:
        return np.zeros(0, np.int64)
    held = columns.holders(stem)
    rows = np.flatnonzero(in_sorted(documents, held))
    tokens = columns.tokens_of(stem, rows)
    kept = np.isin(tokens.forms, ranks)
    return _in_fields(columns, held[rows[tokens.rows[kept]]] << _DOCUMENT_SHIFT | tokens.positions[kept])


def _in_fields(columns: Columns, places: Array) -> Array:
    """Return places, document and stream position, as keys."""
    documents, positions = split_keys(places)
    return np.asarray(np.where(positions > columns.titles[documents], places | _TEXT, places))
