"""Which articles are listed, and in which order: all the words, some of them, and who may ask for what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.answer import Answer, Filters, Sort
from indexer.document import Document
from indexer.listing import FEW
from indexer.searcher import Searcher

DOCUMENTS = (
    Document("both", "", "La foire aux vins et la foire aux pneus.", date=dt.date(2001, 1, 1)),
    Document("one", "Foire", "Une foire, deux foires.", date=dt.date(2003, 1, 1), source="Le Canton"),
    Document("other", "", "Des pneus usés.", date=dt.date(2002, 1, 1)),
    Document("none", "", "Un bal et un manège."),
)


@pytest.fixture
def searcher(searcher_over: Callable[..., Searcher]) -> Searcher:
    return searcher_over(*DOCUMENTS)


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


def test_those_with_one_word_follow_those_with_both(searcher: Searcher) -> None:
    """Two words: who has both comes first, whatever the others weigh; each of these tells what it lacks."""
    answer = searcher.search("foire pneus")

    assert ids(answer)[0] == "both"
    assert {result.id: result.missing for result in answer.results} == {
        "both": (),
        "one": ("pneus",),
        "other": ("foire",),
    }
    assert (answer.total, answer.whole, answer.complete) == (3, 1, True)


def test_where_many_have_both_words_none_follows(searcher_over: Callable[..., Searcher]) -> None:
    """Enough articles with both words are the whole answer."""
    enough = [Document(str(number), "", "La foire aux pneus.") for number in range(FEW)]
    answer = searcher_over(*enough, *DOCUMENTS[1:]).search("foire pneus")

    assert (answer.total, answer.whole) == (FEW, FEW)


@pytest.mark.parametrize(("text", "found", "whole"), [("la et", ["both"], 1), ('"la et"', ["both", "none"], 0)])
def test_small_words_that_stand_nowhere_side_by_side(
    searcher: Searcher, text: str, found: list[str], whole: int
) -> None:
    """Typed alone they may then stand anywhere, all of them; in quotes no article has what was asked for."""
    answer = searcher.search(text)

    assert (sorted(ids(answer)), answer.whole, answer.complete) == (found, whole, whole > 0)


def test_three_words_rank_all_that_have_any(searcher: Searcher) -> None:
    """How many have everything is told, and a query is given that lists only these."""
    answer = searcher.search("foire vins pneus")

    assert (sorted(ids(answer)), answer.total, answer.whole) == (["both", "one", "other"], 3, 1)
    assert ids(searcher.search(answer.required)) == ["both"]


@pytest.mark.parametrize("text", ["foire ET pneus", "+foire pneus ET vins", '"aux pneus" foire', "titre:foire pneus"])
def test_whoever_uses_the_language_gets_what_it_says(searcher: Searcher, text: str) -> None:
    """With an operator, quotes or a field nothing that lacks something is listed."""
    answer = searcher.search(text)

    assert not any(result.missing for result in answer.results) or not answer.complete
    assert answer.required == ""


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_by_date_all_words_are_required(searcher: Searcher, sort: Sort) -> None:
    """Partial matches are for relevance: by date they would come before better ones."""
    assert ids(searcher.search("foire vins pneus", sort=sort)) == ["both"]


def test_pages_of_a_mixed_list_make_the_list(searcher: Searcher) -> None:
    """One result a page gives the same articles in the same order."""
    for text in ("foire pneus", "foire vins pneus"):
        whole = searcher.search(text)
        pages = [searcher.search(text, offset=offset, limit=1) for offset in range(whole.total)]

        assert [one for page in pages for one in ids(page)] == ids(whole)
        assert {(page.total, page.whole) for page in pages} == {(whole.total, whole.whole)}


def test_filters_hold_for_those_that_follow(searcher: Searcher) -> None:
    """A filter leaves out whole and partial matches alike."""
    answer = searcher.search("foire pneus", filters=Filters(year=2001))

    assert (ids(answer), answer.total, answer.whole) == (["both"], 1, 1)
