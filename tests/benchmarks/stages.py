"""Where the time of a search goes: ``python -m tests.benchmarks.stages INDEX QUERIES``.

INDEX is a folder that `furet rebuild` made, QUERIES a file of queries that a run of the benchmark kept. The functions
of each stage are wrapped in clocks, which cost a little themselves; a stage does not count the stages inside it.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from indexer import Searcher, open_index, results, searcher
from indexer.engines import whoosh_engine
from indexer.engines.columns import reading
from indexer.engines.columns.records import Records
from indexer.engines.columns.rescoring import Rescoring
from tests.benchmarks.engines.engine import LIMIT
from tests.benchmarks.engines.furet_engine import write_for_furet
from tests.benchmarks.queries import read_queries

ROUNDS = 5
"""Rounds that count, after one that warms up; the figure of a query is their median."""

STAGES: dict[str, list[tuple[Any, str]]] = {
    "parse": [(searcher, "parse_query")],
    "find": [(Rescoring, "find")],
    "hits": [(whoosh_engine.WhooshSnapshot, "search")],
    "respell": [(searcher, "respelled")],
    "offsets": [(reading, "Offsets")],
    "tokens": [(reading.Reader, "_places"), (whoosh_engine.WhooshSnapshot, "read")],
    "documents": [(Records, "some")],
    "marks": [(results, "Marked")],
    "passages": [(results, "select_passages")],
}
"""The functions of each stage, by where they are looked up."""

Spent = dict[str, float]
"""Microseconds of each stage."""


class Clock:
    """Counts the time of the stages, each without those inside it."""

    def __init__(self) -> None:
        self.spent: Spent = {}
        self._inside: list[float] = []

    def wrap(self, stage: str, owner: Any, name: str) -> None:
        """Put a clock around a function of a stage."""
        inner = getattr(owner, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            self._inside.append(0.0)
            start = time.perf_counter()
            try:
                return inner(*arguments, **options)
            finally:
                taken = (time.perf_counter() - start) * 1e6
                self.spent[stage] = self.spent.get(stage, 0.0) + taken - self._inside.pop()
                if self._inside:
                    self._inside[-1] += taken

        setattr(owner, name, timed)

    def ask(self, verb: Callable[..., Any], typed: str) -> Spent:
        """Return what each stage of one question takes, and the rest."""
        self.spent = {}
        start = time.perf_counter()
        verb(typed, limit=LIMIT)
        whole = (time.perf_counter() - start) * 1e6
        return self.spent | {"rest": whole - sum(self.spent.values()), "whole": whole}


def measure(clock: Clock, verb: Callable[..., Any], asked: list[tuple[str, str]]) -> dict[str, list[Spent]]:
    """Return, for each kind of query, what each query takes: the medians of its rounds."""
    taken: dict[tuple[str, str], list[Spent]] = {query: [] for query in asked}
    for _ in range(ROUNDS + 1):
        gc.collect()
        gc.freeze()
        for query in random.sample(asked, len(asked)):
            taken[query].append(clock.ask(verb, query[1]))
    kinds: dict[str, list[Spent]] = {}
    for (kind, _), rounds in taken.items():
        stages = {stage for spent in rounds for stage in spent}
        kinds.setdefault(kind, []).append(
            {stage: statistics.median(spent.get(stage, 0.0) for spent in rounds[1:]) for stage in stages}
        )
    return kinds


def main(index: str, queries: str) -> None:
    """Print two tables: the stages of `search` and those of `hits`, medians over the queries of each kind."""
    asked = [(query.kind, write_for_furet(query)) for query in read_queries(Path(queries))]
    clock = Clock()
    for stage, functions in STAGES.items():
        for owner, name in functions:
            clock.wrap(stage, owner, name)
    over: Searcher = open_index(index)
    for verb, stages in ((partial(over.search, passages=1), [*STAGES]), (over.hits, ["parse", "find", "hits"])):
        columns = [*stages, "rest", "whole"]
        sys.stdout.write(f"\n| µs | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}\n")
        for kind, spent in measure(clock, verb, asked).items():
            medians = [statistics.median(each.get(stage, 0.0) for each in spent) for stage in columns]
            sys.stdout.write(f"| {kind} | {' | '.join(f'{median:.0f}' for median in medians)} |\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
