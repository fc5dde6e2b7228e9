"""Ranking: judged sets, and the averages that are made of them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Searcher
from indexer.errors import UnreadableMaterial
from indexer.evaluation.judged_set import JudgedQuery, read_judged_set
from indexer.evaluation.ranking import (
    Averages,
    Score,
    average,
    average_by_topic,
    ndcg,
    recall,
    score_queries,
    some_queries,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A judged set of two documents and three queries, two of them wordings of one need."""
    return write_set(tmp_path / "fournil")


def write_set(folder: Path) -> Path:
    """Write a judged set."""
    folder.mkdir()
    documents = [{"id": "a", "title": "Le four", "text": "Il chauffe."}, {"id": "b", "title": "", "text": "Le moulin."}]
    (folder / "docs.jsonl").write_text("\n".join(map(json.dumps, documents)), "utf-8")
    (folder / "dev.queries.tsv").write_text("q1\tfour\nq2\tfour chaud\nq3\tmoulin\nq4\tavoine\n", "utf-8")
    (folder / "dev.qrels.tsv").write_text("q1\ta\t2\nq2\ta\t2\nq2\tb\t0\nq3\tb\t1\n", "utf-8")
    (folder / "dev.topics.tsv").write_text("q1\tcuire\tdev\nq2\tcuire\tdev\nq3\tmoudre\tdev\n", "utf-8")
    return folder


def test_a_set_has_its_queries_with_their_judgments(folder: Path) -> None:
    """Queries without a relevant article are left out, judgments of no relevance too."""
    judged = read_judged_set(folder)

    assert (judged.name, judged.documents) == ("fournil", folder / "docs.jsonl")
    assert judged.queries == (
        JudgedQuery("q1", "four", {"a": 2}, "cuire"),
        JudgedQuery("q2", "four chaud", {"a": 2}, "cuire"),
        JudgedQuery("q3", "moulin", {"b": 1}, "moudre"),
    )


def test_topics_are_optional(folder: Path) -> None:
    """Without a file of topics no query has one."""
    (folder / "dev.topics.tsv").unlink()

    assert {query.topic for query in read_judged_set(folder).queries} == {""}


@pytest.mark.parametrize("name", ["docs.jsonl", "dev.queries.tsv", "dev.qrels.tsv"])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    """The error names what is missing."""
    (folder / name).unlink()

    with pytest.raises(UnreadableMaterial, match=name.removeprefix("dev.")):
        read_judged_set(folder)


@pytest.mark.parametrize("line", ["q1\ta", "q1\ta\tbeaucoup"], ids=["too short", "no number"])
def test_a_judgment_that_makes_no_sense_is_told(folder: Path, line: str) -> None:
    """The error names the file and the line."""
    (folder / "dev.qrels.tsv").write_text(f"q1\ta\t1\n{line}\n", "utf-8")

    with pytest.raises(UnreadableMaterial, match=r"dev\.qrels\.tsv, ligne 2"):
        read_judged_set(folder)


def test_a_set_without_relevant_articles_is_refused(folder: Path) -> None:
    """There is nothing to measure."""
    (folder / "dev.qrels.tsv").write_text("q1\ta\t0\n", "utf-8")

    with pytest.raises(UnreadableMaterial):
        read_judged_set(folder)


BEYOND = [str(number) for number in range(10)]

GAINS = [
    (["a"], {"a": 1}, 1.0),
    (["x", "a"], {"a": 1}, 1 / math.log2(3)),
    (["b", "a"], {"a": 3, "b": 1}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
    ([*BEYOND, "a"], {"a": 1}, 0.0),
    ([], {"a": 1}, 0.0),
    (BEYOND, dict.fromkeys([*BEYOND, "a", "b"], 1), 1.0),
]


@pytest.mark.parametrize(("ranked", "relevance", "expected"), GAINS)
def test_ndcg(ranked: list[str], relevance: dict[str, int], expected: float) -> None:
    """Gains are relevances, discounted by rank, over those of the best order; ten ranks count."""
    assert ndcg(ranked, relevance) == pytest.approx(expected)


def test_recall() -> None:
    """Recall is the share of the relevant articles among the first hundred."""
    hundred = [str(number) for number in range(100)]

    assert recall([*hundred, "a"], {"a": 1, "99": 2}) == 0.5


def test_scores_are_those_of_the_search(folder: Path, searcher_over: Callable[..., Searcher]) -> None:
    """A query scores by what the search ranks; a query that finds nothing is empty."""
    judged = read_judged_set(folder)
    searcher = searcher_over("Un four chaud.", "Le moulin.")

    assert score_queries(searcher, judged) == [
        Score("cuire", 1, 1, 0),
        Score("cuire", 1, 1, 0),
        Score("moudre", 1, 1, 0),
    ]
    assert score_queries(searcher, judged, lambda _query: "avoine")[0] == Score("cuire", 0, 0, 1)


def test_partial_matches_count(folder: Path, searcher_over: Callable[..., Searcher]) -> None:
    """When no article has every word, the partial matches that a reader sees are ranked."""
    assert score_queries(searcher_over("Un four éteint."), read_judged_set(folder))[1].ndcg == 1


def test_averages() -> None:
    """A topic counts once, however many wordings it has."""
    scores = [Score("cuire", 1, 1, 0), Score("cuire", 0.5, 1, 1), Score("moudre", 0, 0, 1)]

    assert average(scores) == Averages(3, pytest.approx(0.5), pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert average_by_topic(scores) == Averages(2, pytest.approx(0.375), pytest.approx(0.5), pytest.approx(0.75))


def test_a_set_without_topics_has_no_average_by_topic() -> None:
    """Nothing is made up."""
    assert average_by_topic([Score("", 1, 1, 0)]) is None


@pytest.mark.parametrize(("limit", "kept"), [(1, ["q1"]), (2, ["q1", "q2"]), (9, ["q1", "q2", "q3"])])
def test_some_queries_are_evenly_spaced(folder: Path, limit: int, kept: list[str]) -> None:
    """A limit takes queries from one end to the other."""
    assert [query.id for query in some_queries(read_judged_set(folder), limit).queries] == kept
