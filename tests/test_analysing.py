"""Analysing over several processes: the same as in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import analysing, rebuild
from indexer.analysing import analyse_batches
from indexer.analysis.analysed import AnalysedDocuments
from indexer.document import FIELDS, Document


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few documents be worth several processes."""
    monkeypatch.setattr(analysing, "BATCH", 7)
    monkeypatch.setattr(analysing, "_WORTH", 2)


def documents(count: int) -> list[Document]:
    """Return documents that differ."""
    return [Document(f"n{n}", f"Titre {n}", f"La grève n° {n}.\n\nL’école {n * 7} d’à côté.") for n in range(count)]


def read(batches: list[AnalysedDocuments]) -> list[object]:
    """Return all that was analysed, document by document."""
    return [
        (document, [tuple(batch.tokens(number, name)) for name in FIELDS])
        for batch in batches
        for number, document in enumerate(batch.documents)
    ]


@pytest.mark.parametrize("count", [0, 1, 13, 14, 15, 90])
def test_several_processes_give_the_same_documents_in_the_same_order(count: int) -> None:
    """Who analyses a document changes nothing, whether other processes are worth it or not."""
    assert read(list(analyse_batches(documents(count), 2))) == read(list(analyse_batches(documents(count))))


def test_an_error_of_the_documents_passes_through() -> None:
    """What reading raises in the middle comes out, and the processes end."""

    def broken() -> object:
        yield from documents(60)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(analyse_batches(broken(), 2))  # type: ignore[arg-type]


def test_the_index_is_the_same_whoever_made_it(tmp_path: Path) -> None:
    """The files of an index made by two processes are those of an index made by one."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for document in documents(60):
        (corpus / f"{document.id}.txt").write_text(f"{document.title}\n\n{document.text}", "utf-8")
    for processes in (1, 2):
        rebuild([corpus], tmp_path / str(processes), processes=processes)
    made = [
        {file.name: file.read_bytes() for file in (tmp_path / name / "generations" / "000001").glob("*.[uz]*")}
        for name in ("1", "2")
    ]

    assert made[0]
    assert made[0] == made[1]
