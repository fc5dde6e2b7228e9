"""Addresses: what their parameters say, and that saying it again changes nothing."""

from __future__ import annotations

import pytest
from flask import g, url_for
from hypothesis import given
from hypothesis import strategies as st

from indexer import Sort
from web.address import Address, article_links, facet_links, read_address, results_url

words = st.text(max_size=20)
addresses = st.builds(
    Address,
    query=words.map(str.strip),
    source=st.none() | words,
    author=st.none() | words,
    year=st.none() | st.integers(0, 9999),
    exact=st.booleans(),
    sort=st.none() | st.sampled_from(Sort),
    page=st.integers(1, 999_999),
    rank=st.none() | st.integers(1, 999_999),
    marked=st.booleans(),
)


@given(addresses)
def test_parameters_say_all_that_the_address_says(address):
    """Reading the parameters of an address gives an address with the same meaning."""
    again = read_address({name: str(value) for name, value in address.parameters.items()})

    assert again.parameters == address.parameters
    assert (again.filters, again.order, again.page) == (address.filters, address.order, address.page)
    assert again.exact == address.exact


@given(
    st.dictionaries(
        st.sampled_from(["q", "page", "tri", "exact", "source", "auteur", "annee", "rang", "marques"]), st.text()
    )
)
def test_no_parameter_is_an_error(parameters):
    """Whatever an address holds, it is read."""
    address = read_address(parameters)

    assert address.page >= 1


@pytest.mark.parametrize(
    ("parameters", "year"),
    [({"annee": "2019"}, 2019), ({"annee": "0"}, 0), ({"annee": "deux"}, None), ({"annee": "-1"}, None), ({}, None)],
)
def test_years(parameters, year):
    """A year is a number, 0 asks for undated articles, anything else is ignored."""
    assert read_address(parameters).year == year


def test_an_empty_source_is_a_filter_and_no_source_is_none():
    """« source= » asks for articles without a source; no parameter asks for all."""
    assert read_address({"source": ""}).filters.source == ""
    assert read_address({}).filters.source is None


def test_a_change_goes_back_to_the_first_page():
    """Another filter or order makes other results: page and rank no longer mean anything."""
    changed = Address("greve", page=4, rank=65).changed(source="X")

    assert (changed.page, changed.rank) == (1, None)


def test_the_usual_order_goes_without_saying():
    """The order that the page would have anyway is left out of the address."""
    assert "tri" not in Address("greve", sort=Sort.RELEVANCE).parameters
    assert Address("greve", sort=Sort.NEWEST).parameters["tri"] == "recent"
    assert "tri" not in Address(source="X", sort=Sort.NEWEST).parameters


@pytest.fixture(params=["fr", "en"])
def language(request, app):
    """The language of a page on which links are written."""
    with app.test_request_context():
        g.language = request.param
        yield request.param


NAMES = ["a", "presse/2019/grève n° 3", "100 % #vrai?", "q=1&rang=0", "L’Écho & Cie", "rang=0", "é\u0301+~'\"<>"]


@pytest.mark.parametrize("name", NAMES)
def test_the_link_to_an_article_is_as_flask_writes_it(language, name):
    """Written once for a page, the address of an article says the same as if it were written for itself."""
    address = Address(f"rang=0 {name}", source=name, year=0, page=3)
    written = url_for("pages.article", identifier=name, **address.changed(rank=45).parameters)

    assert article_links(address)(name, 45) == written


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("facet", ["source", "author", "year"])
def test_the_link_to_a_value_is_as_flask_writes_it(language, facet, name):
    """The address of another value of a facet says the same as if it were written for itself."""
    address = Address(f"source=0 {name}", source="X", year=0, page=3)
    value = 1998 if facet == "year" else name

    assert facet_links(address, facet)(value) == results_url(address, **{facet: value})
