"""Elisions: l'avion is « l' » and « avion »; aujourd'hui, presqu'île and quelqu'un are one word each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.segmentation import Span
from indexer.analysis.word_lists import read_words

ELIDED = read_words("elisions.txt")
"""What may stand before an apostrophe and be cut off, in lower case, without the apostrophe."""

# A lone elided word whose apostrophe was not typed: « l avion », « conseil d etat ». Only the commonest, and only
# in lower case before a vowel or h, so that « vitamine C », « RER D » and « plan B » keep their letters.
LONE = frozenset({"l", "d", "qu", "jusqu", "lorsqu", "puisqu"})
"""Words that are elided before a blank."""

ACROSS = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(LONE))})\Z"), re.compile("")
"""Before and after a blank, what the rule of lone elided words looks at together (see columns.py)."""

_BEFORE = re.compile(r"[aeiouyhàâäæéèêëîïôöœùûü]", re.IGNORECASE)


def cut_elisions(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Yield the spans with every elided word apart: its own span ends with the apostrophe.

    The elided word stays a word, so that phrases are exact; being a stop word it weighs nothing elsewhere.
    """
    for span in spans:
        if "'" in span.text:
            yield from cut_elided(span)
        elif span.text in LONE and _vowel_follows(text, span.end):
            yield span._replace(text=span.text + "'")
        else:
            yield span


def cut_elided(span: Span) -> Iterator[Span]:
    """Yield the elided words at the head of a span, then what is left, as one word."""
    word, at = span.text, span.start
    while "'" in word:
        head, _, tail = word.partition("'")
        if head.lower() not in ELIDED:
            break
        yield Span(head + "'", at, at + len(head) + 1)
        word, at = tail, at + len(head) + 1
    if word := word.rstrip("'"):
        yield Span(word, at, at + len(word))


def _vowel_follows(text: str, at: int) -> bool:
    """Whether one blank, then a vowel or h, stand at this offset."""
    return text[at : at + 1] in {" ", "\u00a0", "\u202f"} and bool(_BEFORE.match(text, at + 1))
