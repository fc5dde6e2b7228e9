"""French analysis: from a text to its tokens, once, for every engine.

The chain is a visible list. To add a rule: one file, one function, a line in FRENCH, a table in
``tests/analysis``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.analysis.abbreviations import spell_out
from indexer.analysis.accents import fold_accents
from indexer.analysis.acronyms import drop_dots
from indexer.analysis.addresses import open_addresses
from indexer.analysis.apostrophes import unify_apostrophes
from indexer.analysis.composition import compose
from indexer.analysis.dates import read_dates
from indexer.analysis.elisions import LONE, cut_elided, cut_elisions
from indexer.analysis.hyphens import join_hyphenated
from indexer.analysis.inflection import stem
from indexer.analysis.invisible import drop_invisible
from indexer.analysis.letter_case import lower_case
from indexer.analysis.line_breaks import rejoin_cut_words
from indexer.analysis.mapped_text import MappedText
from indexer.analysis.numbers import join_digits, point_to_comma
from indexer.analysis.ordinals import unify_ordinals
from indexer.analysis.segmentation import PARAGRAPH_BREAK, Span, find_words
from indexer.analysis.signs import name_signs
from indexer.analysis.stop_words import is_stop_word
from indexer.analysis.tags import open_tags
from indexer.analysis.token import Form, Forms, Token

__all__ = ["ANALYSIS_VERSION", "FRENCH", "Chain", "Form", "Forms", "Token", "analyse", "is_stop_word"]

ANALYSIS_VERSION = 4
"""Raised whenever a rule changes the terms: an index of another version must be rebuilt."""

MAX_TERM = 64
"""Characters kept of a word; longer ones are noise (base64, run-together text) or found by their beginning."""


@dataclass(frozen=True)
class Chain:
    """An analysis: four ordered lists of rules.

    `characters` rewrite a text and keep the map back to the original; `words` start with the rule that finds the
    spans, the next ones cut them further; `exact` rewrite a word into its exact form; `folded` and `stem` each
    carry on from the form before.
    """

    characters: tuple[Callable[[MappedText], MappedText], ...]
    words: tuple[Callable[[Iterable[Span], str], Iterable[Span]], ...]
    exact: tuple[Callable[[str], str], ...]
    folded: tuple[Callable[[str], str], ...]
    stem: tuple[Callable[[str], str], ...]


FRENCH = Chain(
    characters=(compose, drop_invisible, unify_apostrophes),
    words=(cut_elisions, rejoin_cut_words, join_hyphenated, open_addresses, open_tags, read_dates),
    exact=(lower_case, join_digits, drop_dots),
    folded=(name_signs, fold_accents, point_to_comma),
    stem=(spell_out, unify_ordinals, stem),
)


_LETTER = r"[^\W\d_\u02bc]"
_LONGER = 6
"""Letters of a word that is no abbreviation."""

_TIED = re.compile(rf"({_LETTER}+(?:['’]{_LETTER}+)+)\.*|{_LETTER}+(?:['’-]{_LETTER}+)+")
"""Words of letters (but the one that is an apostrophe) tied by apostrophes, full stops after them or not; or by hyphens
too. One rule cuts the former, another joins some of the latter; a law holds it."""
_UNTIED = re.compile("[^-]+")

_SEVERAL = re.compile(rf"(?!(?:.* )?(?:{'|'.join(sorted(LONE))}) ){_LETTER}+(?: {_LETTER}+)+")
"""Words of letters with a blank between them, which no rule takes together."""


def analyse(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text`, in order; ``text[token.start:token.end]`` is what the reader saw.

    Every word is there, stop words too. Never raises, whatever the text.
    """
    if word := lone_word(text):  # most of what is new
        return (Token(forms_of(word[:MAX_TERM]), 0, len(word), 0),)
    if " " in text and _SEVERAL.fullmatch(text) and unicodedata.is_normalized("NFC", text):  # most queries
        return tuple(_apart(text))
    if (tied := _TIED.fullmatch(text)) and unicodedata.is_normalized("NFC", text):
        spans = _cut_tied((tied[1] or text).replace("’", "'"), hyphens=not tied[1])
        return tuple(Token(forms_of(word[:MAX_TERM]), start, end, at) for at, (word, start, end) in enumerate(spans))
    return tuple(_tokens(text))


def lone_word(text: str) -> str:
    """Return the one word that a text is, "" if it is anything else: no rule looks into letters alone.

    Full stops may follow, after more letters than an abbreviation has.
    """
    word = text.rstrip(".")
    if not word.isalpha() or (len(word) < len(text) and len(word) < _LONGER) or "\u02bc" in word:
        return ""
    return word if unicodedata.is_normalized("NFC", word) else ""


def _apart(text: str) -> Iterator[Token]:
    """Yield the words of a text that are apart by one blank each."""
    start = 0
    for position, word in enumerate(text.split(" ")):
        yield Token(forms_of(word[:MAX_TERM]), start, start + len(word), position)
        start += len(word) + 1


def _cut_tied(text: str, *, hyphens: bool) -> Iterable[Span]:
    """Return the words of a text that is tied together."""
    if not hyphens:
        return cut_elided(Span(text, 0, len(text)))
    spans: Iterable[Span] = [Span(found.group(), *found.span()) for found in _UNTIED.finditer(text)]
    return join_hyphenated(cut_elisions(spans, text) if "'" in text else spans, text)


def _tokens(text: str) -> Iterator[Token]:
    mapped = MappedText(text)
    for rewrite in FRENCH.characters:
        mapped = rewrite(mapped)
    spans: Iterable[Span] = find_words(mapped.text)
    for cut in FRENCH.words:
        spans = cut(spans, mapped.text)
    for position, (word, start, end) in enumerate(spans):
        if word != PARAGRAPH_BREAK:
            yield Token(forms_of(word[:MAX_TERM]), *mapped.original_span(start, end), position)


@lru_cache(maxsize=1 << 17)
def forms_of(word: str) -> Forms:
    """Return the three forms of a word as it stands in a text; remembered, for texts repeat their words."""
    exact = _apply(FRENCH.exact, word)
    folded = _apply(FRENCH.folded, exact)
    folded = exact if folded == exact else folded  # one string in memory: they are kept by the hundred thousand
    stemmed = _apply(FRENCH.stem, folded)
    return Forms(exact, folded, folded if stemmed == folded else stemmed)


def _apply(rules: tuple[Callable[[str], str], ...], word: str) -> str:
    for rule in rules:
        word = rule(word)
    return word
