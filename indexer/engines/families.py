"""Families: which words a prefix, a pattern or a slip stands for, told one word at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from indexer.query.syntax import Family, Like, Pattern, Prefix


def takes_in(family: Family) -> Callable[[str], bool]:
    """Return what tells, of a folded form, whether it belongs to a family."""
    match family:
        case Prefix(_, folded):
            return partial(_starts_with, folded)
        case Pattern(_, folded):
            return partial(_has_shape, _shape(folded))
        case Like(_, folded):
            return partial(one_slip_apart, folded)


def one_slip_apart(typed: str, met: str) -> bool:
    """Tell whether two words are one, or differ by a letter more, less or other, or by two neighbours exchanged.

    A distance of Damerau and Levenshtein of 1 at most.
    """
    shorter, longer = (typed, met) if len(typed) < len(met) else (met, typed)
    if len(longer) - len(shorter) > 1:
        return False
    at = 0
    for letter, other in zip(shorter, longer, strict=False):
        if letter != other:
            break
        at += 1
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    exchanged = shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    return exchanged or shorter[at + 1 :] == longer[at + 1 :]


def _starts_with(folded: str, met: str) -> bool:
    return met.startswith(folded)


def _has_shape(shape: re.Pattern[str], met: str) -> bool:
    return shape.fullmatch(met) is not None


def _shape(folded: str) -> re.Pattern[str]:
    """Return a pattern as a regular expression that never goes back: each stretch is taken where it first fits."""
    first, *others = ("".join("." if sign == "?" else re.escape(sign) for sign in part) for part in folded.split("*"))
    if not others:
        return re.compile(first, re.DOTALL)
    between = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(f"{first}{between}.*{others[-1]}", re.DOTALL)
