"""Narrowing: what postings weigh when only one field, or only some forms of their stem, count.

Their bytes tell most of them: the code, that the word cannot be in the title; the signs, that no form is there but
those that count. Only the tokens of the others are read.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.likeness import signs_of
from indexer.engines.columns.postings import among, weigh
from indexer.engines.columns.reader import Columns
from indexer.engines.columns.tokens import Tokens


def codes_in_forms(columns: Columns, stem: int, ranks: Sequence[int], field: str | None) -> Array:
    """Return the codes of some forms of a stem, by their ranks, in `field` (None: title and text): one a posting."""
    where = columns.postings(stem)
    others = [rank for rank in range(len(columns.forms_of(stem))) if rank not in ranks]
    rows = (columns.forms[where] & signs_of(ranks) != 0).nonzero()[0]
    places, documents = where.start + rows, columns.documents_at(stem, rows)
    mixed = (columns.forms[places] & signs_of(others) != 0).nonzero()[0]
    told, read = narrow(columns, places, documents, mixed, field)
    tokens = tokens_in(columns, places[read], documents[read], field)
    counted = among(ranks, tokens.forms).nonzero()[0]
    told[read] = weigh(columns, tokens.rows[counted], tokens.positions[counted], documents[read], field)
    codes = np.zeros(where.stop - where.start, np.uint8)
    codes[rows] = told
    return codes


def narrow(
    columns: Columns, places: Array, documents: Array, doubtful: Array, field: str | None
) -> tuple[Array, Array]:
    """Return the codes of some postings in `field` as far as bytes tell, and the rows of which the tokens must be read.

    These have code 0 so far. `doubtful` are the rows to read whatever the field.
    """
    codes = columns.codes.take(places)
    read = doubtful
    if field is not None:
        perhaps = perhaps_in_titles(columns, places, documents).nonzero()[0]
        if field == "title":
            return np.zeros_like(codes), perhaps
        first = columns.tokens.at(places[perhaps], 1).positions
        mixed = np.zeros(len(codes), bool)
        mixed[doubtful] = True
        mixed[perhaps[first < columns.titles[documents[perhaps]]]] = True  # a stream starts with the title
        read = mixed.nonzero()[0]
    codes[read] = 0
    return codes, read


def are_in(columns: Columns, places: Array, documents: Array, field: str) -> Array:
    """Return which of some postings are in `field`, in whatever form."""
    perhaps = perhaps_in_titles(columns, places, documents)
    inside = ~perhaps if field == "text" else np.zeros(len(places), bool)
    read = perhaps.nonzero()[0]
    tokens = tokens_in(columns, places[read], documents[read], field)
    in_title = tokens.positions < columns.titles[documents[read]][tokens.rows]
    inside[read[tokens.rows[in_title == (field == "title")]]] = True
    return inside


def perhaps_in_titles(columns: Columns, places: Array, documents: Array) -> Array:
    """Return which of some postings may be in titles; the others are in texts alone.

    A word in a title weighs something whatever is in the text: a posting with a lower code is not there.
    """
    return np.asarray(columns.codes.take(places) >= columns.title_codes.take(documents))


def tokens_in(columns: Columns, places: Array, documents: Array, field: str | None) -> Tokens:
    """Return the tokens of some postings, at least those in `field`: in a title are no more than it has words."""
    return columns.tokens.at(places, columns.titles[documents] if field == "title" else None)
