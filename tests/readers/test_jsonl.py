"""JSON Lines: good lines become documents, bad ones failures of their own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from indexer.document import Document
from indexer.readers import Failure, files, jsonl

Read = Callable[[str, str | bytes], list[Document | Failure]]

TEXT = "Une dépêche d’une phrase."


def line(**values: object) -> str:
    """Return a line with id, title and text, changed by `values`."""
    return json.dumps({"id": "d1", "title": "Un titre", "text": TEXT} | values)


def test_whole_article(read: Read) -> None:
    """Every key finds its place."""
    article = line(author="Odile Marchandeau", date="12 mai 2019", source="Le Messager", url="https://m.example/1")

    assert read("d.jsonl", article) == [
        Document(
            "d1",
            "Un titre",
            TEXT,
            "Odile Marchandeau",
            dt.date(2019, 5, 12),
            "Le Messager",
            "https://m.example/1",
            "d.jsonl:1",
        )
    ]


def test_bad_lines_do_not_stop_the_rest(read: Read) -> None:
    """A failure names its line; blank lines are passed over and the next line is read."""
    first, failure, last = read("d.jsonl", "\ufeff" + "\r\n".join([line(id="a"), "", "{oups", line(id=7)]))

    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(failure, Failure)
    assert (first.id, last.id, failure.path) == ("a", "7", "d.jsonl:3")


def test_null_is_absent(read: Read) -> None:
    """A null optional value is as good as none."""
    (document,) = read("d.jsonl", line(author=None, date=None, source=None, url=None))

    assert isinstance(document, Document)
    assert (document.author, document.date, document.source, document.url) == ("", None, "", "")


def test_empty_title(read: Read) -> None:
    """An empty title is replaced by the first sentence."""
    (document,) = read("d.jsonl", line(title=" "))

    assert isinstance(document, Document)
    assert document.title == TEXT


def test_source_from_the_address(read: Read) -> None:
    """Without a source, the host of the address is one, without its www."""
    (document,) = read("d.jsonl", line(url="https://www.messager.example/1"))

    assert isinstance(document, Document)
    assert document.source == "messager.example"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://m.example", "//m.example", "http://", "http://[", "x y"])
def test_only_web_addresses(read: Read, url: str) -> None:
    """An address that is not http or https is dropped."""
    (document,) = read("d.jsonl", line(url=url))

    assert isinstance(document, Document)
    assert document.url == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[1]", "objet JSON"),
        ("12", "objet JSON"),
        ("{", "JSON valable"),
        ("[" * 100_000, "JSON valable"),
        ('{"id": ' + "9" * 5000 + "}", "JSON valable"),
        (b"\xff\xfe{", "UTF-8"),
        ('{"id": "a", "text": "b"}', "« title » manque"),
        (line(text=None), "« text » manque"),
        (line(text=["a"]), "n’est pas un texte"),
        (line(author=12), "n’est pas un texte"),
        (line(text=" "), "Aucun texte"),
        (line(id=True), "n’est pas un texte"),
        (line(id=""), "identifiant"),
        (line(id="x" * 201), "identifiant"),
        (line(id="a\nb"), "identifiant"),
        (line(id="\ud800"), "identifiant"),
        (line(id=".."), "identifiant"),
        (line(id="a/../b"), "identifiant"),
        (line(id="a//b"), "identifiant"),
        (line(id="/a"), "identifiant"),
    ],
)
def test_bad_line(fail_one: Callable[[str, str | bytes], str], content: str | bytes, reason: str) -> None:
    """Each fault of a line is told in its own words."""
    assert reason in fail_one("d.jsonl", content).replace("\u00a0", " ")


def test_lone_surrogate(read: Read) -> None:
    """Half of an escaped pair, which no page could show, becomes U+FFFD."""
    (document,) = read("d.jsonl", line(text="Une moitié \ud800 de signe."))

    assert isinstance(document, Document)
    assert document.text == "Une moitié \ufffd de signe."


def test_endless_line(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than the limit is skipped to its end, and the next one is read."""
    for module in (files, jsonl):
        monkeypatch.setattr(module, "MAX_BYTES", 200)

    failure, document = read("d.jsonl", line(text="mot " * 500) + "\n" + line())

    assert isinstance(failure, Failure)
    assert isinstance(document, Document)
