"""Families on columns: what is found in arrays is what is told one word at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.columns.patterns import find_family
from indexer.engines.columns.strings import Strings, write_strings
from indexer.engines.families import takes_in
from indexer.query.syntax import Family, Like, Pattern, Prefix

spelled = st.text("abc", min_size=1, max_size=9)
slipped = st.builds(
    lambda word, at, letters: word[:at] + letters + word[at + 1 :],
    spelled,
    st.integers(0, 9),
    st.text("abc", max_size=2),
)
families = st.one_of(
    st.builds(lambda word: Like(word, word), st.text("abc", min_size=3, max_size=9)),
    st.builds(lambda word: Prefix(word, word), st.text("abc", min_size=2, max_size=4)),
    st.builds(
        lambda shape: Pattern(shape, shape), st.from_regex(r"[abc?*]{0,3}[abc]{1,3}[abc?*]{0,3}", fullmatch=True)
    ),
)


@given(st.sets(st.one_of(spelled, slipped.filter(bool)), max_size=60), families)
@settings(deadline=None)
def test_a_family_is_what_its_definition_takes_in(words: set[str], family: Family) -> None:
    """Every word that the definition takes in is found, no other, in order."""
    table, belongs = sorted(words), takes_in(family)
    with tempfile.TemporaryDirectory() as folder:
        write_strings(Path(folder), "words", [word.encode() for word in table])
        found = find_family(Strings(Path(folder), "words"), family).tolist()

    assert found == [number for number, word in enumerate(table) if belongs(word)]
