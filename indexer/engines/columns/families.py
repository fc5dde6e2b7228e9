"""Families on the columns: where the words of a prefix, a pattern or a slip are, what they weigh in each document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.engines.columns.layout import LATE, Array
from indexer.engines.columns.narrowing import narrow, tokens_in
from indexer.engines.columns.postings import have_forms, weigh
from indexer.engines.columns.reader import Columns
from indexer.engines.columns.tokens import Tokens
from indexer.query.syntax import Family

_TABLE = 32
"""Documents of a table that are looked through in the time in which one posting is sorted."""

_NONE = np.zeros(0, np.int64)


class FamilyPostings(NamedTuple):
    """The postings of the stems of a family: their places, their documents, and which of the stems each is of.

    All have a form of the family, but perhaps the doubtful ones, given by their rows: they have one of the late forms
    of their stem, of which only some belong.
    """

    places: Array
    documents: Array
    of: Array
    stems: Array
    doubtful: Array


def heaviest(columns: Columns, family: Family) -> tuple[Array, Array]:
    """Return the documents that have a form of a family, in order, and the code of their heaviest stem that does."""
    field, (stems, ranks) = family.field, columns.forms_of_family(family)
    if field is None and len(stems) and (stems == stems[0]).all():
        return _of_one_stem(columns, int(stems[0]), ranks.tolist())
    found = find_postings(columns, family, field)
    codes, read = narrow(columns, found.places, found.documents, found.doubtful, field)
    sure = _once(columns, found.documents, codes)
    if not len(read):
        return sure
    # What the heaviest stem of its document outweighs, even if all of it counted, need not be read.
    best = np.zeros(len(columns), np.uint8)
    best[sure[0]] = sure[1]
    read = read[columns.codes.take(found.places[read]) > best.take(found.documents[read])]
    documents = found.documents[read]
    tokens = tokens_in(columns, found.places[read], documents, field)
    inside = are_members(columns, family, found.stems[found.of[read]], tokens).nonzero()[0]
    having = weigh(columns, tokens.rows[inside], tokens.positions[inside], documents, field) != 0
    codes = (having * weigh(columns, tokens.rows, tokens.positions, documents, field)).astype(np.uint8)
    return _once(columns, np.append(sure[0], documents), np.append(sure[1], codes))


def _of_one_stem(columns: Columns, stem: int, ranks: Sequence[int]) -> tuple[Array, Array]:
    """Return the documents that have some forms of a stem, and the codes of the stem there."""
    rows = have_forms(columns, stem, ranks).nonzero()[0]
    return columns.documents_at(stem, rows), columns.codes[columns.postings(stem)][rows]


def _once(columns: Columns, documents: Array, codes: Array) -> tuple[Array, Array]:
    """Return documents with their codes, some several times: each once, in order, with its highest code unless 0."""
    if len(documents) * _TABLE > len(columns):
        best = np.zeros(len(columns), np.uint8)
        np.maximum.at(best, documents, codes)
        held = (best != 0).nonzero()[0]  # of truth values, several times quicker than of bytes
        return held, best[held]
    keys = np.sort(documents << 8 | codes)
    lasts = np.ones(len(keys), bool)
    np.not_equal(keys[1:] >> 8, keys[:-1] >> 8, out=lasts[:-1])
    keys = keys[lasts & (keys & 0xFF != 0)]
    return keys >> 8, (keys & 0xFF).astype(np.uint8)


def find_postings(columns: Columns, family: Family, field: str | None) -> FamilyPostings:
    """Return the postings that have a form of a family, at least those in `field`, and some that may have none."""
    stems, owners = np.unique(columns.forms_of_family(family)[0], return_inverse=True)
    sure, shared = _signs(columns, stems, owners, columns.forms_of_family(family)[1])
    least = int(columns.title_codes.min()) if field == "title" else 0
    places, documents, of = columns.postings_of_stems(stems, sure | shared, least)
    doubtful = (columns.forms.take(places) & sure[of] == 0).nonzero()[0] if shared.any() else _NONE
    return FamilyPostings(places, documents, of, stems, doubtful)


def are_members(columns: Columns, family: Family, stems: Array, tokens: Tokens) -> Array:
    """Return which of some tokens are in a form of a family; `stems` are those of their rows."""
    members = np.zeros(columns.form_total, bool)
    members[columns.form_numbers(*columns.forms_of_family(family))] = True
    return np.asarray(members[columns.form_numbers(stems[tokens.rows], tokens.forms)])


def _signs(columns: Columns, stems: Array, owners: Array, ranks: Array) -> tuple[Array, Array]:
    """Return the signs that tell a form of each stem, and those that may be of other forms: late ones share theirs.

    `owners` says which of the stems each of the `ranks` is of.
    """
    late = ranks >= LATE
    wanted = np.bincount(owners[late], minlength=len(stems))
    shared = (wanted > 0) & (wanted < columns.form_count(stems) - LATE)
    told = ~(late & shared[owners])
    signs = np.zeros(len(stems), np.uint8)
    np.bitwise_or.at(signs, owners[told], np.left_shift(1, np.minimum(ranks[told], LATE)).astype(np.uint8))
    return signs, shared.astype(np.uint8) << LATE
