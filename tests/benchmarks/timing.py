"""The interleaved run: in one process the engines take turns, a few queries at a time, in an order drawn each time."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.benchmarks.engines import Engine, OpenIndex
from tests.benchmarks.queries import Query

ENOUGH = 3.0
"""Seconds after which a query is not put to the same engine again, so that one slow query does not hold up a run."""


class Task(StrEnum):
    """What is asked of an engine."""

    PASSAGES = "passages"
    IDS = "ids"


@dataclass(frozen=True)
class Latency:
    """One query put to one engine: CPU and clock seconds, the median of its rounds, and CPU the first time of all."""

    kind: str
    cpu: float
    clock: float
    first: float


@dataclass(frozen=True)
class Contender:
    """An engine and its open index."""

    name: str
    engine: Engine
    index: OpenIndex

    def verb(self, task: Task, query: Query) -> Callable[[Any], list[Any]] | None:
        """Return how this engine does a task for a query, None if it cannot."""
        if query.operator not in self.engine.operators or (task is Task.PASSAGES and not self.engine.has_passages):
            return None
        return self.index.passages if task is Task.PASSAGES else self.index.ids


_Asked = tuple[str, dict[str, tuple[Callable[[Any], list[Any]], Any]]]
"""The kind of a query and, for each engine that can answer it, how, and the query as that engine takes it."""

_Times = dict[str, list[tuple[float, float]]]
"""The CPU and clock seconds of each engine for one query, round after round."""


def time_queries(
    contenders: Sequence[Contender], queries: Sequence[Query], task: Task, rounds: int, turn: int
) -> dict[str, list[Latency]]:
    """Return, for each engine, the latencies of the queries that it can answer.

    A warm-up round comes first, then `rounds`, each in an order of its own. `turn` is how many queries an engine
    answers before the next engine does: with one only, each finds the processor's caches full of another's arrays,
    which weighs most on the quickest; with more, the first of a turn does, a different query in every round. CPU is
    that of all the threads of this process.
    """
    asked: list[_Asked] = [
        (query.kind, {c.name: (verb, c.index.write(query)) for c in contenders if (verb := c.verb(task, query))})
        for query in queries
    ]
    taken: list[_Times] = [{name: [] for name in verbs} for _, verbs in asked]
    draw = random.Random(len(asked))
    for _ in range(rounds + 1):
        gc.collect()
        gc.freeze()
        order = draw.sample(range(len(asked)), len(asked))
        for at in range(0, len(order), turn):
            for contender in draw.sample(contenders, len(contenders)):
                _take_turn(contender.name, asked, taken, order[at : at + turn])
    return {
        contender.name: [
            _latency(kind, times[contender.name])
            for (kind, _), times in zip(asked, taken, strict=True)
            if contender.name in times
        ]
        for contender in contenders
    }


def collect_ids(contenders: Sequence[Contender], queries: Sequence[Query]) -> Mapping[str, list[list[str] | None]]:
    """Return the ids that each engine finds for each query, None where it cannot answer."""
    return {
        contender.name: [
            contender.index.ids(contender.index.write(query)) if contender.verb(Task.IDS, query) else None
            for query in queries
        ]
        for contender in contenders
    }


def overlap(found: Sequence[str], others: Sequence[str]) -> float:
    """Return the share of the longer of two lists of ids that is in both, 1 when both are empty."""
    longest = max(len(found), len(others))
    return len(set(found) & set(others)) / longest if longest else 1.0


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which `percent` percent of the others are, between the two nearest."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * percent / 100
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _take_turn(name: str, asked: Sequence[_Asked], taken: Sequence[_Times], numbers: Sequence[int]) -> None:
    """Let an engine answer some of the queries in a row."""
    for number in numbers:
        (_, verbs), times = asked[number], taken[number]
        if name in verbs and sum(clock for _, clock in times[name]) < ENOUGH:
            times[name].append(_time(*verbs[name]))


def _time(verb: Callable[[Any], list[Any]], written: Any) -> tuple[float, float]:
    """Return the CPU and clock seconds of one call."""
    clock, cpu = time.perf_counter(), time.process_time()
    verb(written)
    return time.process_time() - cpu, time.perf_counter() - clock


def _latency(kind: str, times: Sequence[tuple[float, float]]) -> Latency:
    kept = times[1:] or times
    return Latency(
        kind,
        cpu=statistics.median(cpu for cpu, _ in kept),
        clock=statistics.median(clock for _, clock in kept),
        first=times[0][0],
    )
