"""The rebuild corridor, over folders of invented articles."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from indexer import IndexMissing, RebuildFailed, RebuildReport, Searcher, open_index, rebuild, rebuilding, rollback
from indexer.readers import find_files


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """An empty folder for articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The folder of an index that is not there yet."""
    return tmp_path / "index"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file of the corpus."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def line(name: str, text: str, **keys: str) -> str:
    """Return one article as a line of JSONL."""
    return json.dumps({"id": name, "title": f"Titre {name}", "text": text} | keys) + "\n"


def texts(index: Path, query: str) -> list[str]:
    """Return the titles of the articles that answer a query, sorted."""
    return sorted(result.title for result in open_index(index).search(query).results)


def test_what_a_rebuild_reports(articles: Path, index: Path) -> None:
    """The report counts the articles in service and names everything that is not among them."""
    write(articles, "a.txt", "Une digue a cédé\n\nLe 3 mars 2019, la digue du nord a cédé sous les vagues.")
    write(articles, "sous/copie.txt", (articles / "a.txt").read_bytes())
    write(articles, "b.md", "# Le phare\n\nLe phare est rallumé depuis hier soir.")
    write(articles, "vide.txt", "")
    write(articles, "photo.jpg", b"\xff\xd8")
    report = rebuild([articles], index)

    assert report.status.documents == 2
    assert [(duplicate.path, duplicate.first) for duplicate in report.duplicates] == [("sous/copie.txt", "a.txt")]
    assert [failure.path for failure in report.failures] == ["vide.txt"]
    assert (report.ignored, report.seconds > 0) == (1, True)
    assert texts(index, "phare OU digue") == ["Le phare", "Une digue a cédé"]


def test_the_state_of_the_new_index(articles: Path, index: Path) -> None:
    """Dates, sources and undated articles are those of the documents; the report's status is the index's."""
    lines = [
        line("a", "Un.", date="2016-07-08", source="L’Écho"),
        line("b", "Deux.", date="2019-01-02", source="L’Écho"),
        line("c", "Trois.", source="La Gazette"),
        line("d", "Quatre."),
    ]
    write(articles, "depeches.jsonl", "".join(lines))
    report = rebuild([articles], index)

    assert (report.status.documents, report.status.undated, report.status.sources) == (4, 2, 2)
    assert (report.status.first, report.status.last) == (dt.date(2016, 7, 8), dt.date(2019, 1, 2))
    assert report.status == open_index(index).status()


@pytest.mark.parametrize("file", ["a.jsonl", "b.jsonl"])
def test_an_id_taken_by_another_article_is_a_failure(articles: Path, index: Path, file: str) -> None:
    """Of two articles with one id, in one file or in two, the first is kept and the other named with the reason."""
    write(articles, "a.jsonl", line("x", "La mairie est fermée."))
    with (articles / file).open("a") as opened:
        opened.write(line("x", "Le musée est ouvert."))
    report = rebuild([articles], index)

    assert (report.status.documents, report.duplicates) == (1, ())
    assert [failure.path.partition(":")[0] for failure in report.failures] == [file]
    assert "x" in str(report.failures[0].reason)
    assert texts(index, "mairie OU musée") == ["Titre x"]


def test_a_line_copied_into_another_file_is_a_duplicate(articles: Path, index: Path) -> None:
    """The same article under the same id is counted once, wherever it is met again."""
    write(articles, "a.jsonl", line("1", "La mairie est fermée.") * 2)
    write(articles, "b.jsonl", line("1", "La mairie est fermée.") + line("2", "Le musée."))
    report = rebuild([articles], index)

    assert (report.status.documents, report.failures) == (2, ())
    assert [(duplicate.path, duplicate.first) for duplicate in report.duplicates] == [
        ("a.jsonl:2", "a.jsonl:1"),
        ("b.jsonl:1", "a.jsonl:1"),
    ]


def test_copies_whose_names_hold_a_colon(articles: Path, index: Path) -> None:
    """A colon in a file name means nothing."""
    for name in ("10:30.txt", "10:45.txt"):
        write(articles, name, "La marée monte.\n\nElle redescendra.")
    report = rebuild([articles], index)

    assert (len(report.duplicates), report.failures) == (1, ())


def test_bad_lines_do_not_stop_the_good_ones(articles: Path, index: Path) -> None:
    """Each bad line is named by its number."""
    write(articles, "d.jsonl", line("a", "Un.") + "pas du JSON\n" + line("", "Deux.") + line("c", "Trois."))
    report = rebuild([articles], index)

    assert report.status.documents == 2
    assert [failure.path for failure in report.failures] == ["d.jsonl:2", "d.jsonl:3"]


def test_progress(articles: Path, index: Path) -> None:
    """Bytes read never go down and end at the total; so do the documents."""
    sizes = [
        write(articles, f"{number}.txt", f"Texte {number}.\n\n" + "mot " * number).stat().st_size for number in range(9)
    ]
    sizes.append(write(articles, "x.jsonl", line("a", "Un.") + "faux\n" + line("b", "Deux.")).stat().st_size)
    told: list[tuple[int, int, int]] = []
    rebuild([articles], index, progress=lambda *numbers: told.append(numbers))
    done, totals, documents = zip(*told, strict=True)

    assert (list(done), list(documents)) == (sorted(done), sorted(documents))
    assert set(totals) == {sum(sizes)}
    assert told[-1] == (sum(sizes), sum(sizes), 11)


def test_progress_is_told_before_writing(articles: Path, index: Path) -> None:
    """When all is read the old index still serves: the switch comes after."""
    write(articles, "a.jsonl", line("a", "Ancien."))
    rebuild([articles], index)
    write(articles, "a.jsonl", line("a", "Nouveau."))
    seen = []

    def look(done: int, total: int, documents: int) -> None:
        seen.append((done == total, len(texts(index, "ancien"))))

    rebuild([articles], index, progress=look)

    assert seen[-1] == (True, 1)
    assert (texts(index, "ancien"), texts(index, "nouveau")) == ([], ["Titre a"])


def test_an_error_of_the_progress_passes_through(articles: Path, index: Path) -> None:
    """Ctrl-C while reading stops the rebuild; the old index serves on and nothing is left behind."""
    write(articles, "a.jsonl", line("a", "Ancien."))
    rebuild([articles], index)

    def interrupt(done: int, total: int, documents: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild([articles], index, progress=interrupt)
    assert texts(index, "ancien") == ["Titre a"]
    assert [folder.name for folder in (index / "generations").iterdir()] == ["000001"]


def test_several_folders(tmp_path: Path, index: Path) -> None:
    """All the folders make one index, and paths are relative to their own."""
    write(tmp_path / "un", "a.txt", "Le port dort.\n\nMarée haute.")
    write(tmp_path / "deux", "b.txt", "Le port vit.\n\nMarée basse.")
    report = rebuild([tmp_path / "un", tmp_path / "deux"], index)
    searcher = open_index(index)

    assert report.status.documents == 2
    assert {searcher.article(found.id).path for found in searcher.search("marée").results} == {"a.txt", "b.txt"}


def test_a_folder_named_twice_is_read_once(articles: Path, index: Path) -> None:
    """A file that two folders lead to is one file, not a duplicate."""
    write(articles, "sous/a.jsonl", line("a", "Marée haute."))
    report = rebuild([articles, articles / "sous"], index)

    assert (report.status.documents, report.duplicates, report.failures) == (1, (), ())


def test_one_file(articles: Path, index: Path) -> None:
    """A file may be named in place of a folder."""
    write(articles, "a.jsonl", line("a", "Marée haute."))
    write(articles, "b.jsonl", line("b", "Marée basse."))
    report = rebuild([articles / "b.jsonl"], index)

    assert (report.status.documents, texts(index, "marée")) == (1, ["Titre b"])


def test_an_index_inside_its_corpus(articles: Path) -> None:
    """The files of the index are no part of the corpus: they are neither read nor counted as ignored."""
    write(articles, "a.jsonl", line("a", "Marée haute."))
    inside = articles / "index"
    reports = [rebuild([articles], inside) for _ in range(2)]

    assert [(report.status.documents, report.ignored) for report in reports] == [(1, 0), (1, 0)]


def test_a_file_that_vanishes_is_a_failure(articles: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file deleted between listing and reading is named in the report, and the others are indexed."""
    write(articles, "a.jsonl", line("a", "Marée haute."))
    vanished = write(articles, "b.jsonl", line("b", "Marée basse."))
    listed = find_files([articles])
    vanished.unlink()
    monkeypatch.setattr(rebuilding, "find_files", lambda _folders: listed)
    report = rebuild([articles], index)

    assert (report.status.documents, [failure.path for failure in report.failures]) == (1, ["b.jsonl"])


