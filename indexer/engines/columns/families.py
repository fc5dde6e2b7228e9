"""Families on the columns: what a prefix, a pattern or a slip weighs in each document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.columns.layout import LATE, Array
from indexer.engines.columns.postings import among, have_forms, weigh
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Family

_TABLE = 32
"""Documents of a table that are looked through in the time in which one posting is sorted."""


def heaviest(columns: Columns, family: Family) -> tuple[Array, Array]:
    """Return the documents that have a form of a family, in order, and the code of their heaviest stem that does."""
    field = family.field
    stems, ranks = columns.forms_of_family(family)
    whole, owners = np.unique(stems, return_inverse=True)
    alone, found = np.ones(len(whole), bool), []
    if field is None and len(whole) > 1:
        signs, alone = _signs(columns, whole, owners, ranks)
        places, documents, of = columns.postings_of_stems(whole)
        kept = (columns.forms[places] & signs[of] != 0).nonzero()[0]
        found.append((documents[kept], columns.codes[places[kept]]))
    found += [
        _in_forms(columns, int(whole[number]), ranks[owners == number].tolist(), field)
        for number in alone.nonzero()[0].tolist()
    ]
    return found[0] if len(whole) == 1 else _once(columns, found)


def _once(columns: Columns, found: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Return documents found with their codes, some several times: each once, in order, with its highest code."""
    documents = np.concatenate([np.zeros(0, np.int64), *(held for held, _ in found)])
    codes = np.concatenate([np.zeros(0, np.uint8), *(own for _, own in found)])
    if len(documents) * _TABLE > len(columns):
        best = np.zeros(len(columns), np.uint8)
        np.maximum.at(best, documents, codes)
        held = (best != 0).nonzero()[0]  # of truth values, several times quicker than of bytes
        return held, best[held]
    keys = np.sort(documents << 8 | codes)
    lasts = np.ones(len(keys), bool)
    np.not_equal(keys[1:] >> 8, keys[:-1] >> 8, out=lasts[:-1])
    keys = keys[lasts]
    return keys >> 8, (keys & 0xFF).astype(np.uint8)


def _signs(columns: Columns, stems: Array, owners: Array, ranks: Array) -> tuple[Array, Array]:
    """Return the signs of some forms of each stem, and the stems whose late forms their sign does not tell apart.

    `owners` says which of the stems each of the `ranks` is of.
    """
    late = ranks >= LATE
    wanted = np.bincount(owners[late], minlength=len(stems))
    doubtful = (wanted > 0) & (wanted < columns.form_count(stems) - LATE)
    told = ~(late & doubtful[owners])
    signs = np.zeros(len(stems), np.uint8)
    np.bitwise_or.at(signs, owners[told], np.left_shift(1, np.minimum(ranks[told], LATE)).astype(np.uint8))
    return signs, doubtful


def _in_forms(columns: Columns, stem: int, ranks: Sequence[int], field: str | None) -> tuple[Array, Array]:
    """Return the documents that have some forms of a stem in `field`, and the codes of the whole stem there."""
    if field is None:
        rows = have_forms(columns, stem, ranks).nonzero()[0]
        return columns.documents_at(stem, rows), columns.codes[columns.postings(stem)][rows]
    held, tokens = columns.holders(stem), columns.all_tokens(stem)
    codes = weigh(columns, tokens.rows, tokens.positions, held, field)
    kept = among(ranks, tokens.forms)
    having = weigh(columns, tokens.rows[kept], tokens.positions[kept], held, field).nonzero()[0]
    return held[having], codes[having]
