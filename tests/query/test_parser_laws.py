"""The laws of queries: nothing typed raises, and what was understood means what it says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Forms
from indexer.query import loosened, parse_query, write_query
from indexer.query.parser import MAX_LEAVES
from indexer.query.syntax import Leaf, Near, Part, shown_leaves, wanted_leaves, without_favours

SIGNS = [
    *["ET", "OU", "SAUF", "NOT", "(", ")", '"', "«", "»", "-", "+", "titre:", "auteur:", "date:", "2016..2017", "*"],
    *["=", '="', "?", "~", "PRES", "PRES5", "NEAR/3", "AVANT2"],
]
WORDS = [
    *["grève", "l'école", "porte-monnaie", "été", "mégap*", "de", "la", "#tag", "ONU", "2016", "d’eau"],
    *["ch?val", "*phobie", "gre?", "*ai*er*", "boulangre~", "l'h?pital", "=été", "=l'école", "=porte-monnaie"],
]
signs, words = st.sampled_from(SIGNS), st.sampled_from(WORDS)
queries = st.lists(st.one_of(signs, words, st.text(max_size=5)), max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda blank: blank.join(parts))
)
grammar = st.lists(st.one_of(signs, words), max_size=25).map(" ".join)


@given(st.one_of(st.text(max_size=300), queries))
def test_user_text_never_raises(typed: str) -> None:
    """Whatever is typed there is a query, within its limits, with remarks that can be told."""
    query = parse_query(typed)

    assert len(list(wanted_leaves(query.tree))) <= MAX_LEAVES if query.tree else query.understood == ""
    assert all(remark.tell("fr") and remark.tell("en") for remark in query.remarks)


@given(grammar)
def test_what_was_understood_means_the_same(typed: str) -> None:
    """Searching for what the page says was understood gives the same query."""
    query = parse_query(typed)

    assert without_typing(query.tree) == without_typing(parse_query(query.understood).tree)


@given(grammar)
def test_what_was_understood_as_spelt_says_so(typed: str) -> None:
    """With the switch « exact spelling » what was understood needs no switch to mean the same."""
    query = parse_query(typed, exact=True)

    assert without_typing(query.tree) == without_typing(parse_query(query.understood).tree)


@given(grammar)
def test_a_sound_query_is_not_repaired_twice(typed: str) -> None:
    """What was understood is sound: it gets no remark, save that some words of it stay too short to mean much."""
    understood = parse_query(typed).understood

    assert [remark for remark in parse_query(understood).remarks if "ne fait qu'exclure" not in remark.template] == []


@given(grammar)
def test_loosening_keeps_to_the_words_of_the_query(typed: str) -> None:
    """A looser query looks for nothing that was not asked for."""
    tree = parse_query(typed).tree
    if tree is None:
        return
    asked = {word for leaf in wanted_leaves(tree) for word in terms(leaf)}

    for looser in loosened(tree):
        assert {word for leaf in wanted_leaves(looser) for word in terms(leaf)} <= asked
        assert favours_of(looser) == favours_of(tree)


def favours_of(tree: Part) -> set[Leaf]:
    """Return what articles gain by having, without being asked to."""
    return {*shown_leaves(tree)} - {*wanted_leaves(tree)}


def terms(leaf: Leaf) -> set[str]:
    """Return the folded terms of a leaf."""
    if isinstance(leaf, Near):
        return terms(leaf.left) | terms(leaf.right)
    single: Forms | None = getattr(leaf, "forms", None)
    words: tuple[Forms, ...] = getattr(leaf, "words", (single,) if single else ())
    return {forms.folded for forms in words} or {str(getattr(leaf, "folded", ""))}


def without_typing(tree: Part | None) -> str:
    """Return a tree as text, without what only records the way it was typed, or which words stood side by side."""
    return re.sub(r"typed=('[^']*'|\"[^\"]*\")", "typed", repr(tree and without_favours(tree)))


def test_writing_nothing_gives_nothing() -> None:
    """No tree, no text."""
    assert write_query(None) == ""
