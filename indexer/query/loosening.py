"""Loosening: what to look for when no article has every word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.analysis import Form, is_stop_word
from indexer.query.favours import kin
from indexer.query.syntax import AllOf, MostOf, Near, Part, Phrase, Word, operands_of, wanted_leaves


def loosened(part: Part) -> Iterator[Part]:
    """Yield ever looser versions of `part`: most of its words, then most of them with the phrases taken apart.

    Small words that nobody put in quotes are first all looked for, wherever they stand.
    Exclusions, periods, filters and what is favoured stay. What has no word of the query in one place may have one that
    begins alike: it is favoured. Nothing is yielded for a part that cannot be loosened.
    """
    wanted, kept = _cut(part)
    if most := any_of_all(part):
        yield most
    apart = list(dict.fromkeys(word for inner in wanted for word in _take_apart(inner)))
    if apart != wanted:
        if all(isinstance(each, Phrase) and _is_small(each) for each in wanted):
            yield AllOf((*apart, *kept))
        yield _most(apart, kept)


def _is_small(phrase: Phrase) -> bool:
    """Tell whether a phrase is of stop words typed without quotes."""
    return phrase.form is Form.STEM and all(map(is_stop_word, phrase.words))


def any_of_all(part: Part) -> Part | None:
    """Return what asks for any of the words of `part` instead of all of them, None if it has but one."""
    wanted, kept = _cut(part)
    return _most(wanted, kept) if len(wanted) > 1 else None


def _cut(part: Part) -> tuple[list[Part], list[Part]]:
    """Return the parts that articles should have, and the others."""
    parts = part.parts if isinstance(part, AllOf) else (part,)
    wanted = [inner for inner in parts if any(True for _ in wanted_leaves(inner))]
    return wanted, [inner for inner in parts if inner not in wanted]


def _take_apart(part: Part) -> list[Part]:
    """Return the words of a phrase, without the stop words if others are left; what is near, each by itself.

    Any other part stays as it is.
    """
    if isinstance(part, Near):
        return [word for operand in operands_of(part) for word in _take_apart(replace(operand, field=part.field))]
    if not isinstance(part, Phrase) or len(part.words) == 1:
        return [part]
    words = [(form, forms) for form, forms in part.asked if not is_stop_word(forms)] or part.asked
    tolerant = Form.STEM if part.field in {None, "title", "text"} else Form.FOLDED
    return [
        Word(forms.exact, forms, form if form is Form.EXACT else tolerant, part.field)
        for form, forms in dict.fromkeys(words)
    ]


def _most(wanted: list[Part], kept: list[Part]) -> Part:
    beside = (*kept, *(alike for part in wanted for alike in kin(part)))
    most = MostOf(tuple(wanted))
    return AllOf((most, *beside)) if beside else most
