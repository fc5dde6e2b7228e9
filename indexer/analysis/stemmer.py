"""Stemmer: words that differ by their inflection alone share a stem."""

from __future__ import annotations

import threading

import Stemmer


class _Stemmers(threading.local):
    """One stemmer a thread: it keeps the word it works on in itself."""

    def __init__(self) -> None:
        self.french = Stemmer.Stemmer("french", 0)  # no memory of its own: whole words are remembered elsewhere


_STEMMERS = _Stemmers()


def stem(folded: str) -> str:
    """Return the stem of a folded word: elections -> elect, as Porter's Snowball rules for French have it.

    The rules see the word **after** folding, in the texts and in the queries alike: electricite and électricité
    cannot part ways. Hashtags and handles drop their sign, so that a query without it finds them; numbers and
    elided words have no inflection.
    """
    word = folded.lstrip("#@") or folded
    return str(_STEMMERS.french.stemWord(word)) if word.isalpha() else word
