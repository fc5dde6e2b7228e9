"""Inflection: words that differ by their inflection alone share a stem.

The lexicon knows the words of French; a rule deals with those it does not know. Both see the word **after** folding, in
the texts and in the queries alike: electricite and électricité cannot part ways.
"""

from __future__ import annotations

import re

from indexer.analysis.lexicon import find_stem

# Plural of a word that no dictionary has: an s that follows a consonant, an e, or another vowel after a consonant; an x
# after eau, eu, ou. Names are many among these words: a rule that knew verbs and feminines would take one for another
# (Martin, Martine).
_PLURAL = re.compile(r"(?<=[^aeious][aeiou])s$|(?<=[^aiousx])s$|(?<=eau|.eu|.ou)x$")


def stem(folded: str) -> str:
    """Return the stem of a folded word: manifestations -> manifestation, vendue -> vendre, yeux -> œil.

    Of several readings the commonest was chosen when the lexicon was made (avions: avion). Numbers, addresses and
    elided words have no inflection.
    """
    if known := find_stem(folded):
        return known
    if len(folded) < 4 or not folded.isalpha():
        return folded
    singular = _PLURAL.sub("", folded)
    return find_stem(singular) or singular
