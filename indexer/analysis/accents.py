"""Accents: the folded form of a word, as someone in a hurry types it."""

from __future__ import annotations

import re

from unidecode import unidecode

# What may stay of a word beside letters and digits: # and @ in front, . and , inside numbers and addresses, + (C++),
# ' after an elision.
_DROPPED = re.compile(r"[^0-9a-z#@.,+']|'(?=.)")


def fold_accents(word: str) -> str:
    """Return `word` in plain ASCII letters and digits: cœur -> coeur, naïf -> naif, aujourd'hui -> aujourdhui.

    Unidecode speaks for every script, sometimes with spaces (½ -> " 1/2"): what a term may not hold is dropped.
    A word that has nothing in ASCII keeps its own letters. Folding twice changes nothing.
    """
    plain = (word if word.isascii() else unidecode(word)).lower()
    return _DROPPED.sub("", plain) or word
