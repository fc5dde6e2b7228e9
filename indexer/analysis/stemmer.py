"""Stemmer: words that differ by their inflection alone share a stem."""

from __future__ import annotations

import snowballstemmer

_FRENCH = snowballstemmer.stemmer("french")


def stem(folded: str) -> str:
    """Return the stem of a folded word: elections -> elect, as Porter's Snowball rules for French have it.

    The rules see the word **after** folding, in the texts and in the queries alike: electricite and électricité
    cannot part ways. Hashtags and handles drop their sign, so that a query without it finds them; numbers and
    elided words have no inflection.
    """
    word = folded.lstrip("#@") or folded
    return str(_FRENCH.stemWord(word)) if word.isalpha() else word
