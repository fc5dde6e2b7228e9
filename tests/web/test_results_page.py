"""The results page: what each result shows, and the ways on from it."""

from __future__ import annotations

import pytest

from indexer import Settings
from web import create_app


def results(page):
    return page.all("article", class_="result")


def titles(page):
    return [result.one("h2").text for result in results(page)]


def test_words_are_found_without_their_accents(page):
    """« greve » finds « grève », and the word is marked as it is written."""
    found = page(q="greve port")

    marks = [mark.text for mark in results(found)[0].all("mark")]

    assert "Au port, la grève reconduite jusqu’à vendredi" in titles(found)
    assert {"grève", "port"} <= set(marks)


def test_the_settings_say_how_many_passages_a_result_has(index, read_html):
    """Results show several passages each where they have them, and one where the settings want no more."""

    def shown(settings):
        found = read_html(create_app(settings).test_client().get("/?q=greve+port").text)
        return [len(result.one("ul", class_="passages").all("li")) for result in results(found)]

    assert max(shown(Settings(index=index))) > 1
    assert set(shown(Settings(index=index, passages=1))) == {1}


def test_the_box_asks_for_the_exact_spelling(page):
    """With the box ticked words are found as spelt only; the page and its links keep it."""
    exact, tolerant = page(q="ecole", exact="1"), page(q="ecole")

    assert (len(results(exact)), len(results(tolerant))) == (0, 2)
    assert "checked" in exact.one("input", name="exact").attributes
    assert "checked" not in tolerant.one("input", name="exact").attributes
    found = page(q="école", exact="1")
    assert titles(found)
    assert all("exact=1" in result.one("h2").one("a")["href"] for result in results(found))
    assert not found.all("p", class_="understood")


def test_a_mark_leaves_the_elided_article_outside(page):
    """Only « École » is marked in « l’École »."""
    found = page(q="ecole maritime")

    passage = results(found)[0].one("ul", class_="passages")

    assert "École maritime" in " ".join(mark.text for mark in passage.all("mark"))
    assert "l’École" in passage.text
    assert "l’École" not in [mark.text for mark in passage.all("mark")]


def test_source_and_date_come_before_the_title(page):
    """A press reader judges by where and when: they open the result, in French."""
    result = results(page(q="escales"))[0]

    assert result.children[0].text == "La Gazette du Ponant · 12 décembre 2019"
    assert result.one("time")["datetime"] == "2019-12-12"
    assert result.one("p", class_="byline").text.startswith("Par Hélène Vasseur · ")


def test_what_is_unknown_is_said(page):
    """An article without date or source says so."""
    result = results(page(q="clochers"))[0]

    assert result.one("p", class_="provenance").text == "Source inconnue · Date inconnue"


def test_occurrences_are_counted(page):
    """The byline counts the marks of the whole text."""
    result = results(page(q="greve", auteur="Hélène Vasseur"))[0]

    assert result.one("p", class_="byline").text.endswith(" · 3 occurrences")


def test_title_leads_to_the_first_passage(page):
    """The title is the one link of its heading; it opens the article at its first passage."""
    result = results(page(q="escales"))[0]

    href = result.one("h2").one("a")["href"]

    assert href == "/article/port/greve-2019?q=escales&rang=1#m1"


def test_every_passage_is_a_link_to_its_place(page):
    """Each passage opens the article at its own first mark."""
    result = results(page(q="greve", auteur="Hélène Vasseur"))[0]

    links = [link["href"] for link in result.one("ul", class_="passages").all("a")]

    assert len(links) == 2
    assert {link.partition("#")[2] for link in links} == {"m1", "m2"}


def test_a_word_of_the_title_alone_is_told(page):
    """When only the title matches, the result says so and shows how the article begins."""
    result = results(page(q="funambule"))[0]

    assert result.one("p", class_="title-only").text == "Terme trouvé dans le titre"
    assert result.one("p", class_="opening").text.startswith("Il marche depuis l’enfance")


