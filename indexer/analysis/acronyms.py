"""Acronyms: O.N.U. is ONU."""

from __future__ import annotations

import re

_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")


def drop_dots(word: str) -> str:
    """Return a dotted acronym without its dots; other words stay."""
    return word.replace(".", "") if "." in word and _DOTTED.fullmatch(word) else word
