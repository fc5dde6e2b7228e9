"""Likeness: how like the typed word the words of a posting are, as far as its signs tell.

A byte of signs has 256 values. What each of them leaves of a score is worked out once for a word, then looked up for
any number of postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis.token import Forms
from indexer.engines.columns.layout import LATE, Array
from indexer.engines.scoring import kinds, losses
from indexer.query.syntax import Word

_SIGNS = np.arange(2 << LATE).astype(np.uint8)
"""All that a byte of signs may be."""

Ranks = list[int]
"""Forms of a stem, by their ranks."""


class Kept(NamedTuple):
    """What is left of the weight of a posting: as much as the best kind of its words leaves.

    A form is of the first of the kinds that it is like (late forms share their sign: it may be of several). `left` is
    for each of the signs what the first kind there leaves; where there are several (`mixed`) tokens tell which weighs
    most.
    """

    kinds: list[tuple[Ranks, float]]
    left: Array
    mixed: Array


class Lost(NamedTuple):
    """What is left of the score of a posting after its losses: for each of them, the forms of which it should hold one.

    `left` is for each of the signs what is left; where it is `doubtful` tokens tell the late forms apart, which share
    their sign.
    """

    losses: list[tuple[Ranks, float]]
    left: Array
    doubtful: Array | None


class Likeness(NamedTuple):
    """What signs tell of the weight and of the score of a word; None where all that may be met is as good as it."""

    kept: Kept | None
    lost: Lost | None


def likeness(word: Word, forms: Sequence[Forms]) -> Likeness:
    """Return how like a word the forms of its stem are."""
    return Likeness(_kept(word, forms), _lost(word, forms))


def _kept(word: Word, forms: Sequence[Forms]) -> Kept | None:
    likes = kinds(word)
    if len(likes) == 1:
        return None
    ranks: list[Ranks] = [[] for _ in likes]
    for rank, met in enumerate(forms):
        for own, (like, _) in zip(ranks, likes, strict=True):
            if like(met):
                own.append(rank)
                break
    lefts = [left for _, left in likes]
    there = _SIGNS & np.array([[signs_of(own)] for own in ranks], np.uint8) != 0
    return Kept(list(zip(ranks, lefts, strict=True)), np.array(lefts)[there.argmax(axis=0)], there.sum(axis=0) > 1)


def _lost(word: Word, forms: Sequence[Forms]) -> Lost | None:
    wanted = [([rank for rank, met in enumerate(forms) if like(met)], left) for like, left, _ in losses(word)]
    wanted = [(ranks, left) for ranks, left in wanted if len(ranks) < len(forms)]
    if not wanted:
        return None
    after = np.ones(len(_SIGNS))
    for ranks, left in wanted:
        after[_SIGNS & early_signs(ranks) == 0] *= left
    late = any(max(ranks, default=0) >= LATE for ranks, _ in wanted)
    return Lost(wanted, after, (_SIGNS >> LATE != 0) & (after < 1) if late else None)


def early_signs(ranks: Sequence[int]) -> int:
    """Return the signs of some forms, late ones left out."""
    return sum(1 << rank for rank in ranks if rank < LATE)


def signs_of(ranks: Sequence[int]) -> int:
    """Return the signs of some forms; late ones share theirs with others."""
    return early_signs(ranks) | (max(ranks, default=0) >= LATE) << LATE
