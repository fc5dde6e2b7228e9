"""Publication dates as French pages and files write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.dates import YEARS, find_date

MONTHS = [
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("8 Juillet 2016", "2016-07-08"),
        ("Publié le 25 janvier 2017 - 16:51", "2017-01-25"),
        ("1er mars 2020", "2020-03-01"),
        ("1ᵉʳ mars 2020", "2020-03-01"),
        ("1 er mars 2020", "2020-03-01"),
        ("mardi 3 octobre 2023", "2023-10-03"),
        ("12/05/2019", "2019-05-12"),
        ("12.05.2019", "2019-05-12"),
        ("4-5-2019", "2019-05-04"),
        ("2016-07-08", "2016-07-08"),
        ("2019-05-12T23:30:00+02:00", "2019-05-12"),
        ("2019-05-12T00:10:00Z", "2019-05-12"),
        ("5 févr. 2021", "2021-02-05"),
        ("9 juill. 2021", "2021-07-09"),
        ("2 sept 2001", "2001-09-02"),
        ("25 JANVIER 2017", "2017-01-25"),
        ("3 AOUT 2010", "2010-08-03"),
        ("3 aou\u0302t 2010", "2010-08-03"),
        ("5\u00a0décembre\u00a01905", "1905-12-05"),
        ("12 juin 1634", "1634-06-12"),
        ("Le 31 février 2020 ou le 1er mars 2020", "2020-03-01"),
        ("Publié le 14 mars 201914 mars 2019", "2019-03-14"),
    ],
)
def test_a_complete_date_is_read(text: str, date: str) -> None:
    """Day, month and year in any of the usual forms make a date."""
    assert dt.date.fromisoformat(date) == find_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hier",
        "il y a 3 jours",
        "janv. 2020",
        "mars 2020",
        "2020",
        "12 mai",
        "31 février 2020",
        "30/02/2020",
        "05/13/2019",
        "12 mai 1500",
        "12 mai 2101",
        "192.168.12.2019",
        "3 marches 2020",
        "12/05/19",
    ],
)
def test_anything_less_is_no_date(text: str) -> None:
    """A part of a date, a relative word, an impossible or far-off day give None."""
    assert find_date(text) is None


@given(st.dates(dt.date(YEARS.start, 1, 1), dt.date(YEARS.stop - 1, 12, 31)))
def test_a_written_date_comes_back(date: dt.date) -> None:
    """Every day of the calendar, written in full or in figures, is read as itself."""
    day = "1er" if date.day == 1 else str(date.day)

    assert date == find_date(f"Publié le {day} {MONTHS[date.month - 1]} {date.year} à 8 h")
    assert date == find_date(f"{date.day:02}/{date.month:02}/{date.year}")
