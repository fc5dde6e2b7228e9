"""Reading and analysing over several processes: the same as in one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from indexer import analysing, rebuild, rebuilding
from indexer.analysing import Batch, analyse_batches
from indexer.analysis import Token, analyse
from indexer.document import FIELDS, Document
from indexer.messages import message
from indexer.readers import Failure, RawArticle


def articles(count: int) -> list[RawArticle | Failure]:
    """Return articles that differ; some cannot be read, one could not be opened."""
    texts = [f"Titre {n}\n\nLa grève n° {n} d’hier.\n\nL’école {n * 7} d’à côté." for n in range(count)]
    raw = [RawArticle(f"{n}.txt", ".txt", text.encode() if n % 9 else b"12 mai 2019") for n, text in enumerate(texts)]
    return [*raw, Failure("fermé.txt", message("Le fichier est vide."))]


def cut(articles: list[RawArticle | Failure]) -> Iterator[list[RawArticle | Failure]]:
    """Yield batches of a few articles."""
    source = iter(articles)
    while batch := list(islice(source, 7)):
        yield batch


def read(batches: Iterator[Batch]) -> list[tuple[Document | Failure, dict[str, tuple[Token, ...]]]]:
    """Return all that was read, with the tokens of each document."""
    found = []
    for batch in batches:
        numbers = iter(range(len(batch.analysed.documents)))
        for article in batch.read:
            number = next(numbers) if isinstance(article, Document) else None
            tokens = {} if number is None else {name: tuple(batch.analysed.tokens(number, name)) for name in FIELDS}
            found.append((article, tokens))
    return found


@pytest.mark.parametrize("count", [0, 6, 7, 90])
def test_several_processes_give_the_same_in_the_same_order(count: int) -> None:
    """Who reads an article changes nothing."""
    assert read(analyse_batches(cut(articles(count)), 2)) == read(analyse_batches(cut(articles(count))))


def test_a_batch_without_any_document_is_told() -> None:
    """Failures alone come out as they went in, whoever saw to them."""
    failures = [Failure(f"{n}.txt", message("Le fichier est vide.")) for n in range(14)]

    assert [article for article, _ in read(analyse_batches(cut(list(failures)), 2))] == failures


def test_each_document_comes_with_its_tokens() -> None:
    """The tokens are those of the chain; what cannot be read is told in its place."""
    found = read(analyse_batches(cut(articles(20))))

    assert [isinstance(article, Failure) for article, _ in found] == [n in {0, 9, 18, 20} for n in range(21)]
    assert all(
        tokens == {name: analyse(getattr(article, name)) for name in FIELDS}
        for article, tokens in found
        if isinstance(article, Document)
    )


def test_a_memory_that_is_full_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that forgets starts another vocabulary, and says so."""
    monkeypatch.setattr("indexer.analysis.columns._FORGET", 40)
    vocabulary, teller = analysing._SharedVocabulary(), analysing._Teller()
    told = [teller.tell(batch) for batch in cut(articles(60))]

    assert len({batch.vocabulary for batch in told}) > 1
    assert read(map(vocabulary.batch, told)) == read(analyse_batches(cut(articles(60))))


def test_articles_read_before_are_told_without_them() -> None:
    """What was read here is not sent back; its tokens are."""
    vocabulary, teller = analysing._SharedVocabulary(), analysing._Teller()
    batch = next(cut(articles(7)))
    known = analysing._read(batch)
    told = teller.tell(known)

    assert not told.read
    assert read(iter([vocabulary.batch(told, known)])) == read(analyse_batches(cut(articles(7)[:7])))


def test_an_error_of_the_articles_passes_through() -> None:
    """What opening raises in the middle comes out, and the processes end."""

    def broken() -> Iterator[list[RawArticle | Failure]]:
        yield from cut(articles(60))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(analyse_batches(broken(), 2))


def test_the_index_is_the_same_whoever_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of an index made by two processes are those of an index made by one; so is the report."""
    monkeypatch.setattr(rebuilding, "BATCH", 7)
    monkeypatch.setattr(rebuilding, "_WORTH", 0)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for article in articles(60)[:-1]:
        assert isinstance(article, RawArticle)
        (corpus / article.path).write_bytes(article.content)
    (corpus / "copie.txt").write_bytes((corpus / "7.txt").read_bytes())
    reports = [rebuild([corpus], tmp_path / str(processes), processes=processes) for processes in (1, 2)]
    made = [
        {file.name: file.read_bytes() for file in (tmp_path / name / "generations" / "000001").glob("*.[uz]*")}
        for name in ("1", "2")
    ]

    assert made[0]
    assert made[0] == made[1]
    assert reports[0].failures == reports[1].failures
    assert reports[0].duplicates == reports[1].duplicates
    assert len(reports[0].duplicates) == 1


def test_garbage_is_looked_for_as_before_once_a_rebuild_is_over() -> None:
    """Whoever calls a rebuild gets back the thresholds of their own process."""
    before = gc.get_threshold()
    with analysing.rare_collections():
        during = gc.get_threshold()

    assert during > before
    assert gc.get_threshold() == before
