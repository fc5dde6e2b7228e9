"""bm25s: sparse matrices of scores, words in no order, no text kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bm25s

from tests.benchmarks.articles import read_articles
from tests.benchmarks.engines.engine import LIMIT
from tests.benchmarks.french import terms_of
from tests.benchmarks.queries import Operator, Query


@dataclass(frozen=True)
class Bm25sEngine:
    """Fed with terms; the ids stand in a file beside its own, in the order of its rows."""

    operators: frozenset[Operator] = frozenset({Operator.ANY})
    has_passages: bool = False
    version: str = version("bm25s")

    def build(self, corpus: Path, folder: Path) -> None:
        ids, terms = [], []
        for article in read_articles(corpus):
            ids.append(article.id)
            terms.append(list(terms_of(article.whole)))
        scores = bm25s.BM25()
        scores.index(terms, show_progress=False)
        scores.save(folder / "scores")
        (folder / "ids.json").write_text(json.dumps(ids))

    def open(self, folder: Path) -> Bm25sIndex:
        scores = bm25s.BM25.load(folder / "scores", mmap=True)
        return Bm25sIndex(scores, json.loads((folder / "ids.json").read_text()))


class Bm25sIndex:
    """The matrix of scores and the ids of its rows."""

    def __init__(self, scores: bm25s.BM25, ids: list[str]) -> None:
        self._scores, self._ids = scores, ids

    def write(self, query: Query) -> list[list[str]]:
        return [[term for term in terms_of(" ".join(query.words)) if term in self._scores.vocab_dict]]

    def ids(self, written: list[list[str]]) -> list[str]:
        rows, scores = self._scores.retrieve(written, k=min(LIMIT, len(self._ids)), show_progress=False)
        return [self._ids[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    def passages(self, written: Any) -> list[tuple[str, Any]]:
        raise NotImplementedError


BM25S = Bm25sEngine()
