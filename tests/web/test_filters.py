"""Dates and numbers, as the French and the British write them."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import g

from web import filters


@pytest.fixture(params=["fr", "en"])
def language(request, app):
    with app.test_request_context():
        g.language = request.param
        yield request.param


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (dt.date(2019, 12, 12), {"fr": "12 décembre 2019", "en": "12 December 2019"}),
        (dt.date(2020, 3, 1), {"fr": "1er mars 2020", "en": "1 March 2020"}),
        (dt.date(2021, 8, 11), {"fr": "11 août 2021", "en": "11 August 2021"}),
        (dt.date(1850, 1, 1), {"fr": "1er janvier 1850", "en": "1 January 1850"}),
    ],
)
def test_days(language, date, told):
    """A day is told in full; the first of a month is « 1er » in French."""
    assert filters.day(date) == told[language]


def test_months(language):
    """A month is told with its year."""
    assert filters.month(dt.date(1998, 3, 2)) == {"fr": "mars 1998", "en": "March 1998"}[language]


def test_numbers(language):
    """Thousands are parted by a narrow no-break space in French, a comma in English."""
    assert filters.number(12480) == {"fr": "12\u202f480", "en": "12,480"}[language]


def test_moments(language):
    """An instant is told in the time of the server."""
    instant = dt.datetime(2026, 11, 20, 22, 4, tzinfo=dt.UTC).astimezone()

    hour = {"fr": f"{instant.hour} h {instant:%M}", "en": f"{instant:%H:%M}"}[language]
    assert filters.moment(instant.astimezone(dt.UTC)).endswith(hour)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://gazette.example/a?b=c#d", True),
        ("http://gazette.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://gazette.example/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//gazette.example", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, kept):
    """A saved article may name any scheme; only pages of the web are linked."""
    assert filters.web_address(url) == (url if kept else "")
