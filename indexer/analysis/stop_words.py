"""Stop words: what a query of several words can do without."""

from __future__ import annotations

from indexer.analysis.token import Forms
from indexer.analysis.word_lists import read_words

STOP_WORDS = read_words("stop_words.txt")


def is_stop_word(forms: Forms) -> bool:
    """Whether the word only binds others; told by its folded form, so that accents change nothing."""
    return forms.folded in STOP_WORDS
