"""A judged set: documents, queries, and how relevant people found the ones for the others.

A folder with ``docs.jsonl``, the articles as a rebuild reads them, and tab-separated files whose names end in

================  ==================================================================================================
``queries.tsv``   query id, query
``qrels.tsv``     query id, document id, relevance: a whole number, more is better, 0 is none
``topics.tsv``    query id, topic; where there are several wordings of one need
================  ==================================================================================================

Several files of a kind are read as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableMaterial
from indexer.evaluation.material import read_rows, refusal
from indexer.messages import message


@dataclass(frozen=True)
class JudgedQuery:
    """A query and the articles relevant to it: id -> relevance, above 0. `topic` is "" when the set has none."""

    id: str
    text: str
    relevance: Mapping[str, int]
    topic: str = ""


@dataclass(frozen=True)
class JudgedSet:
    """Queries over the articles of one file; only queries with a relevant article are kept."""

    name: str
    documents: Path
    queries: tuple[JudgedQuery, ...]


def read_judged_set(folder: Path) -> JudgedSet:
    """Read the judged set in a folder. Raises UnreadableMaterial when a file is missing or a line makes no sense."""
    documents = folder / "docs.jsonl"
    if not documents.is_file():
        raise _missing(folder, documents.name)
    relevance: dict[str, dict[str, int]] = defaultdict(dict)
    for file in _files(folder, "qrels.tsv"):
        for number, (query, document, grade, *_) in read_rows(file, 3):
            if (relevant := _whole(grade, file, number)) > 0:
                relevance[query][document] = relevant
    topics = {
        query: topic for file in sorted(folder.glob("*topics.tsv")) for _, (query, topic, *_) in read_rows(file, 2)
    }
    queries = tuple(
        JudgedQuery(query, text, relevance[query], topics.get(query, ""))
        for file in _files(folder, "queries.tsv")
        for _, (query, text, *_) in read_rows(file, 2)
        if query in relevance
    )
    if not queries:
        raise UnreadableMaterial(message("{folder} : aucune recherche n'a d'article pertinent.", folder=folder))
    return JudgedSet(folder.resolve().name, documents, queries)


def _files(folder: Path, ending: str) -> Iterator[Path]:
    """Yield the files of a folder whose names end so. Raises UnreadableMaterial when there is none."""
    files = sorted(folder.glob(f"*{ending}"))
    if not files:
        raise _missing(folder, f"*{ending}")
    yield from files


def _whole(grade: str, file: Path, number: int) -> int:
    try:
        return int(grade)
    except ValueError as error:
        raise refusal(file, number, message("« {value} » n'est pas un nombre entier.", value=grade)) from error


def _missing(folder: Path, name: str) -> UnreadableMaterial:
    return UnreadableMaterial(message("Il manque {name} dans {folder}.", name=name, folder=folder))
