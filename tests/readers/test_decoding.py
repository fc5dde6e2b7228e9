"""Bytes become the text that was meant."""

from __future__ import annotations

import codecs

import pytest

from indexer.errors import UnreadableFile
from indexer.readers.decoding import decode, decode_html

SENTENCES = [
    "L’œuvre coûte 3 €, là-bas…",
    "été évacuée.",
    "Été",
    "Noël à Évreux : « ça va ? »",
    "ÉTÉ À L’ÎLE D’YEU",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_short_french_text_survives(sentence: str, encoding: str) -> None:
    """A short and heavily accented sentence is read right in each of the encodings of French files."""
    assert sentence == decode(sentence.encode(encoding))


def test_big_endian_mark() -> None:
    """A big-endian byte order mark is obeyed and dropped."""
    assert decode(codecs.BOM_UTF16_BE + "Été".encode("utf-16-be")) == "Été"


def test_damaged_utf_8_stays_utf_8() -> None:
    """A few lost bytes do not turn a whole UTF-8 text into « Ã© »."""
    damaged = "Élève, été, forêt".encode() + b"\xe9"

    assert decode(damaged) == "Élève, été, forêt\ufffd"


@pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, b"\x00" * 64])
def test_binary_data_is_refused(content: bytes) -> None:
    """What no encoding explains raises UnreadableFile."""
    with pytest.raises(UnreadableFile):
        decode(content)


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="iso-8859-15">',
        b'<?xml version="1.0" encoding="ISO-8859-15"?>',
        b"<meta content='a; charset=latin9'>",
    ],
)
def test_declared_charset_counts(head: bytes) -> None:
    """In a page that is not UTF-8, the charset that it declares is believed: byte A4 is € in Latin-9."""
    assert decode_html(head + b"3 \xa4").endswith("3 €")


def test_latin_1_means_cp1252() -> None:
    """A page that says Latin-1 may well contain ’ and œ."""
    assert decode_html(b'<meta charset="iso-8859-1">l\x92\x9cuvre').endswith("l’œuvre")


def test_utf_8_beats_a_stale_declaration() -> None:
    """A page saved by a browser as UTF-8 may go on declaring the charset it once had."""
    assert decode_html('<meta charset="iso-8859-15">Été'.encode()).endswith("Été")


@pytest.mark.parametrize("charset", [b"martien", b"utf-8", b"utf-7", b"hex"])
def test_false_declaration_is_ignored(charset: bytes) -> None:
    """An unknown or impossible charset counts for nothing."""
    assert decode_html(b'<meta charset="' + charset + b'">\xc9t\xe9').endswith("Été")
