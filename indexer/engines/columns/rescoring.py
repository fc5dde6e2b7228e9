"""Rescoring: what a whole query finds, and what the best of it gain by what is favoured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.answer import Sort
from indexer.engines.columns.best import Best, Found
from indexer.engines.columns.evaluation import Evaluation, Matches
from indexer.engines.columns.gains import Gains
from indexer.engines.columns.layout import Array
from indexer.engines.columns.narrowing import are_in
from indexer.engines.columns.ordering import first
from indexer.engines.columns.reader import Columns
from indexer.engines.engine import Weighing
from indexer.engines.scoring import RESCORED
from indexer.query.syntax import Favour, Favoured, Part, Word, gains, without_favours


class Rescoring:
    """Answers whole queries on one index. Any thread may use it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._evaluation = Evaluation(columns)
        self._best = Best(columns, self._evaluation)
        self._gains = Gains(columns, self._evaluation)

    def matches(self, part: Part) -> Matches:
        """Return all that matches, in order, with its scores."""
        return self._rescored(self._evaluation.matches(without_favours(part)), gains(part))

    def find(self, part: Part, limit: int) -> Found:
        """Return the first `limit` matches by relevance, in order, as they would come of all; and how to count all."""
        favours = gains(part)
        if not favours:
            return self._best.find(without_favours(part), limit)
        found = self._best.find(without_favours(part), max(limit, RESCORED))
        documents, scores = found.best
        order = documents.argsort()
        rescored = self._rescored(Matches(documents[order], scores[order]), favours)
        return found._replace(best=first(self._columns, rescored, Sort.RELEVANCE, limit))

    def weigh(self, part: Part, document: int) -> Weighing:
        """Return what a part is worth in one document, by its number, and how many documents match."""
        if isinstance(part, Favoured):
            gain = float(self._gains.of((part.part,), np.array([document]))[0]) if part.gain else 0.0
            return Weighing(gain, self._gains.holders(part.part))
        documents, scores = self.matches(part)
        at = int(np.searchsorted(documents, document))
        if not (at < len(documents) and documents[at] == document):
            return Weighing(None, len(documents))
        left = 1.0
        if isinstance(part, Word) and part.field not in self._columns.names:
            left = self._evaluation.left(part, document)
        return Weighing(float(scores[at]), len(documents), left)

    def shares(self, part: Part, stems: Sequence[str], field: str | None = None) -> tuple[int, ...]:
        """Return how many of the documents that match `part` have each stem, in `field` or (None) in title or text."""
        columns, mask = self._columns, np.zeros(len(self._columns), bool)
        mask[self._evaluation.matches(without_favours(part)).documents] = True
        numbers = [columns.stems.find(stem.encode()) for stem in stems]
        if field is None:
            return tuple(int(np.count_nonzero(mask[columns.holders(at)])) if at >= 0 else 0 for at in numbers)
        held = [columns.holders(at) if at >= 0 else np.zeros(0, np.int64) for at in numbers]
        rows = [mask[documents].nonzero()[0] for documents in held]
        places = [columns.postings(at).start + own for at, own in zip(numbers, rows, strict=True)]
        documents = [documents[own] for documents, own in zip(held, rows, strict=True)]
        inside = are_in(columns, _joined(places), _joined(documents), field)
        owners = np.arange(len(rows)).repeat([len(own) for own in rows])
        return tuple(np.bincount(owners[inside], minlength=len(rows)).tolist())

    def _rescored(self, matches: Matches, favours: tuple[Favour, ...]) -> Matches:
        """Return matches in the order of their documents, the scores of the best with their gains."""
        documents: Array = matches.documents
        if not favours or not len(documents):
            return matches
        if len(documents) > RESCORED:
            documents = np.sort(first(self._columns, matches, Sort.RELEVANCE, RESCORED).documents)
        scores = matches.scores.copy()
        scores[matches.documents.searchsorted(documents)] += self._gains.of(favours, documents)
        return Matches(matches.documents, scores)


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0, np.int64), *arrays])
