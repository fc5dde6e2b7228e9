"""Engines: where analysed documents are kept and found. The only place that names one is here."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.engine import FACETS, Engine, Hit, Hits, Place, Reading, Snapshot, Weighing
from indexer.engines.vocabulary import Spelling, Vocabulary, spelled_in_letters

__all__ = [
    "FACETS",
    "Engine",
    "Hit",
    "Hits",
    "Place",
    "Reading",
    "Snapshot",
    "Spelling",
    "Vocabulary",
    "Weighing",
    "open_engine",
    "spelled_in_letters",
]


def open_engine(index: Path) -> Engine:
    """Return the engine that keeps its index in the folder `index`; nothing is opened before it is needed."""
    from indexer.engines.whoosh_engine import WhooshEngine  # noqa: PLC0415 - an engine's library loads when chosen

    return WhooshEngine(index)
