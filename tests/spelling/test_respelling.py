"""Suggestions: what is offered for a word that no article has, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Answer, Filters, Searcher
from indexer.analysis import analyse

PRESS = (
    "Le brocanteur du quartier expose une pharmacopée dans sa vitrine. La crémière de l’horlogerie a ri.",
    "Un rhinocéros s’est échappé du cirque ; la gendarmerie l’a retrouvé près de l’abreuvoir. Rhinocéros !",
    "Les bûcherons de la scierie veulent une augmentation. J’aime la scierie, dit l’un. La chandelle brûle encore.",
    "Le photographe a développé cent clichés du glacier. Le syndicat des bûcherons en a huit.",
    "L’école maternelle sera repeinte en jaune dès lundi. Des œillets fleurissent. L’Orphéon chante à Gérardmer.",
)


@pytest.fixture(scope="module")
def searcher(searcher_over: Callable[..., Searcher]) -> Searcher:
    """A searcher over PRESS, documents a to e."""
    return searcher_over(*PRESS)


def offered(answer: Answer) -> list[str]:
    """Return the suggested queries."""
    return [suggestion.query for suggestion in answer.suggestions]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        # by ear: é/er, ph/f, c/k/qu, s/ss/c, y/i, an/en, in/ain, au/o, silent letters, g/j
        ("repeintte", "repeinte"),
        ("farmacopée", "pharmacopée"),
        ("brokanteur", "brocanteur"),
        ("brocenteur", "brocanteur"),
        ("sindicat", "syndicat"),
        ("syndika", "syndicat"),
        ("rinocéros", "rhinocéros"),
        ("jandarmerie", "gendarmerie"),
        ("orlogerie", "horlogerie"),
        ("fotografe", "photographe"),
        ("glassier", "glacier"),
        ("ogmentation", "augmentation"),
        ("augmantassion", "augmentation"),
        ("abrevoir", "abreuvoir"),
        ("matairnelle", "maternelle"),
        ("chendelle", "chandelle"),
        # by hand: a letter doubled, dropped, exchanged, other; accents anyhow
        ("cliichés", "clichés"),
        ("vitrne", "vitrine"),
        ("quaritier", "quartier"),
        ("cirqeu", "cirque"),
        ("scieroe", "scierie"),
        ("bucherrons", "bûcherons"),
        ("crèmierre", "crémière"),
        ("oeuillets", "œillets"),
        # a blank or an apostrophe that was not typed
        ("lécole", "l’école"),
        ("jaime", "j’aime"),
        ("lorphéon", "l’orphéon"),
        ("lascierie", "la scierie"),
    ],
)
def test_misspelt_words(searcher: Searcher, typed: str, written: str) -> None:
    """A word that no article has is spelled as the articles do, accents included."""
    assert offered(searcher.search(typed))[:1] == [written]


@pytest.mark.parametrize(
    "typed",
    [
        "scierie",
        "SCIERIE",
        "vitrines",
        "repeints",
        "12345",
        "rh",
        "xylophone",
        "gendarmeri*",
        "auteur:vitrne",
        "-vitrne",
    ],
)
def test_what_is_left_alone(searcher: Searcher, typed: str) -> None:
    """Words of the corpus in any inflection, numbers, beginnings, names, exclusions; and what is like nothing."""
    answer = searcher.search(typed)

    assert (answer.suggestions, answer.repaired) == ((), False)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ('"des bucherrons" -cirque', '"des bûcherons" -cirque'),
        ("titre:scierie OU texte:syndika", "titre:scierie OU texte:syndicat"),
        ("(sindicat ET scierie) OU  vitrine", "(syndicat ET scierie) OU  vitrine"),
        ("L'ogmentation", "L'augmentation"),
        ("RINOCEROS 12 000", "RHINOCÉROS 12 000"),
        ("Jandarmerie", "Gendarmerie"),
        ("école-matairnelle", "école-maternelle"),
    ],
)
def test_the_rest_stays_as_typed(searcher: Searcher, typed: str, query: str) -> None:
    """Only the word changes, in its place and case; signs, quotes, operators and blanks stand."""
    assert offered(searcher.search(typed))[:1] == [query]


def test_a_suggestion_tells_what_it_replaces_and_finds(searcher: Searcher) -> None:
    """Each word as typed and as written, and how many articles have every word."""
    (suggestion,) = searcher.search("syndika bucherrons").suggestions

    assert suggestion.spellings == (("syndika", "syndicat"), ("bucherrons", "bûcherons"))
    assert suggestion.total == 1


def test_a_sure_repair_is_searched_for(searcher: Searcher) -> None:
    """A long word one slip away from the corpus is read as meant, and a remark says so."""
    answer = searcher.search("rinocéros")

    assert [result.id for result in answer.results] == ["b"]
    assert (answer.repaired, answer.complete, answer.understood, answer.query) == (
        True,
        True,
        "rhinocéros",
        "rinocéros",
    )
    assert [str(remark) for remark in answer.remarks] == [
        "Aucun article ne contient «\xa0rinocéros\xa0»\xa0: voici les résultats pour «\xa0rhinocéros\xa0»."
    ]


def test_a_repair_can_be_declined(searcher: Searcher) -> None:
    """What was typed can be searched for as it is; the suggestion stays."""
    answer = searcher.search("rinocéros", repair=False)

    assert (answer.total, answer.repaired, offered(answer)) == (0, False, ["rhinocéros"])


def test_a_repair_helps_a_partial_answer(searcher: Searcher) -> None:
    """When no article has every word, the repaired one counts with the others."""
    answer = searcher.search("rinocéros vitrine brocanteur")

    assert [result.id for result in answer.results] == ["a", "b"]
    assert (answer.repaired, answer.complete) == (True, False)
    assert answer.results[0].missing == ("rhinocéros",)


def test_short_words_are_never_read_otherwise(searcher: Searcher) -> None:
    """A word of four letters may be a name: its neighbour is offered, not taken."""
    answer = searcher.search("huis")

    assert (answer.total, answer.repaired) == (0, False)


def test_an_answer_that_has_results_is_not_repaired(searcher: Searcher) -> None:
    """With « OU » the other word answers; the spelling is offered beside it."""
    answer = searcher.search("rinocéros OU scierie")

    assert (answer.total, answer.repaired, offered(answer)) == (1, False, ["rhinocéros OU scierie"])


def test_a_homophone_of_an_inflection_is_offered(searcher_over: Callable[..., Searcher]) -> None:
    """« presidant » has the stem of présider, yet a much commoner word sounds the same."""
    searcher = searcher_over("Il préside la séance.", " ".join(["Le président parle."] * 12))
    answer = searcher.search("presidant")

    assert (answer.repaired, offered(answer)) == (False, ["président"])


def test_suggestions_keep_to_the_filters(searcher: Searcher) -> None:
    """A spelling that only filtered articles have is not offered."""
    assert offered(searcher.search("rinocéros", filters=Filters(year=2000))) == []


def test_the_article_is_marked_for_the_repaired_word(searcher: Searcher) -> None:
    """What was typed marks on the page of the article what the passages showed."""
    article = searcher.article("b", "rinocéros")

    assert {piece.text for part in article.paragraphs for piece in part.pieces if piece.mark} == {
        "rhinocéros",
        "Rhinocéros",
    }


def test_the_likeliest_come_first_and_one_for_each_stem(searcher_over: Callable[..., Searcher]) -> None:
    """A commoner word wins over a rarer one as near; inflections of one word are one suggestion."""
    searcher = searcher_over("Une carpe. Des carpes. Une carpe.", "Carpe, carpe et carpe. La corpe.", "Une harpe.")

    assert offered(searcher.search("cirpe")) == ["carpe", "corpe"]


WORDS = [
    "scierie",
    "sciérie",
    "rhinocéros",
    "cirque",
    "école",
    "l’école",
    "bûcheron",
    "pêche",
    "péché",
    "glacier",
    "12",
]
corpora = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4)


def slipped(word: str, at: int, letter: str, kind: int) -> str:
    """Return a word as it is, or with a letter more, less or other."""
    return (word, word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :])[kind]


slips = st.builds(slipped, st.sampled_from(WORDS), st.integers(0, 5), st.sampled_from("aeéts"), st.integers(0, 3))
queries = st.lists(st.one_of(slips, slips, st.sampled_from(["OU", "-", '"', "titre:"])), min_size=1, max_size=4)


@given(corpora, queries.map(" ".join))
@settings(max_examples=150, deadline=None)
def test_laws(searcher_over: Callable[..., Searcher], corpus: list[str], query: str) -> None:
    """A suggestion has results; no word of the corpus is replaced; the query without accents has the same answer."""
    searcher = searcher_over(*corpus)
    answer = searcher.search(query)
    known = {token.forms.folded for text in corpus for token in analyse(text)}

    for suggestion in answer.suggestions:
        assert searcher.search(suggestion.query, repair=False).results
        assert not known & {analyse(typed)[0].forms.folded for typed, _ in suggestion.spellings}
    plain = searcher.search(query.replace("é", "e").replace("ê", "e").replace("û", "u"))
    assert {result.id for result in plain.results} == {result.id for result in answer.results}
    assert {written for one in answer.suggestions for _, written in one.spellings} <= {
        written for one in plain.suggestions for _, written in one.spellings
    }
