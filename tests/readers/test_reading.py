"""The room's promise: whatever the bytes, reading tells and never raises."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.document import Document
from indexer.readers import READERS, CorpusFile, Failure, find_files, find_unsupported, read_file

MARKUP = '<p>|</p>|<div class=pub>|<table>|<td>|<br>|# |- |---\n|title: |[^1]|`|\n\n|\r\n|{"id":|"text"|,|}|Par |12 mai 2019|\0|é|’|\ud800'  # noqa: E501 — one table

CONTENTS = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(st.sampled_from(MARKUP.split("|"))).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
)


@pytest.mark.parametrize("extension", sorted(READERS))
@settings(max_examples=40, deadline=None)
@given(content=CONTENTS)
def test_reading_never_raises(extension: str, content: bytes) -> None:
    """Any bytes under any extension give documents that can be stored and shown, or failures with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"a{extension}")
        file.write_bytes(content)

        for read in read_file(CorpusFile(Path(folder), file)):
            if isinstance(read, Failure):
                assert str(read.reason)
            else:
                assert read.title.strip()
                assert all(paragraph.strip() for paragraph in read.paragraphs)
                f"{read.id}{read.title}{read.text}{read.author}{read.source}{read.url}".encode()


def test_sample_corpus(corpus: Path) -> None:
    """Every file of the sample corpus is read, and none of its texts keeps the furniture of its site."""
    read = [found for file in find_files([corpus]) for found in read_file(file)]
    documents = [found for found in read if isinstance(found, Document)]
    left = (
        "Lire aussi",
        "À lire également",
        "Laisser un commentaire",
        "Mentions légales",
        "newsletter",
        "Leave a Reply",
    )

    assert documents == read
    assert len(documents) == len({document.id for document in documents})
    assert not [(document.path, words) for document in documents for words in left if words in document.text]
    assert all(file.path.suffix for file in find_unsupported([corpus]))
