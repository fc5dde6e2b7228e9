"""Passages: what a reader is shown of an article, and exactly which characters are marked."""

from indexer.passages.marking import Mark, mark_places
from indexer.passages.selection import opening, select_passages

__all__ = ["Mark", "mark_places", "opening", "select_passages"]
