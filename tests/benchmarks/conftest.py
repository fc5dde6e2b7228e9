"""Fixtures of the benchmark: a corpus of fifty articles made from the project's own sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.articles import Article, read_articles
from tests.benchmarks.corpora import Corpus, prepare_corpus


@pytest.fixture(scope="session")
def fifty(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus of fifty articles, on disk."""
    return prepare_corpus(corpus, 50, tmp_path_factory.mktemp("benchmarks"))


@pytest.fixture(scope="session")
def articles(fifty: Corpus) -> list[Article]:
    """The articles of that corpus."""
    return list(read_articles(fifty.path))
