"""Tags: a hashtag or handle is a word with its sign, a word without, and the words it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.segmentation import Span

# A ligature written as two letters is one capital: #OEuvre has the words of #Œuvre.
_CAPITAL, _SMALL = "(?>[AO]E|[A-ZÀ-ÖØ-ÞŒŸ])", "[a-zß-öø-ÿœ]"
_PART = re.compile(rf"\d+{_SMALL}*|{_CAPITAL}+(?!{_SMALL})|{_CAPITAL}?{_SMALL}+")


def open_tags(spans: Iterable[Span], text: str) -> Iterable[Span]:
    """Yield the spans with each tag as itself, then without its sign, then its words (JeSuisLa: Je, Suis, La)."""
    return _open(spans) if "#" in text or "@" in text else spans


def _open(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        yield span
        if span.text[0] in "#@" and len(span.text) > 1:
            start = span.start + 1
            yield Span(span.text[1:], start, span.end)
            parts = list(_PART.finditer(span.text[1:]))
            if len(parts) > 1:
                yield from (Span(part.group(), start + part.start(), start + part.end()) for part in parts)
