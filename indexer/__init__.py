"""Furet's front door: the public names, nothing else.

>>> from indexer import open_index
>>> searcher = open_index("furet-index")
>>> answer = searcher.search('retraite greve "reforme des retraites"')
"""

from indexer.answer import (
    Answer,
    Article,
    Completion,
    FacetValue,
    Filters,
    Paragraph,
    Passage,
    Piece,
    Result,
    Sort,
    Status,
    Suggestion,
)
from indexer.document import Document
from indexer.engines import Hit
from indexer.errors import (
    FuretError,
    IndexDamaged,
    IndexMissing,
    RebuildFailed,
    RebuildLocked,
    SettingsError,
    UnknownDocument,
    UnreadableFile,
)
from indexer.explanation import Contribution, Explanation, Factor, Kind, Met, Reason
from indexer.messages import LANGUAGES, Message, message, translations, typeset
from indexer.rebuilding import RebuildReport, rebuild, rollback
from indexer.searcher import Searcher, open_index
from indexer.serialisation import answer_as_json, explanation_as_json
from indexer.settings import Settings, load_settings

__all__ = [
    "LANGUAGES",
    "Answer",
    "Article",
    "Completion",
    "Contribution",
    "Document",
    "Explanation",
    "FacetValue",
    "Factor",
    "Filters",
    "FuretError",
    "Hit",
    "IndexDamaged",
    "IndexMissing",
    "Kind",
    "Message",
    "Met",
    "Paragraph",
    "Passage",
    "Piece",
    "Reason",
    "RebuildFailed",
    "RebuildLocked",
    "RebuildReport",
    "Result",
    "Searcher",
    "Settings",
    "SettingsError",
    "Sort",
    "Status",
    "Suggestion",
    "UnknownDocument",
    "UnreadableFile",
    "answer_as_json",
    "explanation_as_json",
    "load_settings",
    "message",
    "open_index",
    "rebuild",
    "rollback",
    "translations",
    "typeset",
]