def test_partial_answers_strike_what_is_missing(page):
    """When no article has every word the best are shown, with the missing words struck through."""
    found = page(q="dockers clochers")

    assert "Aucun article ne contient tous ces mots. Voici ceux qui en contiennent le plus." in found.text
    assert {word.text for word in found.all("s")} == {"dockers", "clochers"}


def test_the_count_is_announced(page):
    """The number of results is a status that assistive tools announce."""
    assert page(q="semaine").one(role="status").text == "45 articles — 1 à 20"
    assert page(q="escales").one(role="status").text == "1 article"


def test_pages_follow_each_other(page):
    """« Suivants » and « Précédents » walk through all the results, above and below the list."""
    first, last = page(q="semaine"), page(q="semaine", page="3")

    assert [nav.one(aria_current="page").text for nav in first.all("nav", class_="pagination")] == ["Page 1 sur 3"] * 2
    assert {link["href"] for link in first.all("a", rel="next")} == {"/?q=semaine&page=2"}
    assert {link["href"] for link in last.all("a", rel="prev")} == {"/?q=semaine&page=2"}
    assert not first.all("a", rel="prev")
    assert not last.all("a", rel="next")
    assert last.one("ol")["start"] == "41"
    assert len(results(last)) == 5


def test_no_result_is_lost_or_shown_twice_between_pages(page):
    """The pages together show each article once."""
    shown = [title for number in "123" for title in titles(page(q="semaine", page=number))]

    assert len(set(shown)) == len(shown) == 45


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "", "9999999999"])
def test_a_page_that_makes_no_sense_is_the_first(page, number):
    """A page number that is none is ignored."""
    assert page(q="semaine", page=number).one(role="status").text == "45 articles — 1 à 20"


def test_a_page_past_the_end_is_the_last(page):
    """A link kept from a larger archive shows the last page there is now."""
    assert page(q="semaine", page="800").one(role="status").text == "45 articles — 41 à 45"


def test_results_can_be_sorted(page):
    """The three orders are links; the one in force is told and is no link."""
    newest, oldest = page(q="greve", tri="recent"), page(q="greve", tri="ancien")

    assert titles(newest) == list(reversed(titles(oldest)))
    assert oldest.one(aria_current="true").text == "Plus anciens"
    assert [link["href"] for link in oldest.one("nav", class_="sorts").all("a")] == [
        "/?q=greve",
        "/?q=greve&tri=recent",
    ]


def test_an_unknown_order_is_ignored(page):
    """A value of « tri » that Furet does not know changes nothing."""
    assert page(q="greve", tri="hasard").one(aria_current="true").text == "Pertinence"


def test_facets_count_the_whole_result(page):
    """Each value of a facet is a link with its count; unknown values have a name."""
    found = page(q="greve")

    sources = found.one("details", class_="facets").all("section")[0]

    assert sources.one("h2").text == "Source"
    assert sources.one("a").text == "La Gazette du Ponant 2"
    assert sources.one("a")["href"] == "/?q=greve&source=La+Gazette+du+Ponant"


def test_long_facets_fold_after_eight_values(page):
    """Eight values are shown, the others unfold under « Voir plus »."""
    found = page(q="semaine")

    for section in found.one("details", class_="facets").all("section"):
        more = section.one("details")
        assert more.one("summary").text == "Voir plus"
        assert len(section.all("a")) - len(more.all("a")) == 8


def test_a_filter_narrows_and_can_be_lifted(page):
    """An active filter is a chip that takes itself away, and keeps the rest of the address."""
    found = page(q="greve", annee="2020", tri="recent")

    chips = found.one("ul", class_="chips").all("a")

    assert titles(found) == ["Les dockers reprennent le travail"]
    assert [chip.text for chip in chips] == ["Année\xa0: 2020 ✕ – retirer ce filtre", "Tout effacer"]
    assert chips[0]["href"] == "/?q=greve&tri=recent"


