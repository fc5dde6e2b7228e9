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
)

_SPARE = 4
"""Documents scored first, for each hit wanted: most often the hits are among them and nothing is scored twice."""

_FURTHER = 32
"""How many times as many are scored at most where those scored first are not the best: they lost what others kept.

Of 7,500 articles of 100,000 that might be better than the first 46 for « avais », 1,600 are scored, in half the time.
"""

_FEW = 512
"""Postings that cost less to score than to choose from."""

_SLACK = 1 - 1e-9
"""What sums of bounds in another order than the scores may have lost to rounding."""


class _Term(NamedTuple):
    """The postings of a part, and what having it at all is worth beside."""

    postings: WordPostings | FoundPostings
    there: float = 0.0


class _Candidates(NamedTuple):
    """Documents that have a term, in order: their rows in its postings, and what they are worth at most altogether."""

    rows: Array
    documents: Array
    bounds: Array

    def where(self, kept: Array) -> _Candidates:
        """Return some of the candidates."""
        return _Candidates(self.rows[kept], self.documents[kept], self.bounds[kept])


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
            case (single,) if not isinstance(single, _FILTERS):
                return self._any([_Term(self._evaluation.postings(single))], limit)
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
        rarest = terms[0].postings
        found = _Candidates(np.arange(rarest.size), rarest.documents, rarest.bounds())
        for term in terms[1:]:
            there, more = term.postings.look_up(found.documents)
            found = found._replace(bounds=found.bounds + more).where(there.nonzero()[0])
        for part in parts:
            if isinstance(part, _FILTERS):
                found = found.where(self._kept(part, found.documents))
        return found_whole(self._first(_best(terms, terms[0], found, limit), limit), found.documents)

    def _kept(self, part: Part, documents: Array) -> Array:
        """Return which of some documents a filter or an exclusion keeps."""
        if isinstance(part, Excluded):
            return ~self._evaluation.postings(part.part).look_up(documents)[0]
        return self._evaluation.chosen(part, documents)

    def _any(self, terms: Sequence[_Term], limit: int) -> Found:
        if len(terms) == 1:
            postings = terms[0].postings
            return Found(self._first(_one(terms[0], limit), limit), lambda: postings.size, lambda: postings.documents)
        table = cache(partial(self._table, terms))
        best = self._first(_some(terms, limit), limit)
        return Found(best, lambda: int(np.count_nonzero(table())), lambda: table().nonzero()[0])

    def _table(self, terms: Sequence[_Term]) -> Array:
        """Return, for each document, whether any of the terms is there."""
        table = np.zeros(len(self._columns), bool)
        for postings, _ in terms:
            table[postings.documents] = True
        return table

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


def _one(term: _Term, limit: int) -> Matches:
    """Return matches among which are the best: choose among bytes; only the chosen become documents and scores."""
    postings, there = term
    if postings.size <= _FEW + limit:
        return Matches(postings.documents, postings.scores() + there)
    count = _SPARE * limit
    rows = postings.highest(count)
    scores = postings.scores(rows) + there
    while len(wider := postings.rows_worth(_last(scores, limit) * _SLACK - there)) > len(rows):
        count *= _FURTHER
        rows = wider if len(wider) <= count else postings.highest(count)
        scores = postings.scores(rows) + there
    return Matches(postings.documents_at(rows), scores)


def _some(terms: Sequence[_Term], limit: int) -> Matches:
    """Return matches among which are the best: those of each term from the rarest on, those of the terms before aside.

    Passes over postings that could not reach the page with all the terms that follow.
    """
    found, least = NOTHING, 0.0
    before: list[_Term] = []
    rest = sorted(terms, key=lambda term: term.postings.size)
    while rest:
        term = rest.pop(0)
        candidates = _candidates(term, rest, least)
        for other in before:
            if len(candidates.rows):
                candidates = candidates.where(~other.postings.look_up(candidates.documents)[0])
        if len(candidates.rows):
            left = [each for each in terms if each not in before]
            found = _united(found, _best(left, term, candidates, limit))
            least = _last(found.scores, limit) * _SLACK if len(found.scores) >= limit else 0.0
        before.append(term)
    return found


def _candidates(term: _Term, rest: Sequence[_Term], least: float) -> _Candidates:
    """Return the documents of a term that could be worth `least` or more with all that they have of the rest."""
    postings, there = term
    above = there + sum(other.postings.most + other.there for other in rest)
    if above >= least:
        rows, documents, bounds = np.arange(postings.size), postings.documents, postings.bounds()
    else:
        rows = postings.rows_worth(least - above)
        if not len(rows):
            return _Candidates(rows, rows, rows)
        documents, bounds = postings.documents_at(rows), postings.bounds(rows)
    bounds = bounds + there
    for other in rest:
        inside, more = other.postings.look_up(documents)
        bounds += more + other.there * inside if other.there else more
    candidates = _Candidates(rows, documents, bounds)
    return candidates.where(bounds >= least) if least else candidates


def _best(terms: Sequence[_Term], term: _Term, candidates: _Candidates, limit: int) -> Matches:
    """Return matches among which are the best of the candidates, that `term` has and perhaps some of all `terms`.

    Many are told by their bounds from those that could be on the page.
    """
    bounds = candidates.bounds
    if len(bounds) <= _FEW + limit:
        return _scores(terms, term, candidates)
    count = _SPARE * limit
    least = reached(bounds, count)
    found = _scores(terms, term, candidates.where(bounds >= least))
    while (enough := _last(found.scores, limit) * _SLACK) < least:
        count *= _FURTHER
        least = max(enough, reached(bounds, count))
        found = _scores(terms, term, candidates.where(bounds >= least))
    return found


def _scores(terms: Sequence[_Term], term: _Term, candidates: _Candidates) -> Matches:
    """Score the candidates of a term exactly: as a whole evaluation does, term after term."""
    rows, documents, _ = candidates
    scores = np.zeros(len(documents))
    for each in terms:
        if each is term:
            scores += each.postings.scores(rows) + each.there
        else:
            inside, more = each.postings.scores_of(documents)
            scores[inside] += more + each.there
    return Matches(documents, scores)


def _last(scores: Array, limit: int) -> float:
    """Return the score of the last on a page of the best."""
    return float(np.partition(scores, len(scores) - limit)[len(scores) - limit])


def _united(one: Matches, other: Matches) -> Matches:
    """Return the matches of both, which have no document in common."""
    return Matches(np.concatenate([one.documents, other.documents]), np.concatenate([one.scores, other.scores]))
