"""What runs in a fresh process: a build, an opening, a load of page requests; and how its memory is watched.

``python -m tests.benchmarks.children build|open|load …`` is the child's side: it prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import load_engine
from tests.benchmarks.queries import Query, read_queries

CHECKOUT = Path(__file__).parents[2]
_PAUSE = 0.02
"""Seconds between two looks at the memory of a child."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


class ChildFailed(Exception):
    """A child ended without an answer; the message is the end of what it wrote on stderr."""


@dataclass(frozen=True)
class Watched:
    """A child's answer, the CPU seconds of all its processes, and the most bytes that they held together.

    `peak_bytes` is the largest sum of resident sets seen at one time, pages that two processes share counted
    twice, and no less than the child's own peak. Without /proc only the latter is known.
    """

    answer: dict[str, Any]
    cpu_seconds: float
    peak_bytes: int


def run_child(*arguments: str | Path) -> Watched:
    """Run this module with `arguments` in a fresh process. Raises ChildFailed."""
    command = [sys.executable, "-m", "tests.benchmarks.children", *map(str, arguments)]
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, cwd=CHECKOUT, stdout=output, stderr=errors)
        peak, code, used = _watch(child)
        child.returncode = os.waitstatus_to_exitcode(code)
        output.seek(0)
        errors.seek(0)
        told, complaint = output.read().splitlines(), errors.read().strip().splitlines()
    if child.returncode:
        raise ChildFailed(complaint[-1] if complaint else f"exit code {child.returncode}")
    answer = json.loads(told[-1])
    return Watched(answer, used.ru_utime + used.ru_stime, max(peak, answer.pop("peak")))


def _watch(child: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    """Wait for a child; return the peak of its tree's memory, its wait status and what it used."""
    peak = 0
    while True:
        pid, code, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            return peak, code, used
        peak = max(peak, sum(resident_bytes(member) for member in process_tree(child.pid)))
        time.sleep(_PAUSE)


def process_tree(pid: int) -> list[int]:
    """Return a process and all its descendants, as far as /proc tells."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(member for child in children for member in process_tree(int(child)))]


def resident_bytes(pid: int) -> int:
    """Return the resident set of a process, 0 if it has just ended or /proc does not exist."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def build(name: str, corpus: str, folder: str) -> dict[str, Any]:
    """Build an index; the clock starts when the libraries are loaded."""
    engine = load_engine(name)
    started = time.perf_counter()
    engine.build(Path(corpus), Path(folder))
    return {"seconds": time.perf_counter() - started}


def open_and_answer(name: str, folder: str, queries: str) -> dict[str, Any]:
    """Open an index and ask it everything once; memory is what the process holds then, libraries included."""
    engine = load_engine(name)
    asked = [query for query in read_queries(Path(queries)) if query.operator in engine.operators]
    started = time.perf_counter()
    index = engine.open(Path(folder))
    opened = time.perf_counter()
    _answer(engine.has_passages, index, asked[0])
    answered = time.perf_counter()
    for query in asked:
        _answer(engine.has_passages, index, query)
    return {"open": opened - started, "first": answered - started, "queries": len(asked), **_memory()}


def _answer(has_passages: bool, index: Any, query: Query) -> None:
    written = index.write(query)
    (index.passages if has_passages else index.ids)(written)


def _memory() -> dict[str, int]:
    """Return the bytes that this process holds: in all, and its own (without the files it maps)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return {"resident": own_peak()}
    fields = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    return {"resident": int(fields["VmRSS"][0]) * 1024, "own": int(fields["RssAnon"][0]) * 1024}


def load(address: str, queries: str, clients: str, seconds: str) -> dict[str, Any]:
    """Ask a server for pages; see `pages`."""
    from tests.benchmarks.pages import ask_pages

    return ask_pages(address, read_queries(Path(queries)), int(clients), float(seconds))


def own_peak() -> int:
    """Return the most bytes that this process ever held."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    # Not ru_maxrss here: on Linux a child inherits that of the process that started it.
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


COMMANDS: dict[str, Callable[..., dict[str, Any]]] = {"build": build, "open": open_and_answer, "load": load}

if __name__ == "__main__":
    answer = COMMANDS[sys.argv[1]](*sys.argv[2:])
    sys.stdout.write(json.dumps(answer | {"peak": own_peak()}) + "\n")
