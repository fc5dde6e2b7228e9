"""Places: where a leaf of a query stands among the tokens of a field. The readable definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.analysis import Token
from indexer.engines.families import takes_in
from indexer.engines.scoring import same_in
from indexer.query.syntax import Leaf, Near, Operand, Phrase, Word


def find_places(tokens: Sequence[Token], leaf: Leaf) -> Iterator[tuple[int, int]]:
    """Yield the spans, start and end, where a leaf stands among the tokens of a field; two words near are two."""
    runs = find_near(tokens, leaf) if isinstance(leaf, Near) else find_runs(tokens, leaf)
    for first, last in runs:
        yield first.start, last.end


Run = tuple[Token, Token]
"""The first and the last of tokens that follow each other."""


def find_runs(tokens: Sequence[Token], operand: Operand) -> Iterator[Run]:
    """Yield where an operand stands."""
    match operand:
        case Word(_, forms, form):
            yield from ((token, token) for token in tokens if same_in(form, forms, token.forms))
        case Phrase():
            for at in range(len(tokens) - len(operand.words) + 1):
                run = tokens[at : at + len(operand.words)]
                follow = run[-1].position - run[0].position == len(run) - 1
                if follow and all(
                    same_in(form, word, token.forms) for (form, word), token in zip(operand.asked, run, strict=True)
                ):
                    yield run[operand.lead], run[-1]
        case family:
            belongs = takes_in(family)
            yield from ((token, token) for token in tokens if belongs(token.forms.folded))


def find_near(tokens: Sequence[Token], near: Near) -> Iterator[Run]:
    """Yield, once each, the occurrences of both operands that have one of the other near them."""
    lefts, rights = (list(find_runs(tokens, operand)) for operand in (near.left, near.right))
    pairs = [
        (left, right)
        for left in lefts
        for right in rights
        if 1 <= _apart(left, right) <= near.distance or (1 <= _apart(right, left) <= near.distance and not near.ordered)
    ]
    yield from dict.fromkeys(run for pair in pairs for run in pair)


def _apart(one: Run, other: Run) -> int:
    """Return how many words after the end of `one` the other starts."""
    return other[0].position - one[1].position
