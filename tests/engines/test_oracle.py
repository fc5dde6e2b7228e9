"""The oracle: over random small corpora and random queries, the columns answer as the readable definition does."""

from __future__ import annotations

import datetime as dt
import math
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import Form, analyse
from indexer.analysis.columns import Memory
from indexer.answer import Filters, Sort
from indexer.document import Document
from indexer.engines import Snapshot
from indexer.engines.columns import best, families, phrases, postings
from indexer.engines.memory_engine import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.explaining import explain
from indexer.explanation import Contribution, Explanation, Reason
from indexer.listing import Listing, Wanted, list_articles, list_nearest, list_one
from indexer.query import Query, loosened, parse_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Favoured,
    Has,
    Kin,
    MostOf,
    Part,
    Phrase,
    Together,
    shown_leaves,
)
from indexer.spelling import respelled

EXAMPLES = int(os.environ.get("FURET_ORACLE", "1")) * 150

WORDS = [
    *["été", "ete", "étés", "pêche", "péché", "pêches", "pécher", "grève", "grèves", "greve", "élection", "élections"],
    *["l'eau", "d’eau", "eaux", "porte-monnaie", "de", "la", "12 000", "2016", "#grève", "S.N.C.F.", "ÉTAT", "état"],
]
words = st.sampled_from(WORDS)
titles = st.lists(words, max_size=3).map(" ".join)
texts = st.lists(st.lists(words, min_size=1, max_size=8).map(" ".join), max_size=4).map("\n\n".join)
days = st.one_of(st.none(), st.dates(dt.date(2015, 11, 1), dt.date(2017, 2, 1)))
documents = st.builds(
    Document, id=st.just(""), title=titles, text=texts, date=days,
    author=st.sampled_from(["", "Ana Vidal", "Luc Été"]), source=st.sampled_from(["", "L’Écho", "La Gazette"]),
)  # fmt: skip
corpora = st.lists(documents, min_size=1, max_size=8)

signs = st.sampled_from(
    [
        "OU",
        "SAUF",
        "(",
        ")",
        '"',
        '"',
        "titre:",
        "texte:",
        "auteur:",
        "source:",
        "-",
        "=",
        '="',
        "PRES1",
        "PRES3",
        "AVANT2",
    ]
)
terms = st.one_of(
    words,
    words.map("={}".format),
    words.map("{}~".format),
    st.sampled_from(["pec*", "ele*", "éta*", "date:2016", "2016-02..2017", "ana", "écho", "zzz"]),
    st.sampled_from(["*ches", "p?che", "*lect*on*", "?tat", "(gre?e)", "*eau?", "gerve~", "écoh~", "*ida*", "*e*c*e*"]),
    st.sampled_from(["titre:pec*", "texte:*ches", "titre:grve~", "texte:=été", "pec* PRES2 *e*t*"]),
)
queries = st.lists(st.one_of(terms, terms, signs), min_size=1, max_size=8).map(" ".join)
filters = st.one_of(
    st.none(), st.builds(Has, st.just("source"), st.sampled_from(["", "L’Écho"])), st.just(Has("year", 0))
)


leaves = queries.map(lambda query: [*shown_leaves(parse_query(query).tree or Everything())]).flatmap(
    lambda found: st.sampled_from(found or [Everything()])
)
runs = st.lists(words, min_size=1, max_size=3).map(
    lambda typed: tuple(token.forms for token in analyse(" ".join(typed)))
)
favoured = st.one_of(
    runs.map(lambda forms: Favoured(Phrase("", forms, Form.STEM), len(forms) < 3)),
    runs.map(lambda forms: Favoured(Together("", tuple({word.stem: word for word in forms}.values())))),
    runs.map(lambda forms: Favoured(Kin("", forms[0], forms[0].stem[:2]))),
)
trees = st.recursive(
    st.one_of(leaves, favoured),
    lambda inner: st.one_of(
        st.builds(Excluded, inner),
        st.lists(inner, min_size=1, max_size=4).flatmap(
            lambda parts: st.sampled_from([AllOf, AnyOf, MostOf]).map(lambda kind: kind(tuple(parts)))
        ),
    ),
    max_leaves=5,
)


