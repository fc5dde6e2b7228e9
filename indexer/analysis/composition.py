"""Composition: letters and their combining accents become one character (NFC)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from indexer.analysis.mapped_text import MappedText


def compose(mapped: MappedText) -> MappedText:
    """Return the text in NFC, cluster by cluster: e + U+0301 becomes é and still maps to both.

    A text already composed, the usual case, is returned as it is; so is each cluster, whatever stands around it.
    """
    if mapped.text.isascii() or unicodedata.is_normalized("NFC", mapped.text):
        return mapped
    return mapped.rewritten(_composed(mapped.text))


def _composed(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the clusters of a text composed, with their places; the characters of one that need not be, one by one."""
    for start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", text[start:end])
        if composed == text[start:end]:
            yield from ((text[at], at, at + 1) for at in range(start, end))
        else:
            yield composed, start, end


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of each character with the combining marks that follow it."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]):
            yield start, at
            start = at
    yield start, len(text)
