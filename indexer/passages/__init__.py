"""Passages: what a reader is shown of an article, and exactly which characters are marked."""

from indexer.passages.marking import Mark, mark_tokens
from indexer.passages.selection import opening, select_passages

__all__ = ["Mark", "mark_tokens", "opening", "select_passages"]
