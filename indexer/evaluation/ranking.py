"""Ranking: whether the articles that people found relevant come first.

nDCG as Järvelin and Kekäläinen, « Cumulated gain-based evaluation of IR techniques » (2002), define it, a relevance
being its own gain: the gains of the first ten articles, each divided by log2(1 + its rank), over what the best order
would give.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from indexer.evaluation.judged_set import JudgedQuery, JudgedSet
from indexer.searcher import Searcher

FIRST = 10
"""Articles that nDCG looks at: those of a page that readers look at."""

DEEP = 100
"""Articles among which recall looks for the relevant ones: as many as an answer may have."""


@dataclass(frozen=True)
class Score:
    """How well one query does: nDCG@10 and recall@100, from 0 to 1; `empty` is 1 when no article answers, else 0."""

    topic: str
    ndcg: float
    recall: float
    empty: float


@dataclass(frozen=True)
class Averages:
    """Scores averaged over `count` queries, or over `count` topics, each the average of its queries."""

    count: int
    ndcg: float
    recall: float
    empty: float


def score_queries(searcher: Searcher, judged: JudgedSet, change: Callable[[str], str] = str) -> list[Score]:
    """Search for each query, changed, as a reader would, looser where no article has every word."""
    return [_score(searcher, query, change(query.text)) for query in judged.queries]


def average(scores: Iterable[Score]) -> Averages:
    """Return the averages over queries."""
    every = list(scores)
    names = ("ndcg", "recall", "empty")
    return Averages(len(every), *(fmean(getattr(score, name) for score in every) for name in names))


def average_by_topic(scores: Sequence[Score]) -> Averages | None:
    """Return the averages over topics, however many wordings each has; None for a set without topics."""
    topics = sorted({score.topic for score in scores})
    if topics == [""]:
        return None
    each = [average(score for score in scores if score.topic == topic) for topic in topics]
    return average(Score("", topic.ndcg, topic.recall, topic.empty) for topic in each)


def some_queries(judged: JudgedSet, limit: int) -> JudgedSet:
    """Return the set with at most `limit` queries, evenly spaced."""
    count = len(judged.queries)
    kept = judged.queries if count <= limit else (judged.queries[at * count // limit] for at in range(limit))
    return JudgedSet(judged.name, judged.documents, tuple(kept))


def ndcg(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Return the nDCG@10 of ids in order."""
    best = sorted(relevance.values(), reverse=True)
    return _gain(relevance.get(identifier, 0) for identifier in ranked[:FIRST]) / _gain(best[:FIRST])


def recall(ranked: Sequence[str], relevance: Mapping[str, int]) -> float:
    """Return the share of the relevant ids that are among the first hundred."""
    return len(set(ranked[:DEEP]) & relevance.keys()) / len(relevance)


def _score(searcher: Searcher, query: JudgedQuery, text: str) -> Score:
    ranked = [hit.id for hit in searcher.ranked(text, limit=DEEP)]
    return Score(query.topic, ndcg(ranked, query.relevance), recall(ranked, query.relevance), float(not ranked))


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
