"""Sentences: where a French reader would pause."""

from __future__ import annotations

import re

# A full stop, question or exclamation mark, ellipsis, with the closing quotes and brackets after it; then a blank;
# then what can start a sentence.
# The marks are taken as a whole and once (no quadratic time on a line of dots).
_END = re.compile(
    r"(?<![.!?…])[.!?…]++(?:[\u00a0\u202f ]?[»”\")\]]){0,4}(?=\s+[\"“«(\[—–-]*[\u00a0\u202f ]?[^\W_a-zà-öø-ÿ])"
)

# Before a full stop that ends no sentence: titles, usual abbreviations, initials.
_ABBREVIATION = re.compile(
    r"(?:\b(?:MM?|Mmes?|Mlles?|Drs?|Prs?|Mgr|Me|Ste?s?|av|apr|art|cf|etc|ex|fig|p|pp|vol|no|bd|J|[A-ZÀ-Ö]))$"
)
_LONGEST_ABBREVIATION = 5


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:end]``, in order, without the blanks between them.

    Together they hold every character but those blanks.
    """
    spans = []
    begin = start
    for found in _END.finditer(text, start, end):
        if text[found.start()] == "." and _is_abbreviated(text, begin, found.start()):
            continue
        spans.append((begin, found.end()))
        begin = found.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans


def _is_abbreviated(text: str, begin: int, stop: int) -> bool:
    """Tell whether an abbreviation stands before the full stop at `stop`, in the sentence that starts at `begin`."""
    return bool(_ABBREVIATION.search(text, max(begin, stop - _LONGEST_ABBREVIATION), stop))
