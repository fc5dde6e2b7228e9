"""Spelling on the pages: what is offered for a misspelt word, and how a word goes on while it is typed."""

from __future__ import annotations

import pytest


def spelling(page):
    """The paragraphs that speak of spelling."""
    return page.all("p", class_="spelling")


def test_a_misspelt_word_is_read_as_meant(page):
    """The results are those of the right spelling; the page says so and offers to search as typed."""
    found = page(q="capitainnerie", source="La Gazette du Ponant")

    assert [mark.text for mark in found.all("mark")] == ["capitainerie"]
    assert found.one("p", class_="remark").text == (
        "Aucun article ne contient «\xa0capitainnerie\xa0»\xa0: voici les résultats pour «\xa0capitainerie\xa0»."
    )
    assert found.one("input", id="q")["value"] == "capitainnerie"
    assert found.all("p", class_="understood") == []
    (as_typed,) = spelling(found)
    assert as_typed.text == "Chercher «\xa0capitainnerie\xa0» tel quel"
    assert as_typed.one("a")["href"] == "/?q=capitainnerie&source=La+Gazette+du+Ponant&correction=non"


def test_a_word_can_be_searched_for_as_typed(page):
    """Nothing is found then; the spelling is offered, with the number of its articles, and keeps the filters."""
    found = page(q="capitainnerie", correction="non", annee="2019")

    (offer,) = spelling(found)
    assert found.all("article") == []
    assert offer.text == "Essayez avec l’orthographe\xa0: capitainerie (1 article)"
    assert offer.one("a")["href"] == "/?q=capitainerie&annee=2019"


def test_an_offer_in_english(page):
    """The sentence follows the page, the words stay French."""
    (offer,) = spelling(page(q="capitainnerie", correction="non", lang="en"))

    assert (offer.text, offer.one("q")["lang"]) == ("Try the spelling: capitainerie (1 article)", "fr")


def test_the_article_keeps_the_repaired_word(page):
    """From a result of a repaired search the article opens at the word, with its place among the results."""
    link = page(q="capitainnerie").one("article", class_="result").one("h2").one("a")["href"]
    opened = page(link.partition("#")[0])

    assert [mark.text for mark in opened.all("mark")] == ["capitainerie"]
    assert "1 sur 1" in opened.text


def test_a_known_word_is_left_alone(page):
    """Nothing is said of the spelling of a word that articles have."""
    assert spelling(page(q="greve")) == []


def test_the_json_offers_the_same(client):
    """`suggestions` and `repaired` travel with the answer; `correction=non` holds there too."""
    read, typed = (client.get(f"/api/search?q=capitainnerie{more}").json for more in ("", "&correction=non"))

    assert (read["repaired"], read["total"], typed["repaired"], typed["total"]) == (True, 1, False, 0)
    assert (
        read["suggestions"]
        == typed["suggestions"]
        == [{"query": "capitainerie", "spellings": [["capitainnerie", "capitainerie"]], "total": 1}]
    )


def test_completions_are_what_browsers_expect(client):
    """What was typed, then the queries, as OpenSearch Suggestions; the reader's browser may keep them."""
    response = client.get("/suggestions?q=la+gre")

    assert response.json == ["la gre", ["la grève"]]
    assert response.mimetype == "application/x-suggestions+json"
    assert response.headers["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize("query", ["", "?q=", "?q=zzz", "?q=%00", "?q=" + "a" * 3000, "?q=%22%28"])
def test_nothing_to_complete(client, query):
    """An empty list, whatever is asked."""
    assert client.get(f"/suggestions{query}").json[1] == []
