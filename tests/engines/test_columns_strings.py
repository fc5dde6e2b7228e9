"""Tables of strings: what is found by bisection is what a look at each string finds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.columns.strings import Strings, write_strings

words = st.text("aelst", max_size=6).map(str.encode)
tables = st.lists(words, min_size=1, max_size=12).map(sorted)


def table_of(strings: list[bytes]) -> Strings:
    """Return a table of sorted strings, mapped from files that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        write_strings(Path(folder), "some", strings)
        return Strings(Path(folder), "some")


@given(tables, words)
def test_a_string_has_all_its_places(strings: list[bytes], wanted: bytes) -> None:
    """A table may hold a string several times."""
    assert [*table_of(strings).places(wanted)] == [at for at, each in enumerate(strings) if each == wanted]


@given(tables, words)
def test_strings_are_found_by_their_ending(strings: list[bytes], ending: bytes) -> None:
    """The last four bytes of the ending count."""
    found = table_of(strings).ending_with(ending)

    assert sorted(found.tolist()) == [at for at, each in enumerate(strings) if each.endswith(ending[-4:])]
