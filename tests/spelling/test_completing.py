"""Completions: how the last word of a query may go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Searcher
from indexer.document import Document

TEXTS = (
    "L’hirondelle niche sous le hangar. Des hirondelles, une hirondelle. Le hangar brûle.",
    "Un œillet rouge, des œillets, un œil. La presqu’île fleurit. L’île aussi ; l’îlot non.",
    "Le péage fermera. Une pêche miraculeuse, une pêche blanche, un péché. Dans la danse des dames.",
    "Hangar à louer, avec pêcherie. Le 12 mai.",
)


@pytest.fixture(scope="module")
def searcher(searcher_over: Callable[..., Searcher]) -> Searcher:
    """A searcher over TEXTS."""
    return searcher_over(*TEXTS)


def completions(searcher: Searcher, text: str, limit: int = 8) -> list[str]:
    """Return the completed queries."""
    return [completion.query for completion in searcher.complete(text, limit=limit)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hir", ["hirondelle"]),
        ("HIR", ["HIRONDELLE"]),
        ("Hir", ["Hirondelle"]),
        ("oei", ["œillet", "œil"]),
        ("œi", ["œillet", "œil"]),
        ("l'îl", ["l'île", "l'îlot"]),
        ("l’il", ["l’île", "l’îlot"]),
        ("presqu", ["presqu’île"]),
        ("presqu'", ["presqu’île"]),
        ("pe", ["pêche", "péché", "péage", "pêcherie"]),
        ("pé", ["péché", "péage", "pêche", "pêcherie"]),
        ("da", ["dames", "danse"]),
        ("rouge oei", ["rouge œillet", "rouge œil"]),
        ("louer pe", ["louer pêcherie"]),
        ("louer hir", []),
        ("(rouge OU louer) pec", ["(rouge OU louer) pêcherie"]),
        ("texte:hir", ["texte:hirondelle"]),
        ("titre:hir", []),
        ("auteur:hir", []),
        ("-hir", []),
        ("hangar -hir", []),
        ("hirondelle", []),
        ("hir ", []),
        ("h", []),
        ("l'", []),
        ("12", []),
        ("hangar OU", []),
        ("zz", []),
        ("", []),
        ("\x00(", []),
        ("rouge " * 100 + "oei", []),
        ("rouge " * 20 + "oei", ["rouge " * 20 + "œillet", "rouge " * 20 + "œil"]),
    ],
)
def test_completions(searcher: Searcher, typed: str, expected: list[str]) -> None:
    """The last word goes on as the corpus has it, accents included; the rest stays; nothing that finds nothing."""
    assert completions(searcher, typed) == expected


def test_as_many_as_asked_for(searcher: Searcher) -> None:
    """The commonest of them."""
    assert completions(searcher, "pe", limit=1) == ["pêche"]


def test_the_words_before_decide(searcher_over: Callable[..., Searcher]) -> None:
    """Of two words the one comes first that more articles have together with the rest of the query."""
    searcher = searcher_over(
        "Un chapeau, chapeau, chapeau, chapeau, chapitre.", "Roman : chapitre.", "Roman et chapitre."
    )

    assert (completions(searcher, "cha"), completions(searcher, "roman cha")) == (
        ["chapeau", "chapitre"],
        ["roman chapitre"],
    )


def test_where_the_word_is_looked_for_decides(searcher_over: Callable[..., Searcher]) -> None:
    """After a field the one comes first that more articles have there; what none has there is left out."""
    searcher = searcher_over(
        Document("a", "Le chapitre du roman", "Un chapeau, un chapeau, un chat."),
        Document("b", "Chapitre et chapeau", "Un chapeau."),
    )

    assert completions(searcher, "cha") == ["chapeau", "chapitre", "chat"]
    assert completions(searcher, "titre:cha") == ["titre:chapitre", "titre:chapeau"]
    assert completions(searcher, "texte:cha") == ["texte:chapeau", "texte:chat"]
    assert completions(searcher, "titre:(roman cha") == ["titre:(roman chapitre"]
    assert completions(searcher, "chat titre:cha") == ["chat titre:chapitre"]


def test_the_word_that_follows_in_the_field_comes_first(searcher_over: Callable[..., Searcher]) -> None:
    """What stands side by side elsewhere does not count."""
    searcher = searcher_over(
        Document("a", "Conseil munition", "Un conseil municipal."),
        Document("b", "Municipal : le conseil", "Le conseil municipal."),
    )

    assert completions(searcher, "titre:(conseil mun") == ["titre:(conseil munition", "titre:(conseil municipal"]


def test_the_word_that_follows_comes_first(searcher_over: Callable[..., Searcher]) -> None:
    """Of the words that the same articles have, the one that stands right after what was typed; small words between."""
    text = "Un conseil municipal. Une munition, munition au conseil. La marche de la mer, le mercredi."
    searcher = searcher_over(text, "Munition du conseil. Mercredi, mercredi : la marche.")

    assert completions(searcher, "conseil mun") == ["conseil municipal", "conseil munition"]
    assert completions(searcher, "marche de la mer") == ["marche de la mercredi"]
    assert completions(searcher, "marche de la me") == ["marche de la mer", "marche de la mercredi"]


words = st.sampled_from(
    ["hirondelle", "œillet", "île", "pêche", "péché", "hangar", "rouge", "OU", "-", "titre:", '"', "l'"]
)


@given(st.lists(words, max_size=3), words, st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_laws(searcher: Searcher, before: list[str], word: str, letters: int) -> None:
    """A completion finds something, starts as typed, and without accents is offered as well."""
    typed = " ".join([*before, word[:letters]])
    found = completions(searcher, typed)

    for query in found:
        assert searcher.search(query).results
        assert query.startswith(typed[: typed.rfind(" ") + 1])
    bare = typed.replace("ê", "e").replace("é", "e").replace("î", "i").replace("œ", "oe")
    plain = {query.rsplit(" ", 1)[-1] for query in completions(searcher, bare)}
    assert {query.rsplit(" ", 1)[-1] for query in found} <= plain
