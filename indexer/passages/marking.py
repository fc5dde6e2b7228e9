"""Marking: exactly the characters of a text that answer a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import Token
from indexer.query.syntax import Leaf, Phrase, Prefix, Word, fields_of


@dataclass(frozen=True)
class Mark:
    """A stretch of a text that answers the query: ``text[start:end]``, and the leaves it answers (their numbers)."""

    start: int
    end: int
    leaves: frozenset[int]


def mark_tokens(tokens: Sequence[Token], leaves: Sequence[Leaf], field: str) -> list[Mark]:
    """Return the marks of `leaves` on the tokens of `field`, in order, none inside or across another.

    A phrase is one mark. Where marks overlap the one that starts first, then the longest, stands for all.
    """
    found = [
        Mark(start, end, frozenset([number]))
        for number, leaf in enumerate(leaves)
        if field in fields_of(leaf)
        for start, end in _spans(tokens, leaf)
    ]
    return _merge(found)


def _spans(tokens: Sequence[Token], leaf: Leaf) -> Iterator[tuple[int, int]]:
    """Yield the spans of one leaf."""
    match leaf:
        case Word(_, forms, form):
            index = form_index(form)
            for token in tokens:
                if token.forms[index] == forms[index]:
                    yield token.start, token.end
        case Prefix(_, folded):
            for token in tokens:
                if token.forms.folded.startswith(folded):
                    yield token.start, token.end
        case Phrase(_, words, form):
            yield from _phrase_spans(tokens, [word[form_index(form)] for word in words], form_index(form))


def _phrase_spans(tokens: Sequence[Token], terms: Sequence[str], index: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of a phrase, without the elided article in front of its first word."""
    for at in range(len(tokens) - len(terms) + 1):
        run = tokens[at : at + len(terms)]
        follow = run[-1].position - run[0].position == len(terms) - 1
        if follow and all(token.forms[index] == term for token, term in zip(run, terms, strict=True)):
            first = next((token for token in run if not token.forms.exact.endswith("'")), run[0])
            yield first.start, run[-1].end


def form_index(form: str) -> int:
    """Return the place of a form in Forms."""
    return ("exact", "folded", "stem").index(form)


def _merge(marks: Iterable[Mark]) -> list[Mark]:
    """Sort the marks and let each overlap become one."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if merged and mark.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Mark(last.start, max(last.end, mark.end), last.leaves | mark.leaves)
        else:
            merged.append(mark)
    return merged
