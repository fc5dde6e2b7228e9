"""Names on columns: what is found by a word is what is told one name at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Form, analyse
from indexer.engines.columns.names import Names, names_match
from indexer.query.syntax import Like, Operand, Pattern, Phrase, Prefix, Word

words = st.sampled_from(["Ana", "ana", "Aña", "Été", "Étés", "été", "ete", "Le", "L’Écho", "écho", "échos", "AFP"])
names = st.lists(words, max_size=4).map(" ".join)
forms = st.sampled_from(list(Form))
spelled = words.map(lambda word: analyse(word)[-1].forms)
leaves = st.one_of(
    st.builds(lambda word, form: Word("", word, form, "author"), spelled, forms),
    st.builds(
        lambda run, form: Phrase("", tuple(run), form, "author"), st.lists(spelled, min_size=1, max_size=3), forms
    ),
    st.builds(lambda word: Prefix("", word.folded[:2], "author"), spelled),
    st.builds(lambda word: Pattern("", "*" + word.folded[1:], "author"), spelled),
    st.builds(lambda word: Like("", word.folded, "author"), spelled),
)


@given(st.lists(names, unique=True, max_size=8), leaves)
def test_names_are_found_as_they_are_told(values: list[str], leaf: Operand) -> None:
    """Every name that has the words of a leaf is found, no other, in order."""
    told = [[token.forms for token in analyse(value)] for value in values]
    words = [[(each.exact, each.folded, each.stem) for each in own] for own in told]
    found = Names([*zip(values, words, strict=True)])

    assert found.matching(leaf) == [number for number, own in enumerate(told) if names_match(leaf, own)]


@given(st.lists(names, unique=True, max_size=8))
def test_names_are_numbered(values: list[str]) -> None:
    """Each value has its number, in order."""
    assert [Names([(value, []) for value in values]).numbers[value] for value in values] == [*range(len(values))]
