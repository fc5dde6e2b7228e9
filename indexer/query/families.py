"""Families: what a run of characters with the signs * ? ~ means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analysis import Form, Forms, Token, analyse
from indexer.query.syntax import Family, Like, Pattern, Prefix, Word

MIN_LETTERS, MIN_PREFIX = 3, 2
"""Letters of a family, and of a beginning, at least, signs left aside: with fewer it would be half the dictionary."""


def read_family(shown: str, field: str | None) -> list[Word | Family]:
    """Return the words and families of a run without blanks, in order: of "l'h?pital", l' and a pattern.

    For the analysis a letter stands in for each sign, so that words are cut where they would be without it.
    """
    text = shown.rstrip("~")
    tokens = _whole_words(re.sub(r"[*?]", "x", text))
    found = [_member(text[token.start : token.end], token, field) for token in tokens]
    if text != shown and found and isinstance(last := found[-1], Word):
        found[-1] = Like(last.typed, last.forms.folded, field)
    return found


def is_too_short(family: Family) -> bool:
    """Tell whether a family has too few letters to be looked for."""
    least = MIN_PREFIX if isinstance(family, Prefix) else MIN_LETTERS
    return len(re.sub(r"[*?]", "", family.folded)) < least


def usual_form(forms: Forms, field: str | None) -> Form:
    """Return the form in which a word is looked for: names, hashtags and handles are not inflected."""
    named = field in {"author", "source"} or forms.folded.startswith(("#", "@"))
    return Form.FOLDED if named else Form.STEM


def _member(typed: str, token: Token, field: str | None) -> Word | Family:
    """Return what a word with or without signs means."""
    if not re.search(r"[*?]", typed):
        return Word(typed, token.forms, usual_form(token.forms, field), field)
    folded = "".join(part if part in {"*", "?"} else _fold(part) for part in re.split(r"([*?])", typed) if part)
    folded = re.sub(r"[*?]*\*[*?]*", lambda signs: "?" * signs[0].count("?") + "*", folded)
    if re.fullmatch(r"[^*?]+\*", folded):
        return Prefix(typed.rstrip("*"), folded[:-1], field)
    return Pattern(typed, folded, field)


def _fold(letters: str) -> str:
    return "".join(token.forms.folded for token in _whole_words(letters))


def _whole_words(text: str) -> Iterator[Token]:
    """Yield the words of a text, an address or a tag without its parts."""
    end = 0
    for token in analyse(text):
        if token.start >= end:
            yield token
            end = token.end
