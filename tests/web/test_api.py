"""The JSON of the results."""

from __future__ import annotations

import pytest

from indexer import answer_as_json, open_index


def test_the_api_gives_the_answer_of_the_searcher(client, index):
    """The object is the one that the command line prints for the same words."""
    expected = answer_as_json(open_index(index).search("greve port", limit=20))

    assert client.get("/api/search?q=greve+port").json == expected


def test_marks_are_offsets_in_the_passage(client):
    """Each pair of `marks` cuts the matched word out of `text`; `anchor` is a place on the article's page."""
    (result,) = client.get("/api/search?q=escales").json["results"]
    (passage,) = result["passages"]
    (start, end) = passage["marks"][0]

    assert passage["text"][start:end] == "escales"
    assert passage["anchor"] == "m1"


def test_the_api_reads_the_parameters_of_the_page(client):
    """Filters, order, page and language mean there what they mean on the page."""
    second = client.get("/api/search?q=semaine&tri=ancien&page=2").json
    filtered = client.get("/api/search?q=greve&annee=2020").json

    assert (second["offset"], second["limit"], second["total"]) == (20, 20, 45)
    assert [result["date"] for result in filtered["results"]] == ["2020-03-01"]


def test_unknown_dates_are_null(client):
    """An undated article has no date, rather than a false one."""
    assert client.get("/api/search?annee=0").json["results"][0]["date"] is None


def test_french_is_readable_in_the_json(client):
    """Letters are written as they are, not as escapes."""
    assert "La grève est finie" in client.get("/api/search?q=greve").text


@pytest.mark.parametrize("path", ["/api/search", "/api/search?q=+", "/api/search?q=" + "a" * 5000])
def test_a_request_that_asks_for_nothing_is_refused(client, path):
    """Without a query or a filter, or with an endless one, the answer is 400 and says so in JSON."""
    response = client.get(path)

    assert response.status_code == 400
    assert response.json["error"]["status"] == 400


def test_unknown_addresses_answer_in_json(client):
    """Errors under /api are JSON as well, in the language asked for."""
    assert client.get("/api/nothing?lang=en").json["error"]["title"] == "This page does not exist"
