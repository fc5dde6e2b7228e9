"""Sentences: where a French reader would pause."""

from __future__ import annotations

import re

# A full stop, question or exclamation mark, ellipsis, with the closing quotes and brackets after it; then a blank;
# then what can start a sentence.
_END = re.compile(r"[.!?…]+(?:[\u00a0\u202f ]?[»”\")\]])*(?=\s+[\"“«(\[—–-]*[\u00a0\u202f ]?[^\W_a-zà-öø-ÿ])")

# Before a full stop that ends no sentence: titles, usual abbreviations, initials.
_ABBREVIATION = re.compile(
    r"(?:\b(?:MM?|Mmes?|Mlles?|Drs?|Prs?|Mgr|Me|Ste?s?|av|apr|art|cf|etc|ex|fig|p|pp|vol|no|bd|J|[A-ZÀ-Ö]))$"
)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:end]``, in order, without the blanks between them.

    Together they hold every character but those blanks.
    """
    spans = []
    begin = start
    for found in _END.finditer(text, start, end):
        if text[found.start()] == "." and _ABBREVIATION.search(text, begin, found.start()):
            continue
        spans.append((begin, found.end()))
        begin = found.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append((begin, end))
    return spans
