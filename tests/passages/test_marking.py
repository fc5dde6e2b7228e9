"""Marking: exactly the characters that answer, shown between brackets."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Token, analyse
from indexer.engines import Place
from indexer.engines.places import find_places
from indexer.passages import Mark, mark_places
from indexer.query import parse_query
from indexer.query.syntax import Leaf, fields_of, wanted_leaves


def mark_tokens(tokens: Sequence[Token], leaves: Sequence[Leaf], field: str) -> list[Mark]:
    """Return the marks of `leaves` on the tokens of a field, as a search has them."""
    wanted = [(number, leaf) for number, leaf in enumerate(leaves) if field in fields_of(leaf)]
    return mark_places(Place(*span, number) for number, leaf in wanted for span in find_places(tokens, leaf))


def marked(text: str, query: str, field: str = "text") -> str:
    """Return the text with brackets around its marks."""
    tree = parse_query(query).tree
    leaves = tuple(wanted_leaves(tree)) if tree else ()
    for mark in reversed(mark_tokens(analyse(text), leaves, field)):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ecole", "Devant l’[École], rien."),
        ("l'école", "Devant l’[École], rien."),
        ("école", "Deux [écoles] et un écolier."),
        ("ÉCOLE", "Une [école]."),
        ("avion", "L'[avion], d'[avions], qu’un [Avion]."),
        ("aujourd'hui", "[Aujourd’hui] comme hier."),
        ("oeuvre", "Une [œuvre] et des [ŒUVRES]."),
        ("sncf", "La [SNCF] répond."),
        ("12000", "Plus de [12\u202f000] euros, pas 12.000,5."),
        ("grève", "[grève]."),
        ("zzz", "Rien ici."),
    ],
)
def test_words(query: str, text: str) -> None:
    """A word is marked in all its inflections, without the elided article before it nor the mark after it."""
    assert text == marked(text.replace("[", "").replace("]", ""), query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"conseil municipal"', "Le [conseil municipal] puis un conseil très municipal."),
        ('"conseil municipal"', "[Conseil\u00a0\nMUNICIPAL]."),
        ('"l\'école du port"', "Devant l’[École du port]."),
        ('"école du port"', "Devant l’[École du port]."),
        ('"conseil d\'état"', "Le [Conseil d’État] siège."),
        ('"conseil municipal"', "des conseils municipaux"),
        ('"municipal le conseil"', "[municipal. Le conseil]"),
        ('"la mer"', "C’est [la mer], la mère."),
        ('"mer calme"', "La mer.\n\nCalme plat."),
        ('"mer mer"', "la [mer mer mer], la mer."),
        ("porte-monnaie", "Un [porte-monnaie], deux [porte monnaies], une porte."),
        ("porte-monnaie", "Une porte de la monnaie."),
        ("d'arc-en-ciel", "Plein d’[arcs-en-ciel]."),
    ],
)
def test_phrases_are_one_mark(query: str, text: str) -> None:
    """A phrase or compound is one mark from its first word to its last; it never crosses a paragraph."""
    assert text == marked(text.replace("[", "").replace("]", ""), query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("trai*", "Un [train], le [traité], avec entrain."),
        ("eco*", "L’[école] et l’[économie], pas les décors."),
        ("mégap*", "Une [mégapole], un [MEGAPHONE]."),
    ],
)
def test_prefixes(query: str, text: str) -> None:
    """A prefix marks the whole of each word that starts with it, accents or not."""
    assert text == marked(text.replace("[", "").replace("]", ""), query)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('grève "grève générale"', "La [grève générale], puis la [grève]."),
        ('"grève générale" "générale des mines"', "La [grève générale des mines]."),
        ("grève grè* grev*", "Une [grève]."),
        ("train OU trains", "Un [train], des [trains]."),
    ],
)
def test_overlaps_become_one_mark(query: str, text: str) -> None:
    """What several parts of a query mark is marked once."""
    assert text == marked(text.replace("[", "").replace("]", ""), query)


def test_a_merged_mark_answers_all_its_leaves() -> None:
    """The mark that stands for an overlap knows every part of the query that it answers."""
    leaves = tuple(wanted_leaves(parse_query('"grève générale" générale').tree))  # type: ignore[arg-type]
    marks = mark_tokens(analyse("La grève générale, décision générale."), leaves, "text")

    assert [frozenset({0, 1}), frozenset({1})] == [mark.leaves for mark in marks]


@pytest.mark.parametrize("text", ["Une [gre\u0300ve]", "Une [grè\u00adve]", "Une [gr\u200bève]", "Une [GRE\u0300VE]"])
def test_hidden_characters_are_inside_the_mark(text: str) -> None:
    """A decomposed accent, a soft hyphen, a zero-width space are marked with their word, whole."""
    assert text == marked(text.replace("[", "").replace("]", ""), "grève")


@pytest.mark.parametrize(
    ("query", "field", "found"),
    [
        ("grève", "title", True),
        ("grève", "text", True),
        ("grève", "author", False),
        ("titre:grève", "title", True),
        ("titre:grève", "text", False),
        ("texte:grève", "title", False),
        ('texte:"la grève"', "text", True),
        ("titre:grè*", "text", False),
        ("auteur:grève", "author", True),
        ("auteur:grève", "text", False),
        ("source:grève", "source", True),
        ("SAUF grève", "text", False),
        ("date:2016", "text", False),
    ],
)
def test_each_field_has_its_own_marks(query: str, field: str, found: bool) -> None:
    """A part of a query marks only the fields in which it is looked for; what is excluded marks nothing."""
    assert found == ("[" in marked("La grève de 2016", query, field))


WORDS = [
    "grève",
    "grèves",
    "l’",
    "l'école",
    "port",
    "porte-monnaie",
    "de",
    "la",
    "12 000",
    "1,5",
    "\n\n",
    "œuvre",
    "- ",
    "…",
]
QUERY = 'grève "la grève" porte-monnaie l\'école grè* "de la" 12000'


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.booleans())
def test_marks_are_in_order_and_apart(text: str, decomposed: bool) -> None:
    """Marks come in order, never touch one another's characters, start and end on a word, and stay in a paragraph."""
    text = unicodedata.normalize("NFD", text) if decomposed else text
    tokens = analyse(text)
    marks = mark_tokens(tokens, tuple(wanted_leaves(parse_query(QUERY).tree)), "text")  # type: ignore[arg-type]

    assert all(before.end <= after.start for before, after in pairwise(marks))
    assert {mark.start for mark in marks} <= {token.start for token in tokens}
    assert {mark.end for mark in marks} <= {token.end for token in tokens}
    assert not any("\n\n" in text[mark.start : mark.end] for mark in marks)
    assert all(mark.leaves for mark in marks)


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_can_be_marked(text: str, query: str) -> None:
    """No text and no query raise, and marks lie inside the text."""
    tree = parse_query(query).tree
    leaves = tuple(wanted_leaves(tree)) if tree else ()

    for mark in mark_tokens(analyse(text), leaves, "text"):
        assert 0 <= mark.start < mark.end <= len(text)
