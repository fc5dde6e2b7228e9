"""What the signs of a posting tell of how like a word is to the typed one."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Forms, analyse
from indexer.engines.columns.likeness import likeness, signs_of
from indexer.engines.scoring import kinds, losses
from indexer.query.syntax import Word

SPELT = [
    "pêche",
    "péché",
    "peche",
    "pêches",
    "Pêche",
    "pécher",
    "pêcher",
    "peches",
    "péchés",
    "péchons",
    "Rose",
    "rose",
]
FORMS = tuple(Forms(*forms[:2], "pech") for forms in (analyse(word)[0].forms for word in SPELT))
some_of_them = st.permutations(FORMS).flatmap(
    lambda forms: st.sets(st.sampled_from(range(len(forms))), min_size=1).map(lambda held: (tuple(forms), sorted(held)))
)


@given(st.sampled_from(FORMS), some_of_them)
def test_signs_tell_what_the_words_of_a_posting_leave_of_its_weight(
    typed: Forms, posting: tuple[tuple[Forms, ...], list[int]]
) -> None:
    """It is what the one kind of the words there leaves, where they are not said to be of several."""
    (forms, held), word = posting, Word(typed.exact, typed)
    kept = likeness(word, forms).kept
    left = {next(left for like, left in kinds(word) if like(forms[rank])) for rank in held}

    if kept is None:
        assert left == {1.0}
    elif not kept.mixed[signs_of(held)]:
        assert left == {kept.left[signs_of(held)]}


@given(st.sampled_from(FORMS), some_of_them)
def test_signs_tell_what_a_posting_loses(typed: Forms, posting: tuple[tuple[Forms, ...], list[int]]) -> None:
    """A loss counts where no word there is as it should be, unless late forms leave it open."""
    (forms, held), word = posting, Word(typed.exact, typed)
    lost = likeness(word, forms).lost
    left = math.prod(part for like, part, _ in losses(word) if not any(like(forms[rank]) for rank in held))

    if lost is None:
        assert left == 1
    elif lost.doubtful is None or not lost.doubtful[signs_of(held)]:
        assert left == lost.left[signs_of(held)]
