"""Ordinals: 2e and 2ème are one, XXIe and 21e too."""

from __future__ import annotations

import re

from indexer.analysis.lexicon import is_known

_FIGURES = re.compile(r"(\d+)(?:i?eme|e|er|re|ere|nde?|de)s?")
_ROMAN = re.compile(r"(m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))(?:i?eme|e|er|re|ere)s?")
_LAST = frozenset("erds")
"""The last letters of ordinals: half of the words are told from them by theirs."""

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def unify_ordinals(folded: str) -> str:
    """Return an ordinal in figures: 2eme and 2nd are 2e, xxie is 21e. Words (vie, mille) stay words."""
    if folded[-1] not in _LAST:
        return folded
    if found := _FIGURES.fullmatch(folded):
        return f"{found[1]}e"
    found = _ROMAN.fullmatch(folded)
    return f"{_value(found[1])}e" if found and found[1] and not is_known(folded) else folded


def _value(roman: str) -> int:
    """Return the value of a Roman numeral: a letter before a greater one counts against it."""
    values = [_VALUES[letter] for letter in roman]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
