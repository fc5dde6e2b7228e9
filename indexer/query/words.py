"""Words: what words typed one after the other mean, with the ways there are to write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.analysis import Form, Forms, Token, is_stop_word
from indexer.analysis.compounds import take_apart, unite
from indexer.query.families import usual_form
from indexer.query.syntax import AllOf, Part, Phrase, Spellings, Word


def side_by_side(tokens: tuple[Token, ...], text: str) -> list[list[Token]]:
    """Group the tokens that no blank separates."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and not re.search(r"\s", text[groups[-1][-1].end : token.start]):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def without_elisions(group: Sequence[Token]) -> Sequence[Token]:
    """Return tokens without the elided words in front, if others follow."""
    return group[lead_of(group) :]


def lead_of(words: Sequence[Token]) -> int:
    """Return how many elided words stand in front of the first whole one."""
    return next((number for number, word in enumerate(words) if not word.forms.exact.endswith("'")), 0)


def strict_words(words: Sequence[Token], text: str) -> tuple[int, ...]:
    """Return the numbers of the words behind a = in a phrase."""
    signed = [found.span() for found in re.finditer(r"(?<!\S)=\S+", text)]
    return tuple(number for number, word in enumerate(words) if any(start < word.start < end for start, end in signed))


def read_word(group: Sequence[Token], text: str, field: str | None) -> Part:
    """Return what tokens without a blank between them mean: a word, or a compound."""
    if all(token.end <= group[0].end for token in group):
        group = group[:1]  # an address or a tag, then its parts
    typed = text[group[0].start : group[-1].end]
    form = usual_form(group[0].forms, field)
    if len(group) == 1:
        word = Word(typed, group[0].forms, form, field)
        parts = take_apart(word.forms) if form is Form.STEM else ()
        return Spellings(typed, (word, Phrase(typed, parts, Form.STEM, field)), field) if parts else word
    return Phrase(typed, tuple(token.forms for token in group), form, field)


def are_small(groups: Sequence[Sequence[Token]]) -> bool:
    """Tell whether words typed one after the other are all stop words."""
    return len(groups) > 1 and all(is_stop_word(token.forms) for group in groups for token in group)


def read_small_words(groups: Sequence[Sequence[Token]], text: str) -> Phrase:
    """Return what stop words mean that stand alone: nothing but side by side, as in « à la une »."""
    typed = " ".join(text[group[0].start : group[-1].end] for group in groups)
    return Phrase(typed, tuple(token.forms for group in groups for token in group), Form.STEM)


def united(words: list[Part], field: str | None) -> list[Part | None]:
    """Return words side by side, two that may be written as one looked for in both ways.

    The one word weighs as a phrase does: it says as much as both.
    """
    found: list[Part | None] = []
    for word in words:
        before = found[-1] if found else None
        if isinstance(before, Word) and isinstance(word, Word) and before.form is word.form is Form.STEM:
            typed = f"{before.typed} {word.typed}"
            if one := unite([before.forms, word.forms]):
                found[-1] = Spellings(typed, (AllOf((before, word)), Phrase(typed, (one,), Form.STEM, field)), field)
                continue
        found.append(word)
    return found


def other_spelling(words: tuple[Forms, ...]) -> tuple[Forms, ...]:
    """Return the words of a phrase with each compound written the other way: in one word, or in two."""
    other: list[Forms] = []
    for word in words:
        if other and (one := unite([other[-1], word])):
            other[-1] = one
        else:
            other.extend(take_apart(word) or (word,))
    return tuple(other)
