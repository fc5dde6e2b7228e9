"""A run, top to bottom: corpus -> queries -> indexes -> openings -> latencies -> agreement -> pages."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks import children
from tests.benchmarks.articles import read_articles
from tests.benchmarks.corpora import Corpus, prepare_corpus
from tests.benchmarks.engines import load_engine
from tests.benchmarks.indexes import Built, prepare_index
from tests.benchmarks.pages import serving
from tests.benchmarks.queries import SAMPLE, draw_queries, read_queries, write_queries
from tests.benchmarks.report import Report, compare_ids, summarise
from tests.benchmarks.timing import Contender, Task, collect_ids, time_queries

REFERENCE = "tantivy"
"""The engine that the others are compared with, when it takes part."""


class NoEngine(Exception):
    """None of the engines asked for can run; the argument tells why of each."""


@dataclass(frozen=True)
class Plan:
    """What to run. `queries` is per kind; `size` None takes the corpus whole; `http` is seconds, 0 for none."""

    source: Path
    size: int | None
    engines: Sequence[str]
    kinds: Sequence[str]
    queries: int
    rounds: int
    turn: int
    http: float
    anew: bool
    folder: Path


def run(plan: Plan, tell: Callable[[str], None]) -> Report:
    """Run a plan and return its report; `tell` is told each step. An engine that fails is left out, with the reason."""
    tell("corpus")
    corpus = prepare_corpus(plan.source, plan.size, plan.folder)
    asked = _prepare_queries(plan, corpus)
    places, built, left_out = _prepare_indexes(plan, corpus, tell)
    openings = {name: children.run_child("open", name, place, asked).answer for name, place in places.items()}
    queries = read_queries(asked)
    contenders = [Contender(name, engine := load_engine(name), engine.open(places[name])) for name in places]
    against = REFERENCE if REFERENCE in places else next(iter(places))
    latencies = {}
    for task in Task:
        tell(f"{len(queries)} queries, {task}")
        timed = time_queries(contenders, queries, task, plan.rounds, plan.turn)
        latencies[task.value] = {name: summarise(times) for name, times in timed.items() if times}
    kinds = [query.kind for query in queries]
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": _machine(),
        "corpus": asdict(corpus) | {"path": corpus.path.name},
        "versions": {name: load_engine(name).version for name in places},
        "against": against,
        "kinds": list(dict.fromkeys(kinds)),
        "builds": {name: asdict(figures) for name, figures in built.items()},
        "openings": openings,
        "latencies": latencies,
        "agreement": compare_ids(dict(collect_ids(contenders, queries)), kinds, against),
        "http": _ask_over_http(places["furet"], asked, plan.http, tell) if plan.http and "furet" in places else None,
        "left_out": left_out,
    }


def _prepare_queries(plan: Plan, corpus: Corpus) -> Path:
    """Return the file of the queries of the kinds wanted."""
    sample = islice(read_articles(corpus.path), 0, None, max(1, corpus.documents // SAMPLE))
    wanted = [query for query in draw_queries(list(sample), plan.queries) if query.kind in plan.kinds]
    path = plan.folder / f"{corpus.digest}-queries.json"
    write_queries(wanted, path)
    return path


def _prepare_indexes(
    plan: Plan, corpus: Corpus, tell: Callable[[str], None]
) -> tuple[dict[str, Path], dict[str, Built], dict[str, str]]:
    """Return the folder and the cost of every index that could be built, and why the others could not."""
    places: dict[str, Path] = {}
    built: dict[str, Built] = {}
    left_out: dict[str, str] = {}
    for name in plan.engines:
        try:
            tell(f"index of {name}")
            places[name], built[name] = prepare_index(name, corpus, plan.folder, anew=plan.anew)
        except (ImportError, children.ChildFailed) as error:
            left_out[name] = str(error)
    if not places:
        raise NoEngine(left_out)
    return places, built, left_out


def _ask_over_http(index: Path, asked: Path, seconds: float, tell: Callable[[str], None]) -> Report:
    """Return what eight clients got from the server, and the memory of its processes after them."""
    tell("pages over HTTP")
    with serving(index, children.CHECKOUT) as (address, pid):
        answer = children.run_child("load", address, asked, "8", str(seconds)).answer
        return answer | {"resident": sum(map(children.resident_bytes, children.process_tree(pid)))}


def _machine() -> Report:
    return {
        "cores": os.cpu_count(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
    }
