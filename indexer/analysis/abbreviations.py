"""Abbreviations: Mme is madame, janv. is janvier, St is saint."""

from __future__ import annotations

from indexer.analysis.word_lists import read_pairs

WORDS = read_pairs("abbreviations.txt")
"""Folded abbreviations and the word each stands for."""


def spell_out(folded: str) -> str:
    """Return the word that an abbreviation stands for; other words stay."""
    return WORDS.get(folded, folded)
