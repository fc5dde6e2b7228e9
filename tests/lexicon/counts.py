"""How often words occur in a body of text, and how often as names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.lexicon.dictionary import fold

# A word, and whether something that begins a sentence stands before it.
TOKEN = re.compile(r"([.!?:;«»\"“”(\n•*–—-]\s*|^)?\b([^\W\d_]+)")


class Counts(NamedTuple):
    """Occurrences by folded word: all of them, and those with a capital inside a sentence."""

    words: Counter[str]
    names: Counter[str]


def count_words(texts: Iterable[str]) -> Counts:
    """Count words; a capital that begins a sentence, and words all in capitals, tell nothing and do not count."""
    written: Counter[tuple[str, bool]] = Counter()
    for text in texts:
        for found in TOKEN.finditer(text):
            word = found[2]
            if word[0].islower() or (found[1] is None and word[1:].islower()):
                written[word, word[0].isupper()] += 1
    counts = Counts(Counter(), Counter())
    for (word, capital), count in written.items():
        counts.words[fold(word)] += count
        if capital:
            counts.names[fold(word)] += count
    return counts
