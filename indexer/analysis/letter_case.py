"""Letter case: PARIS and Paris are one word; Tours and tours may be two."""

from __future__ import annotations

from indexer.analysis.accents import fold_accents
from indexer.analysis.lexicon import ambiguous_names


def lower_case(word: str) -> str:
    """Return the word in lower case, save a name that is a common word as well: its capital tells which.

    The capital only ranks: the folded form has none. What a case change could leave decomposed (İ) is for the folding
    to settle.
    """
    lower = word.lower()
    return word if word.istitle() and fold_accents(lower) in ambiguous_names() else lower
