"""The seam of the benchmark: what each engine does for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks.queries import Operator, Query

LIMIT = 10
"""Hits asked of an engine for each query."""

EXCERPT = 300
"""Characters of the excerpt of one hit, about; an engine that counts in words is asked for fifty."""


class OpenIndex(Protocol):
    """An index ready to answer."""

    def write(self, query: Query) -> Any:
        """Return the query as the engine takes it from an application: this is not timed."""
        ...

    def ids(self, written: Any) -> list[str]:
        """Return the ids of the LIMIT best articles."""
        ...

    def passages(self, written: Any) -> list[tuple[str, Any]]:
        """Return the ids of the LIMIT best articles, each with its excerpt, marked."""
        ...


class Engine(Protocol):
    """An engine of the benchmark.

    `operators` are what it can do, `has_passages` whether it keeps the texts and marks excerpts. `version` changes
    whenever a built index would.
    """

    operators: frozenset[Operator]
    has_passages: bool
    version: str

    def build(self, corpus: Path, folder: Path) -> None:
        """Index a corpus (JSON Lines) into a folder that exists and is empty, texts included."""
        ...

    def open(self, folder: Path) -> OpenIndex:
        """Open what `build` left there."""
        ...
