"""Word lists: plain text files beside the rules that use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


def read_words(name: str) -> frozenset[str]:
    """Return the words of a list in `words/`: separated by blanks or newlines, ``#`` starts a comment."""
    return frozenset(word for words in _read_lines(name) for word in words)


def read_pairs(name: str) -> dict[str, str]:
    """Return the pairs of a list in `words/`, two words a line, by the first of each."""
    return {words[0]: words[1] for words in _read_lines(name) if words}


def _read_lines(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        yield line.partition("#")[0].split()
