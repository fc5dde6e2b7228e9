"""A search over a few texts, as small as a case: the product's, but for the place where the words are kept."""

from __future__ import annotations

from indexer.analysis.columns import Memory
from indexer.document import Document
from indexer.engines.memory_engine import MemoryEngine
from indexer.searcher import Searcher


def search_over(*texts: str) -> Searcher:
    """Return a searcher over texts, analysed as a rebuild does; their ids are "0", "1"… in order.

    Equal scores go by id: the first text has the advantage.
    """
    engine = MemoryEngine()
    documents = [Document(str(number), "", text) for number, text in enumerate(texts)]
    engine.rebuild([Memory().analyse_documents(documents)])
    return Searcher(engine)
