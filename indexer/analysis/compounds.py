"""Compounds typed or printed in two words: « week end » is week-end is weekend.

With a hyphen or none they are one word already (see hyphens.py); what is written in two words is found by a query that
looks for both.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.analysis import forms_of
from indexer.analysis.hyphens import UNITED
from indexer.analysis.lexicon import compounds
from indexer.analysis.token import Forms

_UNITED = frozenset(word.replace("-", "") for word in UNITED)


def unite(words: Sequence[Forms]) -> Forms | None:
    """Return the one word that words side by side may be written as, None if there is none."""
    folded = "".join(word.folded for word in words)
    if folded not in _UNITED and compounds().get(folded) != tuple(word.folded for word in words):
        return None
    return forms_of("-".join(word.exact for word in words))


def take_apart(word: Forms) -> tuple[Forms, ...]:
    """Return the words that a compound may be written as, none for another word."""
    return tuple(map(forms_of, compounds().get(word.folded, ())))
