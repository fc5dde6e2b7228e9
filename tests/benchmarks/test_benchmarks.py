"""The benchmark's own parts, on fifty articles: what it makes, draws and compares. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.benchmarks.__main__ import main
from tests.benchmarks.articles import Article, read_articles
from tests.benchmarks.corpora import Corpus, paragraphs_of, prepare_corpus, recombine, resized
from tests.benchmarks.engines import ENGINES, OpenIndex, load_engine
from tests.benchmarks.french import terms_of
from tests.benchmarks.queries import KINDS, Operator, Query, draw_queries, read_queries, write_queries
from tests.benchmarks.timing import Contender, Task, overlap, percentile, time_queries

HERE = ("fts5", "fts5-plain", "whoosh")
"""Peers that need nothing but what the project has."""


@pytest.fixture(scope="module", params=HERE)
def contender(request: pytest.FixtureRequest, fifty: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Contender:
    """Each of these peers, its index built and open."""
    engine, folder = load_engine(request.param), tmp_path_factory.mktemp(request.param)
    engine.build(fifty.path, folder)
    return Contender(request.param, engine, engine.open(folder))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("L’avion de l'été", ["avion", "ete"]),
        ("Les élections", ["elect"]),
        ("un cœur, des œufs", ["coeur", "oeuf"]),
        ("qu’il n’y a", []),
    ],
)
def test_recipe(text: str, terms: list[str]):
    """The recipe folds, stems, and drops stop words, elided ones too."""
    assert terms == list(terms_of(text))


def test_sample_is_evenly_spaced():
    """A smaller corpus takes articles from one end of the source to the other."""
    source = [Article(str(number), "", "mot") for number in range(10)]

    assert [article.id for article in resized(source, 3)] == ["0", "3", "6"]


def test_recombined_articles_are_made_of_paragraphs(articles: list[Article]):
    """A larger corpus has the size asked for, and every paragraph of it is in the source."""
    known = {paragraph for article in articles for paragraph in paragraphs_of(article)}

    made = list(recombine(articles, 120))

    assert len({article.id for article in made}) == 120
    assert known >= {paragraph for article in made for paragraph in paragraphs_of(article)}


def test_same_seed_same_corpus(articles: list[Article]):
    """Two runs anywhere make the same articles."""
    assert list(recombine(articles, 60)) == list(recombine(articles, 60))


def test_corpus_is_described_by_its_file(fifty: Corpus, articles: list[Article]):
    """Documents and bytes are those of the file."""
    assert 50 == fifty.documents == len(articles)
    assert fifty.text_bytes == sum(len((article.title + article.text).encode()) for article in articles)


def test_compressed_corpus(tmp_path: Path):
    """A corpus in .xz is read as it is."""
    import lzma

    path = tmp_path / "made.jsonl.xz"
    path.write_bytes(lzma.compress('{"id": 1, "title": "Été", "text": "Un œuf."}\n'.encode()))

    assert [Article("1", "Été", "Un œuf.")] == list(read_articles(path))


def test_size_is_part_of_the_digest(corpus: Path, fifty: Corpus, tmp_path: Path):
    """Corpora of two sizes never share an index."""
    assert fifty.digest != prepare_corpus(corpus, 49, tmp_path).digest


def test_every_kind_is_drawn(articles: list[Article]):
    """The same number of queries is drawn of each kind, the same ones every time."""
    queries = draw_queries(articles, 4)

    assert [kind for kind in KINDS for _ in range(4)] == [query.kind for query in queries]
    assert queries == draw_queries(articles, 4)


def test_queries_survive_their_file(articles: list[Article], tmp_path: Path):
    """The processes of a run ask the same queries."""
    queries = draw_queries(articles, 2)

    write_queries(queries, tmp_path / "queries.json")

    assert queries == read_queries(tmp_path / "queries.json")


def test_drawn_queries_have_answers(contender: Contender, articles: list[Article]):
    """Words drawn from one article find one; Whoosh's and FTS5's fuzzy and prefix queries are of terms, and may not."""
    exact = {Operator.ANY, Operator.ALL, Operator.PHRASE}
    if contender.name == "fts5-plain":
        exact = {Operator.PHRASE}  # without stems, words as they are written in one article

    asked = [query for query in draw_queries(articles, 5) if query.operator in exact]

    assert [query for query in asked if not contender.index.ids(contender.index.write(query))] == []


def test_passages_are_of_the_same_hits(contender: Contender, articles: list[Article]):
    """An engine finds the same articles whether it shows excerpts or not."""
    index: OpenIndex = contender.index
    written = [index.write(query) for query in draw_queries(articles, 3) if contender.verb(Task.PASSAGES, query)]

    assert [index.ids(each) for each in written] == [[id_ for id_, _ in index.passages(each)] for each in written]


def test_every_engine_answers_what_it_says_it_can(contender: Contender, articles: list[Article]):
    """Every query of a known operator is timed, others are passed over."""
    queries = draw_queries(articles, 1)
    known = [query.kind for query in queries if query.operator in contender.engine.operators]

    timed = time_queries([contender], queries, Task.IDS, rounds=1, turn=3)

    assert known == [latency.kind for latency in timed[contender.name]]


@pytest.mark.parametrize(
    ("found", "others", "share"),
    [("abc", "abc", 1), ("abcd", "ab", 0.5), ("", "", 1), ("", "a", 0), ("a", "b", 0)],
)
def test_overlap(found: str, others: str, share: float):
    """Overlap is the share of the longer list; two empty answers agree."""
    assert share == overlap(list(found), list(others))


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (50, 3), (95, 4.8), (100, 5)])
def test_percentile(percent: int, value: float):
    """A percentile falls between the two nearest values."""
    assert value == pytest.approx(percentile([5, 1, 2, 3, 4], percent))


def test_furet_is_asked_in_its_own_syntax():
    """Queries become what a reader would type."""
    from tests.benchmarks.engines.furet_engine import write_for_furet

    written = [
        write_for_furet(Query("", operator, ("mer", "basse")))
        for operator in (Operator.ANY, Operator.ALL, Operator.PHRASE, Operator.PREFIX, Operator.FUZZY)
    ]

    assert written == ["mer OU basse", "mer ET basse", '"mer basse"', "mer*", "mer~"]


def test_a_whole_run(corpus: Path, tmp_path: Path):
    """The command builds, times, compares and reports; an engine that is not installed is left out with the reason."""
    out = tmp_path / "out.json"
    options = ["--size", "50", "--size", "60", "--queries", "1", "--rounds", "1", "--engines", "furet,fts5,xapian"]

    told = CliRunner().invoke(
        main, ["--corpus", str(corpus), "--folder", str(tmp_path), "--out", str(out), *options], catch_exceptions=False
    )

    assert told.exit_code == 0
    assert "### Growth" in told.stdout
    fifty, sixty = json.loads(out.read_text("utf-8"))
    assert (fifty["corpus"]["documents"], sixty["corpus"]["documents"]) == (50, 60)
    assert {"furet", "fts5"} <= set(fifty["builds"])
    assert all(built["peak_bytes"] > 0 and built["index_bytes"] > 0 for built in fifty["builds"].values())


def test_indexes_are_kept(fifty: Corpus, tmp_path: Path):
    """An index of the same corpus and code is used again, with its own figures."""
    from tests.benchmarks.indexes import prepare_index

    first = prepare_index("fts5", fifty, tmp_path, anew=False)

    assert first == prepare_index("fts5", fifty, tmp_path, anew=False)


def test_unknown_engine_is_refused(tmp_path: Path):
    """A wrong name is told at once, with the right ones."""
    told = CliRunner().invoke(main, ["--engines", "lucene", "--folder", str(tmp_path)])

    assert told.exit_code == 2
    assert all(name in told.stderr for name in ("lucene", *ENGINES))
