"""The article page: the whole text, its marks, the ways between them."""

from __future__ import annotations

import pytest

GREVE = "/article/port/greve-2019"


def test_marks_are_numbered_in_reading_order(page):
    """Every occurrence is a mark with its own anchor: m1, m2, m3."""
    text = page(GREVE, q="greve").one("div", class_="text")

    assert [(mark["id"], mark.text) for mark in text.all("mark")] == [("m1", "grève"), ("m2", "grève"), ("m3", "grève")]


def test_links_of_the_results_lead_to_marks_of_the_article(page, client, read_html):
    """Whatever a result links to exists on the page it opens."""
    for link in page(q="greve ecole").one("ol").all("a"):
        path, _, anchor = link["href"].partition("#")
        opened = read_html(client.get(path).text)
        assert anchor in {element["id"] for element in opened.inside}


def test_marks_lead_to_their_neighbours(page):
    """Beside each mark are plain links to the one before and the one after; the ends have one link only."""
    steps = page(GREVE, q="greve").one("div", class_="text").all("span", class_="steps")

    assert [[link["href"] for link in step.all("a")] for step in steps] == [["#m2"], ["#m1", "#m3"], ["#m2"]]
    assert "Occurrence 2 sur 3" in steps[1].text


def test_paragraphs_have_addresses(page):
    """Each paragraph has an anchor, so that a passage can be cited by its address."""
    paragraphs = page(GREVE).one("div", class_="text").all("p")

    assert [paragraph["id"] for paragraph in paragraphs] == ["p1", "p2", "p3"]


def test_the_text_is_whole_and_unchanged(page):
    """Marks hidden, the page holds the article's very characters, blanks included."""
    paragraphs = page(GREVE, q="greve", marques="non").one("div", class_="text").all("p")

    assert paragraphs[0].text == "Les dockers ont voté la grève à main levée, sous une pluie battante."


def test_marks_can_be_hidden_and_shown_again(page):
    """One link takes the marks away, the query kept; another brings them back."""
    marked, plain = page(GREVE, q="greve", rang="2"), page(GREVE, q="greve", rang="2", marques="non")

    hide = marked.one("div", class_="bar").all("a")[-1]
    show = plain.one("div", class_="bar").all("a")[-1]

    assert (hide.text, hide["href"]) == ("Masquer les marques", f"{GREVE}?q=greve&rang=2&marques=non")
    assert (show.text, show["href"]) == ("Montrer les marques", f"{GREVE}?q=greve&rang=2")
    assert not plain.all("mark")


def test_the_bar_tells_the_query_and_leads_to_its_first_occurrence(page):
    """The bar above the text holds the query, the count and a link to the first mark."""
    bar = page(GREVE, q="greve").one("div", class_="bar")

    assert bar.one("q").text == "greve"
    assert "3 occurrences" in bar.text
    assert bar.all("a")[0]["href"] == "#m1"


def test_without_a_query_there_is_nothing_to_mark(page):
    """An article opened by its bare address has no bar, no mark, no way back to results."""
    found = page(GREVE)

    assert not found.all("mark")
    assert not found.all("div", class_="bar")
    assert not found.all("nav", class_="path")


def test_the_way_back_leads_to_the_result(page):
    """« Retour » opens the page of results on which the article stands, at its place."""
    article = page(q="semaine", page="2").all("article")[4].one("h2").one("a")["href"].partition("#")[0]

    back = page(article).one("nav", class_="path").all("a")[0]

    assert back.text == "← Retour aux 45 résultats"
    assert back["href"] == "/?q=semaine&page=2#r25"


def test_neighbours_in_the_results_are_one_click_away(page):
    """The articles before and after in the results, in their order, and the rank among them."""
    shown = page(q="semaine", tri="ancien").all("h2", lang="fr")
    path = page(shown[1].one("a")["href"].partition("#")[0]).one("nav", class_="path")

    assert path.one("a", rel="prev")["href"] == shown[0].one("a")["href"]
    assert path.one("a", rel="next")["href"] == shown[2].one("a")["href"]
    assert "2 sur 45" in path.text


def test_the_first_and_the_last_have_one_neighbour(page):
    """At the ends of the results only one side has a link."""
    first = page(page(q="greve").all("h2", lang="fr")[0].one("a")["href"].partition("#")[0])
    last = page(page(q="greve").all("h2", lang="fr")[1].one("a")["href"].partition("#")[0])

    assert not first.one("nav", class_="path").all("a", rel="prev")
    assert not last.one("nav", class_="path").all("a", rel="next")


@pytest.mark.parametrize("rank", ["2000", "7", "0", "x", "-3"])
def test_a_rank_that_is_wrong_gives_a_plain_way_back(page, rank):
    """When the results have changed since the link was made, the page only offers the results."""
    path = page(GREVE, q="greve", rang=rank).one("nav", class_="path")

    assert [link["href"] for link in path.all("a")] == ["/?q=greve"]


def test_the_reference_can_be_selected(page):
    """Author, title, source, date and addresses stand as text."""
    reference = page(GREVE).one("footer", class_="reference")

    assert reference.one("p", class_="citation").text == (
        "Hélène Vasseur, «\xa0Au port, la grève reconduite jusqu’à vendredi\xa0», La Gazette du Ponant, "
        "12 décembre 2019, https://gazette.example/greve."
    )
    assert reference.one("p", class_="here").text == f"http://localhost{GREVE}"


def test_reference_managers_can_read_the_page(page):
    """The head holds what a reference manager looks for, and asks robots to keep away."""
    head = page(GREVE, q="greve").one("head")
    metas = {meta["name"]: meta["content"] for meta in head.all("meta")}

    assert metas["citation_title"] == "Au port, la grève reconduite jusqu’à vendredi"
    assert metas["citation_author"] == "Hélène Vasseur"
    assert metas["citation_journal_title"] == "La Gazette du Ponant"
    assert metas["citation_publication_date"] == "2019/12/12"
    assert metas["robots"] == "noindex"
    assert head.one("link", rel="canonical")["href"] == f"http://localhost{GREVE}"


def test_unknown_metadata_is_left_out(page):
    """An article without author, date and source makes no claim about them."""
    found = page("/article/cirque")

    names = {meta["name"] for meta in found.all("meta")}

    assert not {"citation_author", "citation_publication_date", "citation_journal_title"} & names
    assert found.one("p", class_="citation").text == "«\xa0Funambule\xa0», date inconnue."


def test_title_marks_carry_no_number(page):
    """The word is marked in the title too, without an anchor that the text already uses."""
    found = page(GREVE, q="greve")

    assert [mark.attributes for mark in found.one("h1").all("mark")] == [{}]
    assert len({mark["id"] for mark in found.all("mark") if mark["id"]}) == 3


def test_the_article_is_french_on_an_english_page(page):
    """The text and the title keep their language when the page speaks English."""
    found = page(GREVE, q="greve", lang="en")

    assert found.one("html")["lang"] == "en"
    assert found.one("h1")["lang"] == "fr"
    assert found.one("div", class_="text")["lang"] == "fr"
