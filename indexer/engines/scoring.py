"""Scoring: BM25F over title and text, in weights that a posting can keep.

Robertson and Zaragoza, « The Probabilistic Relevance Framework: BM25 and Beyond » (2009), 3.5: the counts of the
fields, each normalised by its own length, are weighed and added before they saturate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.token import Form, Forms
from indexer.query.syntax import Word

K1, B_TITLE, B_TEXT = 1.2, 0.5, 0.75
TITLE_WEIGHT = 3.0

SAME_FOLDED, SAME_ACCENTS = 0.25, 3.0
"""What a word gains, as a part of its score, where its inflection is the one typed, and where its accents are.

Accents tell words apart: an article with one « péché » answers « péché » better than one with « pêche » all over,
title included. That takes a gain of 2.3 for the weights that articles have.
"""

PHRASE_WEIGHT = 2.0


def length_norms(lengths: NDArray[np.uint32], b: float) -> NDArray[np.float64]:
    """Return how much longer than the average each field is, tempered by `b`."""
    average = lengths.mean() if len(lengths) else 0
    return 1 - b + b * lengths / average if average else np.ones(len(lengths))


def weight_codes(title: NDArray[np.float64], text: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the weights of postings in 255ths, from their counts already divided by the length norms."""
    count = TITLE_WEIGHT * title + text
    return np.clip(np.rint(255 * count / (K1 + count)), 1, 255).astype(np.uint8)


def rarity(documents: int, holders: int) -> float:
    """Return how much a word tells that `holders` of all the `documents` have (BM25's inverse document frequency)."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


def gains(word: Word) -> Iterator[tuple[Callable[[Forms], bool], float]]:
    """Yield what brings a met word closer to the one looked for, and what that is worth.

    Accents count only when they were typed: « pêche » puts pêche before péché, « peche » treats them alike.
    """
    if word.form is Form.STEM:
        yield partial(same_in, Form.FOLDED, word.forms), SAME_FOLDED
    if word.form is not Form.EXACT and word.forms.accented:
        yield partial(same_accents, word.forms), SAME_ACCENTS


def same_in(form: Form, typed: Forms, met: Forms) -> bool:
    """Tell whether two words are one when only `form` counts."""
    return bool(getattr(typed, form) == getattr(met, form))


def same_accents(typed: Forms, met: Forms) -> bool:
    """Tell whether two inflections of a word carry the same accents, as far as they are spelt alike.

    « élection » and « élections » do, « pêcher » and « pêche » do, « pécher » and « pêche » do not.
    """
    if len(typed.exact) != len(typed.folded) or len(met.exact) != len(met.folded):
        return typed.exact == met.exact  # a ligature: letters do not stand side by side
    alike = next(
        (at for at, (one, other) in enumerate(zip(typed.folded, met.folded, strict=False)) if one != other), None
    )
    return typed.exact[:alike] == met.exact[:alike]