def test_what_fills_a_sentence_in_is_escaped_once(page):
    """The name of a source is shown as it is, whatever signs it has."""
    chips = page(q="greve", source="Brèves & <Cie> 100 %").one("ul", class_="chips").all("a")

    assert chips[0].text == "Source\xa0: Brèves & <Cie> 100 % ✕ – retirer ce filtre"


def test_filters_without_a_query_list_everything(page):
    """Filters alone list the articles, the latest first; « Pertinence » would mean nothing."""
    found = page(source="La Gazette du Ponant")

    assert titles(found)[0] == "Les dockers reprennent le travail"
    assert "Pertinence" not in found.one("nav", class_="sorts").text


@pytest.mark.parametrize("parameters", [{"annee": "0"}, {"source": ""}, {"auteur": ""}], ids=str)
def test_unknown_values_can_be_asked_for(page, parameters):
    """Year 0 and the empty source or author ask for the articles that have none."""
    assert titles(page(**parameters)) == ["Funambule"]


def test_the_query_language_is_understood_aloud(page):
    """When Furet read something else than what was typed, the page says what."""
    assert page(q="greve AND port").one("p", class_="understood").text == "Requête comprise comme\xa0: greve port"
    assert not page(q="greve   port").all("p", class_="understood")
    assert not page(q="« école maritime »").all("p", class_="understood")


def test_remarks_are_told(page):
    """What was repaired in the query is said."""
    assert "Un guillemet n’est pas fermé" in page(q='"greve port').one("p", class_="remark").text


def test_nothing_found_says_so_and_helps(page):
    """Without any result the page says for which words, and what to try."""
    found = page(q="xylophage")

    assert found.one(role="status").text.strip() == "Aucun article ne contient «\xa0xylophage\xa0»."
    assert "/aide" in [link["href"] for link in found.one("div", class_="nothing").all("a")]
    assert not found.all("details", class_="facets")


def test_filters_that_leave_nothing_can_be_lifted(page):
    """When the filters are the reason the page says how many articles there are without them."""
    found = page(q="greve", annee="1950")

    nothing = found.one("div", class_="nothing")

    assert "Aucun article pour «\xa0greve\xa0» avec ces filtres." in nothing.text
    assert "Sans ces filtres\xa0: 2 articles." in nothing.text
    assert nothing.one("a")["href"] == "/?q=greve"


def test_a_new_query_keeps_the_filters(page):
    """The form carries what else the address says."""
    hidden = page(q="greve", annee="2020", tri="recent", page="2").all("input", type="hidden")

    assert {(field["name"], field["value"]) for field in hidden} == {("annee", "2020"), ("tri", "recent")}


def test_the_search_field_keeps_what_was_typed(page):
    """The field shows the query, quotes included, under a visible label."""
    found = page(q='"l\'école" <b>')

    assert found.one("input", type="search")["value"] == '"l\'école" <b>'
    assert found.one("label", **{"for": "q"}).text == "Rechercher dans les articles"


def test_only_the_home_page_takes_the_focus(page):
    """The caret waits in the field at home; results leave it to the reader."""
    assert "autofocus" in page().one("input", type="search").attributes
    assert "autofocus" not in page(q="greve").one("input", type="search").attributes


def test_the_page_has_its_landmarks(page):
    """One main, one banner, a search, one h1, skip links to places that exist, no empty heading, no id twice."""
    found = page(q="semaine")

    ids = [element["id"] for element in found.inside if element["id"]]

    assert len(found.all("main")) == len(found.all("h1")) == len(found.all(role="search")) == 1
    assert {link["href"][1:] for link in found.one("ul", class_="skip").all("a")} <= set(ids)
    assert all(heading.text.strip() for heading in found.all("h2"))
    assert len(ids) == len(set(ids))
    assert all(nav["aria-label"] for nav in found.all("nav"))
