"""Variations: queries without accents, and with a slip of the fingers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.evaluation.variations import with_slip, without_accents

BARE = [
    ("forêt brûlée", "foret brulee"),
    ("Œuvre d’Æsope", "OEuvre d’AEsope"),
    ("« garçon »", "« garcon »"),
    ("e\u0301te\u0301", "ete"),
    ("pain", "pain"),
]


@pytest.mark.parametrize(("typed", "expected"), BARE)
def test_without_accents(typed: str, expected: str) -> None:
    """Accents, cedillas and ligatures go; capitals and signs stay."""
    assert without_accents(typed) == expected


def test_a_slip_is_the_same_every_time() -> None:
    """A seed chooses the slip, on every machine; another seed, another slip."""
    assert with_slip("le boulanger du village", 1) == "le boulanger du vilage"
    assert with_slip("le boulanger du village", 2) != with_slip("le boulanger du village", 1)


@given(query=st.text("aeéèlmnrst '", max_size=40), seed=st.integers())
def test_a_slip_touches_one_long_word(query: str, seed: int) -> None:
    """One word of seven letters or more is another; without such a word the query stays as it is."""
    typed, slipped = query.split(" "), with_slip(query, seed).split(" ")
    changed = [(before, after) for before, after in zip(typed, slipped, strict=True) if before != after]

    assert len(changed) == any(len(word) >= 7 for part in typed for word in part.split("'"))
    assert all(abs(len(before) - len(after)) <= 1 for before, after in changed)
