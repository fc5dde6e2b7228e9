"""Word lists: plain text files beside the rules that use them."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


def read_words(name: str) -> frozenset[str]:
    """Return the words of a list in `words/`: separated by blanks or newlines, ``#`` starts a comment."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())
