"""Scoring: BM25F over title and text, in weights that a posting can keep.

Robertson and Zaragoza, « The Probabilistic Relevance Framework: BM25 and Beyond » (2009), 3.5: the counts of the
fields, each normalised by its own length, are weighed and added before they saturate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.token import Form, Forms
from indexer.query.syntax import Word

K1, B_TITLE, B_TEXT = 3.0, 0.3, 0.55
TITLE_WEIGHT = 4.0
"""How slowly counts saturate, how much long fields are held back, what a word of the title counts.

Tuned on keywords on labour law (half of the topics) and questions of service-public.fr, before what follows was.
nDCG@10 (`furet evaluate ranking`; labour law by topic, service-public.fr, one in eight of PIAF's questions), with K1
1.5, title 5, B .5 / .5: .492, .881, .799; 1.8, 5, .5 / .45: .499, .887, .800; 2.5, 5, .5 / .5: .507, .888, .801; these:
.515, .885, .799.
"""

OTHER_INFLECTION, NO_ACCENTS, OTHER_ACCENTS = 0.8, 0.6, 0.4
"""What is left of a word's score in an article that never has it in the inflection typed; of what it weighs without the
accents typed; and, on top of that, with other accents.

Accents tell words apart: an article with one « péché » answers « péché » better than one with « pêche » all over, and
less well than one with « péché » twice. A loss and not a gain: among the words of a query, those typed with accents
must not outweigh the others.
"""

OTHER_CASE = 0.9
"""What is left of a name that is a common word as well (Tours), typed with its capital and never met with one."""

PHRASE_WEIGHT = 2.0

OTHER_SPELLING = 0.4
"""What is left, when slips are forgiven, of the score of an article that never has the very word typed."""

FAVOUR = 0.8
"""What an article gains that has a favoured part: this share of the rarity of the part's rarest word, times the weight
of the part there. The rarity of a word is known beforehand, that of a phrase only when it is looked for everywhere.

The gains and COMPLETENESS were chosen on labour law, service-public.fr and a quarter of PIAF's questions; the other
three quarters were only looked at. nDCG@10 (labour law by topic, service-public.fr, the quarter, the three quarters):
.528, .895, .817, .827. One thing changed at a time: FAVOUR 0 .516, .899, .811, .825; .4 .523, .899, .815, .826;
TOGETHER 0 .512, .894, .811, .821; CLOSE 5 .528, .893, .816, .826; 16 .529, .898, .816, .826; KIN 0 .527, .894, .810,
.819; COMPLETENESS .1 .530, .893, .815, .824.
"""

TOGETHER = {"title": 0.2, "text": 0.3}
CLOSE = 8
"""What an article gains in each field where words of the query stand within so many words: this share of the sum of
their rarities, of those words in a row where it is highest. A word alone gains for itself: what is in the title counts.
"""

KIN = 0.3
"""What an article gains that lacks a word but has one that begins alike: this share of the rarity of the commonest of
the words that begin so.
"""

COMPLETENESS = 0.2
"""What having a part at all adds to a partial match, as a share of the part's rarity: who lacks least comes first."""

RESCORED = 100
"""Articles, the best of a query, that gain by what is favoured: as many as readers ever go through.

Whoever is not among them has less to begin with, and passes nobody. Other engines call it rescoring.
"""


def length_norms(lengths: NDArray[np.uint32], b: float) -> NDArray[np.float64]:
    """Return how much longer than the average each field is, tempered by `b`."""
    average = lengths.mean() if len(lengths) else 0
    return 1 - b + b * lengths / average if average else np.ones(len(lengths))


def weight_codes(title: NDArray[np.float64], text: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the weights of postings in 255ths, from their counts already divided by the length norms."""
    count = TITLE_WEIGHT * title + text
    return np.maximum(np.rint(255 * count / (K1 + count)), 1).astype(np.uint8)


def rarity(documents: int, holders: int) -> float:
    """Return how much a word tells that `holders` of all the `documents` have (BM25's inverse document frequency)."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


class Loss(NamedTuple):
    """What a met word should be like, what is left of the score where none is, and the name of this loss."""

    like: Callable[[Forms], bool]
    left: float
    name: str


def losses(word: Word) -> Iterator[Loss]:
    """Yield what a met word should be like, and what is left of the score where none is."""
    if word.form is Form.STEM:
        yield Loss(same_as(Form.FOLDED, word.forms), OTHER_INFLECTION, "inflection")
    if word.forms.named:
        yield Loss(is_named, OTHER_CASE, "case")


def kinds(word: Word) -> tuple[tuple[Callable[[Forms], bool], float], ...]:
    """Return ever wider kinds of met words, and what is left of their weight: an article weighs as its best kind does.

    Accents count only when they were typed: « pêche » puts pêche before péché, « peche » treats them alike.
    """
    if word.form is Form.EXACT or not word.forms.accented:
        return ((anything, 1.0),)
    return (
        (partial(same_accents, word.forms), 1.0),
        (partial(fitting_accents, word.forms), NO_ACCENTS),
        (anything, NO_ACCENTS * OTHER_ACCENTS),
    )


def anything(_met: Forms) -> bool:
    """Tell that a word may be met as it is."""
    return True


def is_named(met: Forms) -> bool:
    """Tell whether a word is met as a name."""
    return met.named


def same_in(form: Form, typed: Forms, met: Forms) -> bool:
    """Tell whether two words are one when only `form` counts."""
    return spelled_in(form, typed) == spelled_in(form, met)


def spelled_in(form: Form, word: Forms) -> str:
    """Return how a word is spelled when only `form` counts."""
    match form:
        case Form.STEM:
            return word.stem
        case Form.FOLDED:
            return word.folded
        case _:
            return word.exact.lower()


def same_as(form: Form, typed: Forms) -> Callable[[Forms], bool]:
    """Return what tells of a met word whether it is `typed` when only `form` counts: `same_in`, for many met words."""
    exact, folded, stem = typed.exact.lower(), typed.folded, typed.stem
    match form:
        case Form.STEM:
            return lambda met: met.stem == stem
        case Form.FOLDED:
            return lambda met: met.folded == folded
        case _:
            return lambda met: met.exact.lower() == exact


def same_accents(typed: Forms, met: Forms) -> bool:
    """Tell whether two inflections of a word carry the same accents, as far as they are spelt alike.

    « élection » and « élections » do, « pêcher » and « pêche » do, « pécher » and « pêche » do not.
    """
    one, other = typed.folded, met.folded
    if one == other or len(typed.exact) != len(one) or len(met.exact) != len(other):
        return same_in(Form.EXACT, typed, met)  # a ligature: letters do not stand side by side
    alike = min(len(one), len(other))
    while one[:alike] != other[:alike]:  # from the end, where inflections differ: quicker than letter by letter
        alike -= 1
    return typed.exact[:alike].lower() == met.exact[:alike].lower()


def fitting_accents(typed: Forms, met: Forms) -> bool:
    """Tell whether a met word may be the one typed: it carries the same accents, or none at all (ETAT, etat)."""
    return not met.accented or same_accents(typed, met)
