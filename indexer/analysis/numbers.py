"""Numbers: 12 000 and 12.000 are 12000, however their digits are grouped; a telephone number is its digits."""

from __future__ import annotations

import re

_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_TELEPHONE = re.compile(r"(?:\+33|0)[1-9](?:[.-]?\d\d){4}")


def join_digits(word: str) -> str:
    """Return a number without what groups its digits; +33 is the 0 of a French number. Other words stay."""
    if not (word[0].isdigit() or word[0] == "+"):
        return word
    word = "".join(word.split())
    if _DOTTED_THOUSANDS.fullmatch(word):
        return word.replace(".", "")
    if _TELEPHONE.fullmatch(word):
        return re.sub(r"[.-]", "", word).replace("+33", "0")
    return word


def point_to_comma(word: str) -> str:
    """Return a decimal number as the French write it: 1.5 is 1,5."""
    return word.replace(".", ",") if "." in word and re.fullmatch(r"\d+\.\d+", word) else word
