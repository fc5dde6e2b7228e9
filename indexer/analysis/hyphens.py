"""Hyphens: words that are written with one or without are one word (week-end, weekend; co-voiturage, covoiturage)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.accents import fold_accents
from indexer.analysis.lexicon import is_known
from indexer.analysis.segmentation import Span
from indexer.analysis.word_lists import read_words

_HYPHEN = re.compile("[-\u2010\u2011]")

UNITED = read_words("hyphenated.txt")
"""Hyphenated words that mean something else than their parts side by side."""


_PRONOUNS = frozenset(
    {
        *("je", "tu", "il", "ils", "elle", "elles", "on", "nous", "vous", "ce", "y", "en", "t"),
        *("le", "la", "les", "lui", "leur", "moi", "toi"),
    }
)
"""What a hyphen ties to a verb: « dit-on » is no « diton »."""


def join_hyphenated(spans: Iterable[Span], text: str) -> Iterable[Span]:
    """Yield the spans with hyphenated words as one where their letters alone are a word too.

    Others stay words side by side: « porte-parole » is found by « parole ».
    """
    return _join(spans, text) if _HYPHEN.search(text) else spans


def _join(spans: Iterable[Span], text: str) -> Iterator[Span]:
    run: list[Span] = []
    for span in spans:
        if run and not _HYPHEN.fullmatch(text[run[-1].end : span.start]):
            yield from _joined(run)
            run = []
        run.append(span)
    yield from _joined(run)


def _joined(run: list[Span]) -> Iterator[Span]:
    """Yield a run of hyphenated spans: as one word from each place where the lexicon has one, else apart."""
    folded = [fold_accents(part.text.lower()) for part in run] if len(run) > 1 else []
    at = 0
    while at < len(run):
        end = len(run)
        while end > at + 1 and not _is_one(folded[at:end]):
            end -= 1
        yield run[at] if end == at + 1 else _one(run[at:end])
        at = end


def _is_one(folded: list[str]) -> bool:
    """Tell whether parts, folded, are one word when nothing is between them."""
    if "-".join(folded) in UNITED:
        return True
    return _PRONOUNS.isdisjoint(folded) and (word := "".join(folded)).isalpha() and is_known(word)


def _one(parts: list[Span]) -> Span:
    return Span("-".join(part.text for part in parts), parts[0].start, parts[-1].end)
