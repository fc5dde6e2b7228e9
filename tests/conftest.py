"""Fixtures that all rooms share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indexer import Document, Searcher
from indexer.analysis.analysed import AnalysedDocuments
from indexer.analysis.columns import Memory
from indexer.engines.memory_engine import MemoryEngine

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture
def shared() -> Path:
    """The shared material beside the checkout, for measuring and for real captures; the product never needs it."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample corpus of the project."""
    return CHECKOUT / "corpus"


def make_document(id: str = "a", text: str = "", title: str = "", date: str = "", **fields: str) -> Document:
    """Return a document from the few values that a test is about."""
    return Document(id=id, title=title, text=text, date=dt.date.fromisoformat(date) if date else None, **fields)


def analyse_documents(documents: Iterable[Document]) -> AnalysedDocuments:
    """Return documents as the rebuild corridor hands them to an engine."""
    return Memory().analyse_documents(list(documents))


@pytest.fixture(scope="session")
def searcher_over() -> Callable[..., Searcher]:
    """Return a searcher over a few documents, or over texts that become documents a, b, c..."""

    def build(*documents: Document | str) -> Searcher:
        made = [
            make_document(chr(ord("a") + number), document) if isinstance(document, str) else document
            for number, document in enumerate(documents)
        ]
        engine = MemoryEngine()
        engine.rebuild([analyse_documents(made)])
        return Searcher(engine)

    return build
