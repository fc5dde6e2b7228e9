"""The lexicon: the stem of every form of French, and the words written with hyphens.

Made by ``python -m tests.lexicon`` from the « Dictionnaire orthographique français » (MPL 2.0: see README.md here).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import marisa_trie

FORMS = Path(__file__).with_name("forms.marisa")
"""A trie from folded forms to stems: the number of letters to cut, as one byte, then the letters to add."""

COMPOUNDS = Path(__file__).with_name("compounds.txt")
"""The hyphenated words, folded, one a line, a blank in place of each hyphen."""


NAMES = Path(__file__).with_name("names.txt")
"""The names that are common words as well (Tours, Nice, Rose), folded, one a line."""


def find_stem(folded: str) -> str | None:
    """Return the stem of a folded form, None for a word that is not in the lexicon."""
    found = _forms().get(folded)
    return folded[: len(folded) - found[0][0]] + found[0][1:].decode() if found else None


def is_known(folded: str) -> bool:
    """Tell whether a folded form is a word of the lexicon."""
    return folded in _forms()


@cache
def compounds() -> dict[str, tuple[str, ...]]:
    """Return the hyphenated words: their letters in one piece, and their parts (portemonnaie: porte, monnaie)."""
    lines = COMPOUNDS.read_text("utf-8").splitlines()
    return {line.replace(" ", ""): tuple(line.split()) for line in lines}


@cache
def ambiguous_names() -> frozenset[str]:
    """Return the names that are common words as well."""
    return frozenset(NAMES.read_text("utf-8").split())


@cache
def _forms() -> marisa_trie.BytesTrie:
    """Return the trie, mapped: processes share it and none loads it whole."""
    return marisa_trie.BytesTrie().mmap(str(FORMS))
