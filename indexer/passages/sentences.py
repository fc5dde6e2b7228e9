"""Sentences: where a French reader would pause."""

from __future__ import annotations

import re

# Before a full stop that ends no sentence: initials, titles, usual abbreviations; by length, as looking back wants.
_ABBREVIATIONS = (
    "[A-ZÀ-Öp]",
    "MM|Dr|Pr|Me|St|av|cf|ex|pp|no|bd",
    "Mme|Drs|Prs|Mgr|Ste|Sts|apr|art|etc|fig|vol",
    "Mmes|Mlle|Stes",
    "Mlles",
)

# A full stop, question or exclamation mark, ellipsis, with the closing quotes and brackets after it; then the blanks
# between two sentences, which are the group; then what can start a sentence.
# The marks are taken as a whole and once (no quadratic time on a line of dots). What looks back comes after the first
# of them, which is what the search runs for.
_BETWEEN = re.compile(
    r"[.!?…](?<![.!?…]{2})"
    + "".join(rf"(?<!\b(?:{words})\.)" for words in _ABBREVIATIONS)
    + r"[.!?…]*+(?:[\u00a0\u202f ]?[»”\")\]]){0,4}"
    + r"(\s++)(?=[\"“«(\[—–-]*[\u00a0\u202f ]?[^\W_a-zà-öø-ÿ])"
)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences of ``text[start:end]``, in order, without the blanks between them.

    Together they hold every character but those blanks. What is a sentence's end does not depend on anything that is
    further than a few characters.
    """
    blanks = [found.span(1) for found in _BETWEEN.finditer(text, start, end)]
    starts = [start, *(after for _, after in blanks)]
    ends = [*(before for before, _ in blanks), end]
    return list(zip(starts, ends, strict=True)) if start < end else []
