"""Rolls: strings come out as they went in, and have the numbers that a dictionary would give them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.rolls import Register, Roll

strings = st.lists(st.text(st.characters(exclude_categories=[]), max_size=3))


@given(strings)
def test_a_roll_is_a_list(strings: list[str]) -> None:
    """A roll holds any strings, lone surrogates too, in order."""
    roll = Roll()
    for string in strings:
        roll.append(string)

    assert list(roll) == strings
    assert len(roll) == len(strings)


@given(strings)
def test_a_register_numbers_distinct_strings(strings: list[str]) -> None:
    """Each string has one number, that of its first coming among the distinct ones."""
    register = Register()
    numbers = [register.number(string) for string in strings]
    first = {string: number for number, string in enumerate(dict.fromkeys(strings))}

    assert numbers == [first[string] for string in strings]
    assert len(register) == len(first)


def test_a_register_grows() -> None:
    """Thousands of strings keep their numbers."""
    register = Register()
    ids = [f"article-{number}" for number in range(5000)]

    assert [register.number(id_) for id_ in ids] == list(range(5000))
    assert [register.number(id_) for id_ in ids] == list(range(5000))
