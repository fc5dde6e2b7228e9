"""Best: the first hits of a query, without scoring all that it matches.

Postings keep what they are worth at most, a byte each. Documents are compared by the sum of these bounds, as in
MaxScore (Turtle and Flood, « Query evaluation: strategies and optimizations », 1995): only those whose bound reaches
the last hit of the page are scored. Bounds cost a pass over bytes; exact scores look at the forms of a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from indexer.answer import Sort
from indexer.engines.columns.evaluation import NOTHING, Evaluation, Matches
from indexer.engines.columns.layout import Array
from indexer.engines.columns.ordering import first
from indexer.engines.columns.postings import FoundPostings, WordPostings, reached
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import COMPLETENESS, rarity
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Has,
    MostOf,
    Part,
    Published,
    Word,
)

_SPARE = 4
"""Documents scored first, for each hit wanted: most often the hits are among them and nothing is scored twice."""

_FEW = 512
"""Postings that cost less to score than to choose from."""

_SLACK = 1 - 1e-9
"""What sums of bounds in another order than the scores may have lost to rounding."""


class _Term(NamedTuple):
    """The postings of a part, and what having it at all is worth beside."""

    postings: WordPostings | FoundPostings
    there: float = 0.0


class Found(NamedTuple):
    """The first matches of a part, in order; for when they are asked for, how many there are, and all the documents."""

    best: Matches
    total: Callable[[], int]
    documents: Callable[[], Array]


def found_whole(best: Matches, documents: Array) -> Found:
    """Return the first of matches that are all known."""
    return Found(best, documents.__len__, lambda: documents)


class Best:
    """Finds the first matches of parts on one index. Any thread may use it."""

    def __init__(self, columns: Columns, evaluation: Evaluation) -> None:
        self._columns = columns
        self._evaluation = evaluation

    def find(self, part: Part, limit: int) -> Found:
        """Return the first `limit` matches of `part`, in which nothing is favoured, as a whole evaluation gives them.

        They are in order of relevance.
        """
        match tuple(_flat([part])):
            case (AnyOf(inner),):
                return self._any([_Term(self._evaluation.postings(each)) for each in inner], limit)
            case (MostOf(inner),):
                return self._any([self._with_completeness(each) for each in inner], limit)
            case (Word() as word,):
                return self._any([_Term(self._evaluation.postings(word))], limit)
            case parts:
                return self._all(parts, limit)

    def _with_completeness(self, part: Part) -> _Term:
        postings = self._evaluation.postings(part)
        return _Term(postings, COMPLETENESS * rarity(len(self._columns), postings.size))

    def _all(self, parts: Sequence[Part], limit: int) -> Found:
        """Look the documents of the rarest part up in the others, then score the best of those that are left."""
        terms = [_Term(self._evaluation.postings(part)) for part in parts if not isinstance(part, _FILTERS)]
        if not terms:
            matches = self._evaluation.matches(AllOf(tuple(parts)))
            return found_whole(self._first(matches, limit), matches.documents)
        terms.sort(key=lambda term: term.postings.size)
        documents, bounds = terms[0].postings.documents, terms[0].postings.bounds()
        for term in terms[1:]:
            there, more = term.postings.look_up(documents)
            documents, bounds = documents[there], bounds[there] + more[there]
        for part in parts:
            if isinstance(part, _FILTERS):
                kept = self._kept(part, documents)
                documents, bounds = documents[kept], bounds[kept]
        return found_whole(self._scored(terms, documents, bounds, limit), documents)

    def _kept(self, part: Part, documents: Array) -> Array:
        """Return which of some documents a filter or an exclusion keeps."""
        if isinstance(part, Excluded):
            return ~self._evaluation.postings(part.part).look_up(documents)[0]
        return self._evaluation.chosen(part, documents)

    def _any(self, terms: Sequence[_Term], limit: int) -> Found:
        if len(terms) == 1:
            postings = terms[0].postings
            return Found(self._one(terms[0], limit), lambda: postings.size, lambda: postings.documents)
        table = cache(partial(self._table, terms))
        best = self._some(terms, limit)
        return Found(best, lambda: int(np.count_nonzero(table())), lambda: table().nonzero()[0])

    def _table(self, terms: Sequence[_Term]) -> Array:
        """Return, for each document, whether any of the terms is there."""
        table = np.zeros(len(self._columns), bool)
        for postings, _ in terms:
            table[postings.documents] = True
        return table

    def _some(self, terms: Sequence[_Term], limit: int) -> Matches:
        """Go through the terms from the rarest, past postings that could not reach the page with all that follow."""
        found, last = NOTHING, -1.0
        rest = sorted(terms, key=lambda term: term.postings.size)
        while rest:
            postings, there = rest.pop(0)
            above = there + sum(term.postings.most + term.there for term in rest)
            rows = postings.rows_worth(last * _SLACK - above)
            if not len(rows):
                continue
            documents, bounds = postings.documents_at(rows), postings.bounds(rows) + there
            for term in rest:
                inside, more = term.postings.look_up(documents)
                bounds += more + term.there * inside
            kept = bounds >= last * _SLACK
            if kept.any():
                better = self._scored(terms, documents[kept], bounds[kept], limit)
                found = self._first(_united(found, better), limit) if len(found.documents) else better
                last = found.scores[-1] if len(found.scores) == limit else last
        return found

    def _one(self, term: _Term, limit: int) -> Matches:
        """Choose among bytes; only the chosen become documents and scores."""
        postings, there = term
        if postings.size <= _FEW + limit:
            return self._first(Matches(postings.documents, postings.scores() + there), limit)
        rows = postings.highest(_SPARE * limit)
        found = Matches(postings.documents_at(rows), postings.scores(rows) + there)
        wider = postings.rows_worth(_last(found.scores, limit) * _SLACK - there)
        if len(wider) > len(rows):
            found = Matches(postings.documents_at(wider), postings.scores(wider) + there)
        return self._first(found, limit)

    def _scored(self, terms: Sequence[_Term], documents: Array, bounds: Array, limit: int) -> Matches:
        """Return the first of some documents: many are told by their bounds from those that could be on the page."""
        if len(documents) <= _FEW + limit:
            return self._first(_scores(terms, documents), limit)
        least = reached(bounds, _SPARE * limit)
        found = _scores(terms, documents[bounds >= least])
        enough = _last(found.scores, limit) * _SLACK
        if enough < least:
            found = _scores(terms, documents[bounds >= enough])
        return self._first(found, limit)

    def _first(self, matches: Matches, limit: int) -> Matches:
        return first(self._columns, matches, Sort.RELEVANCE, limit)


_FILTERS = Published | Has | Everything | Excluded


def _flat(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts of an AllOf and of those right inside it."""
    for part in parts:
        if isinstance(part, AllOf):
            yield from _flat(part.parts)
        else:
            yield part


def _scores(terms: Sequence[_Term], documents: Array) -> Matches:
    """Score some documents, in order, exactly: as a whole evaluation does, term after term."""
    scores = np.zeros(len(documents))
    for postings, there in terms:
        inside, more = postings.scores_of(documents)
        scores[inside] += more + there
    return Matches(documents, scores)


def _last(scores: Array, limit: int) -> float:
    """Return the score of the last on a page of the best."""
    return float(np.partition(scores, len(scores) - limit)[len(scores) - limit])


def _united(one: Matches, other: Matches) -> Matches:
    """Return the documents of either, each once; what is in both has one score."""
    known = set(one.documents.tolist())
    new = [place for place, document in enumerate(other.documents.tolist()) if document not in known]
    return Matches(
        np.concatenate([one.documents, other.documents[new]]), np.concatenate([one.scores, other.scores[new]])
    )
