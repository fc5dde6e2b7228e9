"""Engines of the benchmark: the only place that names them."""

from __future__ import annotations

from importlib import import_module

from tests.benchmarks.engines.engine import Engine, OpenIndex

__all__ = ["ENGINES", "Engine", "OpenIndex", "load_engine"]

ENGINES = {
    "furet": ("furet_engine", "FURET"),
    "furet-page": ("furet_engine", "FURET_PAGE"),
    "tantivy": ("tantivy_engine", "TANTIVY"),
    "fts5": ("fts5_engine", "FTS5"),
    "fts5-plain": ("fts5_engine", "FTS5_PLAIN"),
    "xapian": ("xapian_engine", "XAPIAN"),
    "bm25s": ("bm25s_engine", "BM25S"),
    "whoosh": ("whoosh_engine", "WHOOSH"),
}
"""The engines, in the order of the tables: the module and the name in it."""


def load_engine(name: str) -> Engine:
    """Return an engine by name. Raises ImportError when its library is not installed."""
    module, attribute = ENGINES[name]
    engine: Engine = getattr(import_module(f"tests.benchmarks.engines.{module}"), attribute)
    return engine
