"""Families on the columns: what a prefix, a pattern or a slip weighs in each document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.columns.layout import LATE, Array
from indexer.engines.columns.postings import among, have_forms, weigh
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Family


def holders_of_family(columns: Columns, family: Family) -> tuple[Array, Array]:
    """Return the documents that have a form of a family, in order, and the code of the heaviest stem of it there."""
    stems, ranks = columns.forms_of_family(family)
    if family.field is None and len(stems) and (stems == stems[0]).all():
        return _in_forms(columns, int(stems[0]), ranks.tolist(), None)
    best = heaviest(columns, family) if len(stems) else np.zeros(0, np.uint8)
    found = (best != 0).nonzero()[0]  # of truth values, several times quicker than of bytes
    return found, best[found]


def heaviest(columns: Columns, family: Family) -> Array:
    """Return, for each document, the code of its heaviest stem that is there in a form of the family; or 0."""
    field = family.field
    stems, ranks = columns.forms_of_family(family)
    best = np.zeros(len(columns), np.uint8)
    whole, owners = np.unique(stems, return_inverse=True)
    alone = np.ones(len(whole), bool)
    if field is None:
        signs, alone = _signs(columns, whole, owners, ranks)
        places, documents, of = columns.postings_of_stems(whole)
        kept = columns.forms[places] & signs[of] != 0
        np.maximum.at(best, documents[kept], columns.codes[places[kept]])
    for number in np.flatnonzero(alone).tolist():
        documents, codes = _in_forms(columns, int(whole[number]), ranks[owners == number].tolist(), field)
        best[documents] = np.maximum(best[documents], codes)
    return best


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
