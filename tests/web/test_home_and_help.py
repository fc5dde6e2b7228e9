"""The home page, the help, and what browsers and watchdogs ask for."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from indexer import Settings, open_index, rebuild
from web import create_app
from web.examples import EXAMPLES


def test_home_tells_what_the_archive_holds(page):
    """How many articles, of how many sources, from when to when."""
    found = page()

    assert found.one("h1").text == "Rechercher dans 49 articles"
    assert "13 sources, mai 2000 – mars 2020" in found.one("p", class_="extent").text


def test_home_leads_to_the_undated_articles(page):
    """Articles without a date are not hidden: a link lists them."""
    assert page().one("p", class_="fresh").one("a")["href"] == "/?annee=0"


@pytest.mark.parametrize("query", ["", "   ", "\t\n"])
def test_an_empty_query_is_the_home_page(page, query):
    """Nothing typed, nothing searched."""
    assert page(q=query).one("body")["class"] == "home"


def test_the_archive_bears_its_own_name(index):
    """The name of the settings is on the page and in its title."""
    client = create_app(Settings(index=index, name="Presse & <quartier>")).test_client()

    text = client.get("/").text

    assert "<title>Presse &amp; &lt;quartier&gt;</title>" in text
    assert "<quartier>" not in text


def test_every_example_of_the_help_is_understood(page, app):
    """What the help says to type never gets a remark."""
    searcher = app.extensions["archive"].searcher

    for example in page("/aide").all("code"):
        assert searcher.search(example.text).remarks == ()


def test_every_example_of_the_help_has_its_articles(page):
    """Each query shows an article that it finds and one that it does not; no other is kept."""
    assert sorted(example.text for example in page("/aide").all("code")) == sorted(EXAMPLES)


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """A searcher over the articles of all the examples."""
    room = tmp_path_factory.mktemp("samples")
    articles = [
        {**sample._asdict(), "text": sample.text or "Rien.", "date": sample.date or None, "id": f"{kind} {query}"}
        for query, example in EXAMPLES.items()
        for kind, sample in example._asdict().items()
    ]
    (room / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    rebuild([room / "articles.jsonl"], room / "index")
    return open_index(room / "index")


@pytest.mark.parametrize("query", EXAMPLES)
def test_an_example_of_the_help_finds_what_it_says(samples, query):
    """Among the articles of all the examples, the one that should be found is, the other is not."""
    answer = samples.search(query, limit=100)
    found = {result.id for result in answer.results if not result.missing}

    assert answer.complete
    assert f"found {query}" in found
    assert f"left {query}" not in found


def test_browsers_can_search_from_the_address_bar(client):
    """The OpenSearch description names the archive and where to send the words."""
    response = client.get("/opensearch.xml")
    urls = ET.fromstring(response.text).findall("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert response.mimetype == "application/opensearchdescription+xml"
    assert {url.attrib["type"]: url.attrib["template"] for url in urls} == {
        "text/html": "http://localhost/?q={searchTerms}",
        "application/x-suggestions+json": "http://localhost/suggestions?q={searchTerms}",
    }


def test_health_is_good_when_the_index_is(client):
    """A watchdog reads 200 and the number of documents."""
    response = client.get("/sante")

    assert response.status_code == 200
    assert response.json["documents"] == 49


def test_health_is_bad_without_an_index(tmp_path):
    """A watchdog reads 503 while there is nothing to search."""
    response = create_app(Settings(index=tmp_path)).test_client().get("/sante")

    assert (response.status_code, response.json) == (503, {"state": "IndexMissing"})


@pytest.mark.parametrize("name", ["style.css", "completion.js", "favicon.svg"])
def test_assets_are_kept_for_a_year_under_their_digest(client, page, name):
    """The address that pages give changes with the content, so it may be kept; the bare one may not."""
    linked = {element["href"] or element["src"] for element in (*page().all("link"), *page().all("script"))}
    (address,) = {address for address in linked if address.startswith(f"/{name}")}

    lasting, bare = client.get(address), client.get(f"/{name}")

    assert lasting.cache_control.max_age == 31536000
    assert bare.cache_control.max_age is None
    assert client.get(address, headers={"If-None-Match": lasting.headers["ETag"]}).status_code == 304


def test_assets_do_not_follow_paths(client):
    """Only the listed assets are served."""
    assert client.get("/base.html").status_code == 404
    assert client.get("/..%2f__init__.py").status_code == 404
