"""Signs that are read as words: 50 € is « 50 euros »."""

from __future__ import annotations

NAMES = {"€": "euro", "$": "dollar", "£": "livre", "%": "pourcent", "&": "et"}


def name_signs(word: str) -> str:
    """Return how a sign is read; other words stay."""
    return NAMES.get(word, word)
