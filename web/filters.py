"""Dates, numbers and names as the reader of the page writes them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from urllib.parse import urlsplit

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

from web.language import current_language, gettext

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
"""The Babel locale of each language; English is British for its day-month-year."""

THOUSANDS = {"fr": "\u202f", "en": ","}
"""What parts thousands in each language, as Babel has it: a page has a hundred numbers, too many to ask each time."""

MOMENTS = {"fr": "d MMMM y 'à' H 'h' mm", "en": "d MMMM y 'at' HH:mm"}


def number(value: int) -> str:
    """Return 12480 as « 12 480 » (U+202F) or “12,480”."""
    return f"{value:,}".replace(",", THOUSANDS[current_language()])


def decimal(value: float) -> str:
    """Return 2.8827 as « 2,88 » or “2.88”."""
    return format_decimal(value, "0.00", locale=LOCALES[current_language()])


def day(date: dt.date) -> str:
    """Return a date as « 12 décembre 2019 », « 1er mars 2020 » or “12 December 2019”."""
    return _day(date, current_language())


@lru_cache(maxsize=4096)
def _day(date: dt.date, language: str) -> str:
    """Return a date in full. Babel takes 20 times longer than remembering one, and a page may have a hundred."""
    told = format_date(date, "d MMMM y", locale=LOCALES[language])
    return told.replace("1 ", "1er ", 1) if date.day == 1 and language == "fr" else told


def month(date: dt.date) -> str:
    """Return the month of a date as « mars 1998 » or “March 1998”."""
    return format_date(date, "LLLL y", locale=LOCALES[current_language()])


def moment(instant: dt.datetime) -> str:
    """Return an instant as « 20 novembre 2026 à 22 h 04 », in the time zone of the server."""
    language = current_language()
    return format_datetime(instant.astimezone(), MOMENTS[language], tzinfo=None, locale=LOCALES[language])


def value_name(facet: str, value: str | int) -> str:
    """Return the name of a value of a facet: what is unknown has a name too."""
    if value:
        return str(value)
    match facet:
        case "source":
            return gettext("Source inconnue")
        case "author":
            return gettext("Sans signature")
        case _:
            return gettext("Date inconnue")


def web_address(url: str) -> str:
    """Return `url` if it is a page of the web, "" otherwise: a saved article may name any scheme."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def install(app: Flask) -> None:
    """Give templates these filters."""
    for told in (number, decimal, day, month, moment, web_address):
        app.jinja_env.filters[told.__name__] = told
    app.jinja_env.globals["value_name"] = value_name
