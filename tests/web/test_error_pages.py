"""What a reader sees when something is wrong: a page in their language, with a way on."""

from __future__ import annotations

import logging
import re
import shutil

import pytest

from indexer import RebuildLocked, Settings, message
from web import create_app


class Broken:
    """A searcher with a mistake in it, whose message tells the query, as messages do."""

    def search(self, text, **options):
        raise ValueError("cannot search", text)


@pytest.fixture
def broken(tmp_path):
    return create_app(Settings(index=tmp_path), Broken()).test_client()


@pytest.fixture
def damaged(index, tmp_path):
    """The small archive with one byte changed in each file of its index."""
    copy = shutil.copytree(index, tmp_path / "damaged")
    for file in copy.rglob("*"):
        if file.is_file() and (content := bytearray(file.read_bytes())):
            content[len(content) // 2] ^= 0xFF
            file.write_bytes(content)
    return create_app(Settings(index=copy)).test_client()


@pytest.mark.parametrize("path", ["/nothing", "/article/nothing", "/article/", "/static/style.css"])
def test_what_does_not_exist_is_a_full_page(client, read_html, path):
    """A 404 has the search field, a heading and a link back."""
    response = client.get(path)
    page = read_html(response.text)

    assert response.status_code == 404
    assert page.one("html")["lang"] == "fr"
    assert page.one("input", type="search")
    assert page.one("main").one("a")["href"] == "/"
    assert page.one("h1").text in {"Cette page n’existe pas", "Article introuvable"}


@pytest.mark.parametrize("path", ["/", "/?q=greve", "/article/cirque"])
def test_a_missing_index_tells_the_command(tmp_path, read_html, path):
    """503, and what to type on the server."""
    response = create_app(Settings(index=tmp_path / "none")).test_client().get(path)
    page = read_html(response.text)

    assert response.status_code == 503
    assert page.one("h1").text == "L’index n’existe pas encore"
    assert page.one("kbd").text == "furet rebuild DOSSIER"


@pytest.mark.parametrize("path", ["/", "/?q=greve", "/article/cirque"])
def test_a_damaged_index_is_never_searched(damaged, read_html, path):
    """503 and the command, rather than wrong answers."""
    response = damaged.get(path)

    assert response.status_code == 503
    assert read_html(response.text).one("h1").text == "L’index est endommagé"


def test_the_pages_come_back_with_the_index(build_index, tmp_path):
    """The same server answers as soon as the index is there."""
    client = create_app(Settings(index=tmp_path / "index")).test_client()

    before = client.get("/?q=phare").status_code
    build_index([{"id": "phare", "title": "Le phare", "text": "Le phare du bout du monde est rallumé."}])

    assert (before, client.get("/?q=phare").status_code) == (503, 200)


def test_an_unexpected_error_has_a_reference(broken, caplog):
    """The reader and the log are given the same reference."""
    with caplog.at_level(logging.ERROR):
        response = broken.get("/?q=secret")
    (reference,) = re.findall(r"Référence de l’incident\xa0: ([0-9A-F]{6})", response.text)

    assert response.status_code == 500
    assert "Une erreur s’est produite" in response.text
    assert reference in caplog.text


def test_the_log_never_tells_the_query(broken, caplog):
    """The log says where and what kind of error, not what was searched."""
    with caplog.at_level(logging.DEBUG):
        broken.get("/?q=secret&source=cachette")

    assert "ValueError" in caplog.text
    assert "test_error_pages.py" in caplog.text
    assert "secret" not in caplog.text
    assert "cachette" not in caplog.text


def test_errors_that_no_page_expects_are_unexpected(tmp_path):
    """An error of ours that reading cannot cause, were it to happen, gets a reference too."""

    class Locked:
        def search(self, text, **options):
            raise RebuildLocked(message("Une autre reconstruction est en cours."))

    response = create_app(Settings(index=tmp_path), Locked()).test_client().get("/?q=greve")

    assert response.status_code == 500
    assert "Référence de l’incident" in response.text


def test_errors_are_json_under_the_api(broken, tmp_path):
    """A program reads the status, the reference and what to do in JSON."""
    missing = create_app(Settings(index=tmp_path / "none")).test_client().get("/api/search?q=greve")
    unexpected = broken.get("/api/search?q=greve")

    assert (missing.status_code, missing.json["error"]["command"]) == (503, "furet rebuild DOSSIER")
    assert (unexpected.status_code, len(unexpected.json["error"]["incident"])) == (500, 6)


def test_errors_speak_english_too(client, tmp_path):
    """The language of the address, or of the settings, holds for errors."""
    english = create_app(Settings(index=tmp_path / "none", language="en")).test_client()

    assert "This page does not exist" in client.get("/nothing?lang=en").text
    assert "There is no index yet" in english.get("/").text
