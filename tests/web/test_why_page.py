"""« Pourquoi ce résultat ? »: the page and the JSON that explain a result."""

from __future__ import annotations

import pytest

from indexer import explanation_as_json, open_index

GREVE = "port/greve-2019"


def cells(found):
    """The rows of the table: part, forms, product, points."""
    rows = found.one("tbody").all("tr")
    return [[" ".join(cell.text.split()) for cell in row.all() if cell.name in {"th", "td"}] for row in rows]


def test_each_result_leads_to_its_explanation(page, client):
    """One plain link a result, which keeps what was asked; the page is about that result."""
    listed = page(q="greve", annee="2019").one("ol").all("article")

    links = [result.one("p", class_="why").one("a")["href"] for result in listed]
    assert links == [f"/pourquoi/{GREVE}?q=greve&annee=2019&rang=1"]
    assert client.get(links[0]).status_code == 200


def test_filters_alone_have_nothing_to_explain(page):
    """Without a query nothing was scored: no link on the results, none on the article."""
    assert not page(annee="2019").all("p", class_="why")
    assert not page(f"/article/{GREVE}").all("p", class_="why")


def test_the_article_leads_to_its_explanation_and_back(page):
    """The article page has the link too, and the explanation leads back to article and results."""
    there = page(f"/article/{GREVE}", q="greve", rang="1").one("p", class_="why").one("a")["href"]
    back = page(there).one("nav", class_="path").all("a")

    assert [link["href"] for link in back] == [f"/article/{GREVE}?q=greve&rang=1", "/?q=greve#r1"]


def test_the_table_tells_forms_product_and_points(page):
    """Each part has the forms of the article with their counts, how its score is made, and the score."""
    ((part, forms, product, points),) = cells(page(f"/pourquoi/{GREVE}", q="les greves"))

    assert part == "greves mot"
    assert forms == "grève (titre 1, texte 3)"
    assert product.startswith("rareté ")
    assert "(2 articles sur 49)" in product
    assert product.endswith("forme tapée absente 0,80")
    assert float(points.replace(",", ".")) > 0


def test_the_points_add_up_to_the_score(page):
    """The foot of the table is the score of the result; the rows, rounded, add up to it."""
    found = page(f"/pourquoi/{GREVE}", q="greve ecole professeur")
    points = [float(row[-1].replace(",", ".")) for row in cells(found)]

    total = float(found.one("tfoot").one("td").text.replace(",", "."))
    assert sum(points) == pytest.approx(total, abs=0.005 * (len(points) + 1))


def test_words_left_out_and_missing_are_told(page):
    """Small words that were not looked for are named; so is what the article lacks."""
    main = page("/pourquoi/port/greve-2020", q="la greve des ecoles").one("main")

    assert [word.text for word in main.all("p")[2].all("q")] == ["la", "des"]
    assert [part.text for part in main.all("s")] == ["ecoles"]


def test_an_article_that_is_no_result_says_why(page):
    """Whoever asks for another article learns what keeps it out."""
    lacking = page("/pourquoi/cirque", q="greve")
    filtered = page("/pourquoi/cirque", q="funambule", annee="2019")

    assert lacking.one("p", class_="verdict").text == "Cet article n’est pas parmi les résultats."
    assert not lacking.all("table")
    assert filtered.one("p", class_="verdict").text.endswith("Les filtres l’écartent.")


def test_the_table_can_be_read_by_ear_and_by_keys(page):
    """It has a caption, headings with their scope, and a region that keys can scroll."""
    found = page(f"/pourquoi/{GREVE}", q="greve")

    assert found.one("table").one("caption").text
    assert {heading["scope"] for heading in found.one("table").all("th")} == {"col", "row"}
    assert found.one("div", class_="scroll")["tabindex"] == "0"
    assert len(found.all("h1")) == 1


@pytest.mark.parametrize("path", ["/pourquoi/nothing?q=greve", "/api/explain/nothing?q=greve"])
def test_an_unknown_article_is_not_found(client, path):
    """An id that no article has answers 404."""
    assert client.get(path).status_code == 404


def test_the_api_gives_the_explanation_of_the_searcher(client, index):
    """The object is the one that the command line prints; the page links to it."""
    expected = explanation_as_json(open_index(index).explain("greve ecole", GREVE))

    assert client.get(f"/api/explain/{GREVE}?q=greve+ecole").json == expected
    assert f"/api/explain/{GREVE}?q=greve+ecole" in client.get(f"/pourquoi/{GREVE}?q=greve+ecole").text


def test_without_a_query_the_api_has_nothing_to_explain(client):
    """As with a search that asks for nothing, the answer is 400."""
    assert client.get(f"/api/explain/{GREVE}").status_code == 400


def test_what_is_typed_is_text(client):
    """A query is never markup."""
    assert "<script>x" not in client.get(f"/pourquoi/{GREVE}?q=<script>x</script>").text
