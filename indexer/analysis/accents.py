"""Accents: the folded form of a word, as someone in a hurry types it."""

from __future__ import annotations

import re

from unidecode import unidecode

# What may stay of a word beside letters and digits: # and @ in front, . and , inside numbers and addresses, + (C++),
# ' after an elision.
_DROPPED = re.compile(r"[^0-9a-z#@.,+']|'(?=.)")


class _Plain(dict[int, str]):
    """What each character is in plain letters, asked of Unidecode once: it looks at characters one by one."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = unidecode(chr(code))
        return plain


_PLAIN = _Plain()


def fold_accents(word: str) -> str:
    """Return `word` in plain ASCII letters and digits: cœur -> coeur, naïf -> naif, aujourd'hui -> aujourdhui.

    Unidecode speaks for every script, sometimes with spaces (½ -> " 1/2"): what a term may not hold is dropped.
    A word that has nothing in ASCII keeps its own letters. Folding twice changes nothing.
    """
    plain = (word if word.isascii() else word.translate(_PLAIN)).lower()
    return plain if plain.isalnum() else _DROPPED.sub("", plain) or word
