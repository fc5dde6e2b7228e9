"""Which files are articles, and opening them safely."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.errors import RebuildFailed
from indexer.readers import CorpusFile, Failure, files, find_files, find_unsupported, read_file

TEXT = "Un article d’une phrase, assez longue pour être lue."


def write(folder: Path, *names: str) -> None:
    """Write the same small text in each of the files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, "utf-8")


def test_visible_known_files_in_order(tmp_path: Path) -> None:
    """Articles come sorted by path; hidden files, README files and unknown formats are passed over."""
    write(
        tmp_path, "b.txt", "a/z.md", "a/b/c.HTML", ".cache/x.txt", ".x.txt", "README.md", "a/readme.txt", "a/photo.jpg"
    )

    assert [file.name for file in find_files([tmp_path])] == ["a/b/c.HTML", "a/z.md", "b.txt"]
    assert [file.name for file in find_unsupported([tmp_path])] == ["a/photo.jpg"]


def test_order_of_the_folders(tmp_path: Path) -> None:
    """The first folder named comes first; a file may be named, and is given once."""
    write(tmp_path, "one/b.txt", "two/a.txt")

    found = find_files([tmp_path / "two", tmp_path / "one" / "b.txt", tmp_path / "one"])

    assert [file.name for file in found] == ["a.txt", "b.txt"]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist stops the rebuild: it is a mistake, not an empty corpus."""
    with pytest.raises(RebuildFailed, match="n’existe pas"):
        find_files([tmp_path / "absent"])


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    """A link to a file outside the folder, to a folder, or to itself is not followed."""
    write(tmp_path, "outside/secret.txt", "corpus/a.txt")
    corpus = tmp_path / "corpus"
    (corpus / "out.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (corpus / "folder").symlink_to(tmp_path / "outside")
    (corpus / "loop.txt").symlink_to(corpus / "loop.txt")

    assert [file.name for file in find_files([corpus])] == ["a.txt"]


def test_link_out_is_refused_on_reading(tmp_path: Path) -> None:
    """A file replaced by a link to the outside after it was found is refused."""
    write(tmp_path, "secret.txt", "corpus/a.txt")
    link = tmp_path / "corpus" / "b.txt"
    link.symlink_to(tmp_path / "secret.txt")

    (failure,) = read_file(CorpusFile(tmp_path / "corpus", link))

    assert isinstance(failure, Failure)
    assert "hors du dossier" in str(failure.reason)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_does_not_block(tmp_path: Path) -> None:
    """A named pipe is not an article: it is not found, and reading it fails at once."""
    os.mkfifo(tmp_path / "a.txt")

    (failure,) = read_file(CorpusFile(tmp_path, tmp_path / "a.txt"))

    assert find_files([tmp_path]) == []
    assert isinstance(failure, Failure)


def test_vanished_file(tmp_path: Path) -> None:
    """A file that is gone when its turn comes is a failure of its own."""
    (failure,) = read_file(CorpusFile(tmp_path, tmp_path / "a.txt"))

    assert isinstance(failure, Failure)
    assert failure.path == "a.txt"


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than the limit is refused."""
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    write(tmp_path, "a.txt")

    (failure,) = read_file(CorpusFile(tmp_path, tmp_path / "a.txt"))

    assert isinstance(failure, Failure)
    assert "dépasse" in str(failure.reason)


def test_same_content_same_id(tmp_path: Path) -> None:
    """The id comes from the bytes: it survives a new name, and two copies share it."""
    write(tmp_path, "a.txt", "folder/b.txt")

    one, two = (document for file in find_files([tmp_path]) for document in read_file(file))

    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert one.id == two.id
    assert [one.path, two.path] == ["a.txt", "folder/b.txt"]


def test_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name in some other encoding is shown with U+FFFD, never as a lone surrogate."""
    name = CorpusFile(tmp_path, tmp_path / os.fsdecode(b"\xe9t\xe9.txt")).name

    assert name == "\ufffdt\ufffd.txt"
