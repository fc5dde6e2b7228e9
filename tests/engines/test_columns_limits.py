"""What bytes cannot hold: crowded postings, far positions, late forms, wide tokens, many documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.analysis.columns import Memory
from indexer.document import Document
from indexer.engines import Snapshot
from indexer.engines.columns import inversion, merging
from indexer.engines.memory_engine import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.query import parse_query
from indexer.query.syntax import Everything, wanted_leaves


def snapshots(folder: Path, documents: Sequence[Document]) -> list[Snapshot]:
    """Return the same documents in memory and in columns."""
    engines = MemoryEngine(), WhooshEngine(folder)
    for engine in engines:
        engine.rebuild([Memory().analyse_documents(documents)])
    return [engine.snapshot() for engine in engines]


def answers(snapshot: Snapshot, query: str) -> object:
    """Return all that a snapshot tells of a query: ids, scores, places."""
    tree = parse_query(query).tree or Everything()
    hits = snapshot.search(tree, limit=100)
    readings = snapshot.read([hit.id for hit in hits.hits], tuple(wanted_leaves(tree)))
    places = [{name: sorted(found) for name, found in reading.places.items()} for reading in readings]
    return [(hit.id, round(hit.score, 5)) for hit in hits.hits], places


CONJUGATED = [
    "chanter",
    "chante",
    "chantes",
    "chantons",
    "chantez",
    "chantent",
    "chanté",
    "chantée",
    "chantés",
    "chantées",
    "chantait",
    "chantant",
]

CORPORA = {
    "a word more than 255 times in a document": (
        ["été " * 700, "un été", "hiver"],
        ["été", '"été été été"', "SAUF hiver", "=été", "texte:été"],
    ),
    "a document beyond 8,191 words": (
        ["mot " * 20_000 + "fin du long texte", "fin"],
        ["fin", '"long texte"', '"mot fin"'],
    ),
    "a stem with more than eight forms": (
        [" ".join(CONJUGATED), *CONJUGATED, "chanterais"],
        [
            *["chanté", "chantes", '"chantait chantant"', '"chantée"', "chantai*", "titre:chante"],
            *["texte:chantai*", "*tant", "=chantant", "=chante", "texte:chantée", "*tait PRES2 chant*", "chantant~"],
        ],
    ),
    "a token longer than a byte tells": (["x" * 300 + " après", "avant" + " " * 90 + "après"], ["après", "x" * 300]),
    "blanks of every width": (["a\n\n\n\n  b — « c »\n\nd", "  e"], ["b", "c", "d", "e", '"b c"', '"a b"']),
    "documents without a word": (["", "…", "mot"], ["mot", "SAUF mot"]),
}


@pytest.mark.parametrize("case", CORPORA)
def test_what_a_byte_cannot_hold_is_exact_all_the_same(tmp_path: Path, case: str) -> None:
    """Exceptions to the packing are kept apart, and answers are as defined."""
    texts, queries = CORPORA[case]
    documents = [Document(f"n{number}", f"titre {number}", text) for number, text in enumerate(texts)]
    memory, columns = snapshots(tmp_path, documents)

    for query in queries:
        assert answers(memory, query) == answers(columns, query)


@pytest.mark.parametrize("case", CORPORA)
def test_documents_read_together_are_as_read_alone(tmp_path: Path, case: str) -> None:
    """A page of documents, in any order and one of them twice, is what reading them one by one gives."""
    texts, queries = CORPORA[case]
    documents = [Document(f"n{number}", f"titre {number}", text) for number, text in enumerate(texts)]
    _, columns = snapshots(tmp_path, documents)
    page = [document.id for document in (*documents[::-1], documents[0])]

    for query in queries:
        leaves = tuple(wanted_leaves(parse_query(query).tree or Everything()))
        assert columns.read(page, leaves) == tuple(columns.read([one], leaves)[0] for one in page)


def test_more_than_65536_documents(tmp_path: Path) -> None:
    """Document numbers beyond sixteen bits are exact in every list."""
    documents = [Document(f"n{number:06}", "", "tous" + " rare" * (number % 30_000 == 7)) for number in range(140_000)]
    engine = WhooshEngine(tmp_path)
    engine.rebuild(Memory().analyse_documents(documents[start : start + 20_000]) for start in range(0, 140_000, 20_000))
    snapshot = engine.snapshot()
    rare = snapshot.search(parse_query("rare").tree or Everything())

    assert [hit.id for hit in rare.hits] == ["n000007", "n030007", "n060007", "n090007", "n120007"]
    assert snapshot.search(parse_query("tous SAUF rare").tree or Everything()).total == 139_995
    assert snapshot.search(parse_query("rar*").tree or Everything()).total == 5
    for query in ("rare", "rar*"):
        leaves = tuple(wanted_leaves(parse_query(query).tree or Everything()))
        readings = snapshot.read(["n120007", "n000006", "n000007", "n065543"], leaves)
        assert [[place.start for place in reading.places["text"]] for reading in readings] == [[5], [], [5], []]


def test_small_parts_and_slices_give_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a build spills and merges, in this thread or another, the columns are the same bytes."""
    documents = [Document(f"n{n}", f"titre {n}", f"la grève {n} des mots {n % 7} " * (n % 5)) for n in range(60)]
    built = []
    monkeypatch.setattr(merging, "_THREADS", 1)
    for name, part, size, large in (("whole", 10**6, 10**6, 10**6), ("fine", 40, 30, 10**6), ("aside", 40, 30, 0)):
        monkeypatch.setattr(inversion, "_PART", part)
        monkeypatch.setattr(merging, "_SLICE", size)
        monkeypatch.setattr(merging, "_LARGE", large)
        engine = WhooshEngine(tmp_path / name)
        engine.rebuild(Memory().analyse_documents(documents[start : start + 9]) for start in range(0, 60, 9))
        folder = tmp_path / name / "generations" / "000001"
        built.append({file.name: file.read_bytes() for file in folder.iterdir() if file.name != "manifest.json"})

    assert built[0] == built[1] == built[2]
