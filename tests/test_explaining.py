"""Why an article is where it is: which word met which form, and what that gave. The oracle holds the sums."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import Explanation, Filters, IndexMissing, Searcher, UnknownDocument
from indexer.engines.memory_engine import MemoryEngine
from indexer.explanation import Kind, Reason
from tests.conftest import make_document

DOCUMENTS = (
    make_document(
        "a",
        "La retraite à 64 ans. Les retraités manifestent.\n\nRetraite, encore : retraite.",
        "Retraites",
        "2019-05-01",
        source="L’Écho",
    ),
    make_document("b", "Le péché de la pêche, un jour de grève des enseignants.", "Marché", author="Ana Vidal"),
    make_document("c", "Il pêche. La grève au bord de l’eau.", source="L’Écho"),
    make_document("d", "Le conseil municipal a voté le budget de la neige.", "Neige"),
    make_document("e", "Un porte-monnaie perdu le 14 juillet.", "Annonce"),
    make_document("f", "LE PECHE MIGNON. Il a fait trois tours de piste."),
)


@pytest.fixture
def searcher(searcher_over: Callable[..., Searcher]) -> Searcher:
    """A searcher over DOCUMENTS."""
    return searcher_over(*DOCUMENTS)


def met(explanation: Explanation) -> list[tuple[str, list[tuple[str, dict[str, int]]]]]:
    """Return each part with the forms that it met."""
    return [(each.part, [(form, dict(counts)) for form, counts in each.met]) for each in explanation.contributions]


def reasons(explanation: Explanation) -> list[Reason]:
    """Return the factors of the first contribution, but rarity and weight, which all have."""
    found = [factor.reason for factor in explanation.contributions[0].factors]
    return [reason for reason in found if reason not in {Reason.RARITY, Reason.WEIGHT}]


def test_forms_are_told_as_the_article_writes_them(searcher: Searcher) -> None:
    """Each form comes with its counts by field, the commonest first; a capital makes no other form."""
    assert met(searcher.explain("retraites", "a")) == [
        ("retraites", [("retraite", {"text": 3}), ("Retraites", {"title": 1}), ("retraités", {"text": 1})])
    ]


@pytest.mark.parametrize(
    ("query", "identifier", "expected"),
    [
        ("péché", "b", []),
        ("pêche", "b", []),
        ("peche", "b", []),
        ("péché", "c", [Reason.NO_ACCENTS, Reason.OTHER_ACCENTS]),
        ("pêche", "f", [Reason.NO_ACCENTS]),
        ("retraités", "a", [Reason.NO_ACCENTS]),
        ("Tours", "f", [Reason.CASE]),
        ("tours", "f", []),
        ("conseils", "d", [Reason.INFLECTION]),
        ("=conseil", "d", []),
        ("conseul~", "d", [Reason.SLIP]),
        ('"conseil municipal"', "d", [Reason.SEVERAL]),
        ("budget PRES4 neige", "d", [Reason.SEVERAL]),
        ("neig*", "d", []),
        ("auteur:vidal", "b", []),
    ],
)
def test_what_a_score_lost_or_gained(searcher: Searcher, query: str, identifier: str, expected: list[Reason]) -> None:
    """Beside rarity and weight, the factors tell what was typed and is not there, and what counts as several words."""
    assert reasons(searcher.explain(query, identifier)) == expected


@pytest.mark.parametrize(
    ("query", "identifier", "kinds"),
    [
        ("grève", "c", [Kind.WORD]),
        ("14 juillet", "e", [Kind.WORD, Kind.WORD, Kind.FAVOURED, Kind.TOGETHER]),
        ("grève pêche budget", "c", [Kind.WORD, Kind.PRESENCE, Kind.WORD, Kind.PRESENCE, Kind.TOGETHER]),
        ("pêche conseillers municipaux", "d", [Kind.WORD, Kind.PRESENCE, Kind.TOGETHER, Kind.KIN]),
        ("auteur:vidal péché", "b", [Kind.NAME, Kind.WORD]),
        ("neig* SAUF grève 2019..", "d", [Kind.FAMILY]),
        ('"conseil municipal" OU budget', "d", [Kind.PHRASE, Kind.WORD]),
        ("budget PRES4 neige", "d", [Kind.NEAR]),
    ],
)
def test_the_parts_that_count(searcher: Searcher, query: str, identifier: str, kinds: list[Kind]) -> None:
    """Only the parts that the article has are told, with what is given for having them side by side, or at all."""
    assert [each.kind for each in searcher.explain(query, identifier).contributions] == kinds


def test_what_an_article_lacks_is_told(searcher: Searcher) -> None:
    """A partial match says what is missing, an article that is no result too: its parts then give nothing."""
    partial, none = searcher.explain("grève pêche budget", "c"), searcher.explain("grève ET budget", "c")

    assert (partial.listed, partial.missing) == (True, ("budget",))
    assert searcher.explain("municipal ET grève ET conseil", "d").missing == ("grève",)
    assert none.score == sum(each.score for each in none.contributions)


def test_what_keeps_an_article_out(searcher: Searcher) -> None:
    """An excluded word, a period, a filter: each is told, and the score is 0."""
    excluded = searcher.explain("grève -eau", "c")
    dated = searcher.explain("retraite 2020..", "a")
    filtered = searcher.explain("grève", "b", filters=Filters(source="L'Écho"))

    assert (excluded.listed, excluded.excluded, excluded.score) == (False, ("eau",), 0)
    assert (dated.listed, dated.missing) == (False, ("2020..",))
    assert (filtered.listed, filtered.kept, filtered.contributions[0].score) == (False, False, 0)
    assert searcher.explain("grève", "c", filters=Filters(source="L'Écho")).listed


def test_words_left_out_are_told(searcher: Searcher) -> None:
    """Stop words that are not looked for are named, once each; remarks come along."""
    assert searcher.explain("le conseil de la ville de neige", "d").left_out == ("le", "de", "la")
    assert searcher.explain("le la", "d").left_out == ()
    assert searcher.explain("conseil (", "d").remarks


def test_a_respelled_query_is_told(searcher: Searcher) -> None:
    """What was searched for instead is what is explained, and a remark says so."""
    explanation = searcher.explain("enseignnants", "b")

    assert [each.part for each in explanation.contributions] == ["enseignants"]
    assert [str(remark).count("enseignants") for remark in explanation.remarks] == [1]
    assert not searcher.explain("enseignnants", "b", repair=False).listed


def test_an_article_among_those_that_come_first_is_explained_as_it_was_scored(searcher: Searcher) -> None:
    """With two words, those that have both are scored for both, those that follow for what they have."""
    for query in ("grève péché", "conseil budget neige", "14 juillet", "porte monnaie"):
        for result in searcher.search(query).results:
            assert searcher.explain(query, result.id).score == pytest.approx(result.score)


@pytest.mark.parametrize("text", ["", "   ", "((", '"', "le", "titre:"])
def test_nothing_to_explain(searcher: Searcher, text: str) -> None:
    """Whatever is typed there is an explanation, if only of nothing."""
    explanation = searcher.explain(text, "d")

    assert explanation.score == pytest.approx(sum(each.score for each in explanation.contributions))


def test_what_cannot_be_explained(searcher: Searcher) -> None:
    """An article that is not there, an index that is not there: our own errors."""
    with pytest.raises(UnknownDocument):
        searcher.explain("grève", "zzz")
    with pytest.raises(IndexMissing):
        Searcher(MemoryEngine()).explain("grève", "a")
