"""How the best of many values are told from the others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columns.postings import reached


@given(st.lists(st.integers(0, 255), max_size=2_000), st.integers(1, 8))
def test_as_many_values_as_asked_for_reach_the_least_of_the_highest(codes: list[int], count: int) -> None:
    """At least so many reach what is returned, which is never above the last of them."""
    values = np.array(codes, np.uint8)
    least = reached(values, count)

    assert np.count_nonzero(values >= least) >= min(count, len(codes))
    assert least <= (sorted(codes)[-count] if len(codes) >= count else 0)
