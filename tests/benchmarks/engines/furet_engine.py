"""Furet, through its front door."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import indexer
from indexer import Searcher, open_index, rebuild
from indexer.answer import PASSAGES
from tests.benchmarks.articles import digest_of
from tests.benchmarks.engines.engine import LIMIT
from tests.benchmarks.queries import Operator, Query


def write_for_furet(query: Query) -> str:
    """Return a query as a reader types it."""
    match query.operator:
        case Operator.ANY:
            return " OU ".join(query.words)
        case Operator.ALL:
            return " ET ".join(query.words)
        case Operator.PHRASE:
            return f'"{" ".join(query.words)}"'
        case Operator.PREFIX:
            return f"{query.words[0]}*"
        case Operator.FUZZY:
            return f"{query.words[0]}~"


@dataclass(frozen=True)
class FuretEngine:
    """`rebuild`, then `search`: totals and facets come with every answer; so many passages of each article at most."""

    version: str
    passages: int
    operators: frozenset[Operator] = frozenset(Operator)
    has_passages: bool = True

    def build(self, corpus: Path, folder: Path) -> None:
        rebuild([corpus], folder, processes=os.cpu_count() or 1)

    def open(self, folder: Path) -> FuretIndex:
        return FuretIndex(open_index(folder), self.passages)


class FuretIndex:
    """A searcher over the index."""

    def __init__(self, searcher: Searcher, passages: int) -> None:
        self._searcher = searcher
        self._passages = passages

    def write(self, query: Query) -> str:
        return write_for_furet(query)

    def ids(self, written: str) -> list[str]:
        return [hit.id for hit in self._searcher.hits(written, limit=LIMIT)]

    def passages(self, written: str) -> list[tuple[str, Any]]:
        answer = self._searcher.search(written, limit=LIMIT, passages=self._passages)
        return [(result.id, result.passages) for result in answer.results]


# The sources are the version: an index of other code is not what would be built today.
_VERSION = digest_of(*sorted(Path(indexer.__path__[0]).rglob("*.py")))

FURET = FuretEngine(_VERSION, passages=1)
FURET_PAGE = FuretEngine(_VERSION, passages=PASSAGES)