def refused(folders: list[Path], index: Path) -> str:
    """Return what RebuildFailed says."""
    with pytest.raises(RebuildFailed) as failed:
        rebuild(folders, index)
    return str(failed.value)


def test_a_missing_folder_is_refused(articles: Path, index: Path) -> None:
    """A folder that does not exist is named, and no index is made of the others."""
    write(articles, "a.jsonl", line("a", "Marée haute."))

    assert "nulle-part" in refused([articles, articles / "nulle-part"], index)
    with pytest.raises(IndexMissing):
        open_index(index).status()


@pytest.mark.parametrize("name", [None, "vide.txt", "photo.jpg", "faux.jsonl"])
def test_a_folder_without_articles_keeps_the_old_index(articles: Path, index: Path, name: str | None) -> None:
    """An empty folder, or one with nothing readable, is a mistake: the old index serves on."""
    write(articles, "a.jsonl", line("a", "Marée haute."))
    rebuild([articles], index)
    (articles / "a.jsonl").unlink()
    if name:
        write(articles, name, b"" if name == "vide.txt" else b"\xff\n")

    assert "Aucun article" in refused([articles], index)
    assert texts(index, "marée") == ["Titre a"]


def test_the_same_corpus_gives_the_same_answers(articles: Path, index: Path) -> None:
    """Two rebuilds of one corpus answer alike, passages and scores included."""
    for number in range(20):
        write(articles, f"{number}.jsonl", line(str(number), f"Marée {'haute ' * (number % 5)}, quai numéro {number}."))
    rebuild([articles], index)
    before = ask(open_index(index))
    rebuild([articles], index)

    assert before == ask(open_index(index))


def ask(searcher: Searcher) -> list[object]:
    """Return answers to a few queries."""
    return [
        searcher.search(query, limit=50)
        for query in ("marée", "haute quai", '"marée haute"', "qua*", "marée xylophone")
    ]


def test_rollback_and_back(articles: Path, index: Path) -> None:
    """A rollback brings the previous articles back, a second one returns to the latest."""
    write(articles, "a.jsonl", line("a", "Ancien."))
    rebuild([articles], index)
    write(articles, "a.jsonl", line("a", "Nouveau."))
    report: RebuildReport = rebuild([articles], index)

    assert (rollback(index).generation, texts(index, "ancien")) == (report.status.previous, ["Titre a"])
    assert (rollback(index).generation, texts(index, "nouveau")) == (report.status.generation, ["Titre a"])


def test_a_searcher_finds_the_index_that_comes_later(articles: Path, index: Path) -> None:
    """A searcher opened before the first rebuild answers after it; one whose index was deleted and made anew, too."""
    searcher = open_index(index)
    for text in ("Ancien.", "Nouveau."):
        write(articles, "a.jsonl", line("a", text))
        rebuild([articles], index)

        assert searcher.search(text).total == 1
        shutil.rmtree(index)