@contextmanager
def both_over(corpus: list[Document]) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Lend the same documents in memory and in columns."""
    named = [Document(**{**vars(document), "id": f"n{number}"}) for number, document in enumerate(corpus)]
    memory = Memory()
    batches = [memory.analyse_documents(named[start : start + 3]) for start in range(0, len(named), 3)]
    with tempfile.TemporaryDirectory() as folder:
        engines = MemoryEngine(), WhooshEngine(Path(folder))
        for engine in engines:
            engine.rebuild(batches)
        yield engines[0].snapshot(), engines[1].snapshot()


def parts_of(query: str, chosen: Has | None, *, exact: bool = False) -> list[Part]:
    """Return what a search may ask of an engine for a query: its tree and the looser ones, with a filter or not."""
    tree = parse_query(query, exact=exact).tree
    trees = [tree, *loosened(tree)] if tree else []
    return [AllOf((part, chosen)) if chosen else part for part in trees]


@given(corpora, st.lists(queries, min_size=1, max_size=6), filters, st.sampled_from(list(Sort)), st.booleans())
@settings(max_examples=EXAMPLES, deadline=None)
def test_columns_answer_as_defined(
    corpus: list[Document], asked: list[str], chosen: Has | None, sort: Sort, exact: bool
) -> None:
    """Sets, scores, order, totals, facets and the places of the words are those of the definition."""
    with both_over(corpus) as (defined, columns):
        stems = [analyse(word)[0].forms.stem for word in WORDS[::5]]
        for query in asked:
            for part in parts_of(query, chosen, exact=exact):
                for field in (None, "title", "text"):
                    assert defined.shares(part, stems, field) == columns.shares(part, stems, field)
                compare(defined, columns, part, sort)


@given(corpora, st.lists(trees, min_size=1, max_size=6))
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_columns_answer_any_tree(corpus: list[Document], asked: list[Part]) -> None:
    """So they do for trees that no parser makes."""
    with both_over(corpus) as (defined, columns):
        for part in asked:
            compare(defined, columns, part, Sort.RELEVANCE)
            whole = columns.search(part, limit=50).hits
            assert list(whole[:2]) == list(columns.search(part, limit=2, counted=False).hits)


def compare(defined: Snapshot, columns: Snapshot, part: Part, sort: Sort) -> None:
    """Assert that two snapshots answer alike."""
    expected, found = (snapshot.search(part, sort=sort, limit=50) for snapshot in (defined, columns))

    assert expected.total == found.total
    assert {k: dict(v) for k, v in expected.facets.items()} == {k: dict(v) for k, v in found.facets.items()}
    scores = {hit.id: hit.score for hit in expected.hits}
    assert scores == pytest.approx({hit.id: hit.score for hit in found.hits}, abs=1e-5)
    if sort is not Sort.RELEVANCE or len({round(score, 9) for score in scores.values()}) == len(scores):
        assert [hit.id for hit in expected.hits] == [hit.id for hit in found.hits]
    shown = tuple(shown_leaves(part))
    read = [snapshot.read([hit.id for hit in expected.hits], shown) for snapshot in (defined, columns)]
    for one, other in zip(*read, strict=True):
        assert (one.document, one.words, one.named) == (other.document, other.words, other.named)
        assert {name: sorted(places) for name, places in one.places.items()} == {
            name: sorted(places) for name, places in other.places.items()
        }


@given(corpora, st.lists(queries, min_size=1, max_size=6), st.booleans())
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_contributions_add_up_to_the_score(corpus: list[Document], asked: list[str], exact: bool) -> None:
    """An explanation tells the score of the hit, whichever part of the query found it; both engines say alike."""
    with both_over(corpus) as snapshots:
        for query in asked:
            defined, columns = (explained(snapshot, query, exact=exact) for snapshot in snapshots)

            for one, other in zip(defined, columns, strict=True):
                assert (one.listed, one.missing, one.excluded) == (other.listed, other.missing, other.excluded)
                assert [facts(each) for each in one.contributions] == [facts(each) for each in other.contributions]


@given(corpora, st.lists(trees, min_size=1, max_size=6))
@settings(max_examples=EXAMPLES // 2, deadline=None)
def test_contributions_add_up_for_any_tree(corpus: list[Document], asked: list[Part]) -> None:
    """So they do for trees that no parser makes."""
    with both_over(corpus) as snapshots:
        for snapshot, part in product(snapshots, asked):
            query = Query("", part)
            found = snapshot.search(part, limit=50)
            for hit in found.hits:
                told = explain(snapshot, hit.id, query, Listing(query, part, found, found.total), Filters())

                assert (told.listed, told.score) == (True, pytest.approx(hit.score, abs=1e-5))
                assert sum(each.score for each in told.contributions) == pytest.approx(hit.score, abs=1e-5)


def explained(snapshot: Snapshot, typed: str, *, exact: bool) -> list[Explanation]:
    """Return the explanations of a query for all the documents, each checked against the hits."""
    query, wanted = parse_query(typed, exact=exact), Wanted(limit=50)
    others = respelled(typed, query.tree, snapshot) if query.tree else ()
    listing = list_articles(snapshot, query, wanted) or list_nearest(snapshot, query, others, wanted)
    scores = {hit.id: hit.score for hit in listing.hits.hits} if listing else {}
    found = []
    for hit in snapshot.search(Everything(), limit=50).hits:
        told = explain(snapshot, hit.id, query, list_one(snapshot, query, others, Filters()), Filters())
        assert told.listed == (hit.id in scores)
        assert told.score == pytest.approx(scores.get(hit.id, 0.0), abs=1e-5)
        assert sum(each.score for each in told.contributions) == pytest.approx(told.score, abs=1e-5)
        for each in told.contributions:
            check(each)
        found.append(told)
    return found


def check(contribution: Contribution) -> None:
    """Assert that factors make the score of a contribution, and that their weight is one that postings keep."""
    if contribution.factors:
        assert math.prod(factor.value for factor in contribution.factors) == pytest.approx(contribution.score)
    for factor in contribution.factors:
        if factor.reason is Reason.WEIGHT:
            assert factor.value * 255 == pytest.approx(round(factor.value * 255), abs=1e-6)
            assert 0 < factor.value <= 1


def facts(contribution: Contribution) -> tuple[object, ...]:
    """Return what a contribution tells, beside its score."""
    reasons = [factor.reason for factor in contribution.factors]
    return contribution.part, contribution.kind, contribution.holders, reasons, contribution.met


letters = st.text("aegltvz", max_size=9)
spellings = st.one_of(letters, words.map(lambda word: analyse(word)[0].forms.folded), st.sampled_from(["", "é", "#"]))


@given(st.lists(st.lists(letters, max_size=30).map(" ".join), min_size=1, max_size=4), corpora, spellings)
@settings(max_examples=EXAMPLES, deadline=None)
def test_columns_know_the_words_as_defined(texts: list[str], corpus: list[Document], folded: str) -> None:
    """Spellings, counts and their order are those of the definition, whatever is asked."""
    with both_over([*corpus, *(Document("", "", text, "", None, "") for text in texts)]) as (defined, columns):
        expected, found = defined.vocabulary(), columns.vocabulary()

        assert expected.spelled(folded) == found.spelled(folded)
        assert (folded in expected) == (folded in found)
        for limit in (1, 3, 50):
            assert expected.starting(folded, limit) == found.starting(folded, limit)
            for distance in (1, 2, 3):
                assert expected.near(folded, distance, limit) == found.near(folded, distance, limit)


@given(corpora, queries)
@settings(max_examples=EXAMPLES // 3, deadline=None)
def test_pages_cut_one_order(corpus: list[Document], query: str) -> None:
    """Page after page gives the hits of one long page."""
    with both_over(corpus) as (_, columns):
        for part in parts_of(query, None):
            whole = columns.search(part, limit=50).hits
            paged = [hit for offset in range(0, 10, 2) for hit in columns.search(part, offset=offset, limit=2).hits]

            assert list(whole) == paged


@given(
    st.lists(documents, min_size=1, max_size=40),
    st.lists(queries, min_size=1, max_size=6),
    st.integers(1, 6),
    filters,
    st.sampled_from([0, 512]),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_best_alone_are_the_first_of_all(
    corpus: list[Document], asked: list[str], limit: int, chosen: Has | None, few: int
) -> None:
    """Passing over what is not on a page leaves the page as it is: ids, scores, order, ties.

    Whether all is taken for few, or nothing: there is a way for each.
    """
    with both_over(corpus) as (defined, columns), pytest.MonkeyPatch.context() as patched:
        for room, limit_of_few in ((best, "_FEW"), (phrases, "_FEW"), (postings, "_SEARCHED"), (families, "_TABLE")):
            patched.setattr(room, limit_of_few, few)
        patched.setattr(best, "_FURTHER", 2)
        for query in asked:
            for part in parts_of(query, chosen):
                found = columns.search(part, limit=limit, counted=False)
                scores = [hit.score for hit in defined.search(part, limit=limit).hits]

                assert found.hits == columns.search(part, limit=limit).hits
                assert (found.total, found.facets) == (0, {})
                assert [hit.score for hit in found.hits] == pytest.approx(scores, abs=1e-5)
