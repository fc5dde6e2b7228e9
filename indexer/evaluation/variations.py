"""Variations: the same query as other people would type it."""

from __future__ import annotations

import random
import re
import unicodedata
from string import ascii_lowercase

_LONG_WORD = re.compile(r"[^\W\d_]{7,}")
"""Words long enough to be recognised in spite of a slip."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})


def without_accents(query: str) -> str:
    """Return a query as someone types it who leaves accents, cedillas and ligatures out."""
    apart = unicodedata.normalize("NFD", query.translate(_LIGATURES))
    return "".join(character for character in apart if not unicodedata.combining(character))


def with_slip(query: str, seed: int) -> str:
    """Return a query with one slip of the fingers in one of its words of 7 letters or more; else the query itself.

    A letter, anywhere in the word, is doubled, dropped, swapped with the next one if that is another, or else replaced;
    each as often as the others. The same seed gives the same slip in the same query, on every machine.
    """
    chance = random.Random(f"{seed} {query}")  # noqa: S311 - chance that can be had again, nothing to keep secret
    words = list(_LONG_WORD.finditer(query))
    if not words:
        return query
    start, end = chance.choice(words).span()
    return query[:start] + _slip(query[start:end], chance) + query[end:]


def _slip(word: str, chance: random.Random) -> str:
    """Return a word with one slip: never the word itself."""
    at = chance.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    match chance.choice(("doubled", "dropped", "swapped", "replaced")):
        case "doubled":
            return before + letter * 2 + after
        case "dropped":
            return before + after
        case "swapped" if after and after[0] != letter:
            return before + after[0] + letter + after[1:]
        case _:
            return before + chance.choice(ascii_lowercase.replace(without_accents(letter).lower(), "")) + after
