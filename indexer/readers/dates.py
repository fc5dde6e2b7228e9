"""Publication dates, as French pages and files write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import dateparser

YEARS = range(1600, 2101)

DATE = re.compile(
    r"(?<![\d.,/-])(?:"
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"|(?P<day>\d{1,2})\s?(?P<cut>[-/.])\s?(?P<month>\d{1,2})\s?(?P=cut)\s?(?P<year>\d{4})"
    r"|(?P<written>\d{1,2})(?:\s?er)?\s+"
    r"(?P<name>(?:jan|f[eé]v|mar|avr|mai|juin|jui|ao[uû]|sep|oct|nov|d[eé]c)[a-zéû]{0,6})\.?,?\s+(?P<in>\d{4})"
    r")(?:(?!\d)|(?=\d{1,2} [^\W\d_]))",  # « 14 mars 201914 mars 2019 »: a page that has it for eyes and machines
    re.IGNORECASE,
)
"""A day with its month and its year, written any of the usual ways; other forms are not dates of publication."""


def find_date(text: str) -> dt.date | None:
    """Return the first complete date (day, month, year) of `text`, None when there is none.

    Day before month, as in French; ISO dates too, of which the written day counts, whatever the zone. Years are
    those of the printed press (1600 to 2100); a month alone, an impossible day or « hier » is no date.
    """
    return next(find_dates(text), None) if text else None


def find_dates(text: str) -> Iterator[dt.date]:
    """Yield the complete dates of `text`, in order."""
    # Compatibility forms: « 1ᵉʳ » is « 1er »; composition: an « û » may come in two characters.
    for found in DATE.finditer(unicodedata.normalize("NFKC", text)):
        if found["name"]:
            date = _parse_written(int(found["written"]), found["name"].lower(), int(found["in"]))
        else:
            date = _make_date(
                int(found["y"] or found["year"]), int(found["m"] or found["month"]), int(found["d"] or found["day"])
            )
        if date and date.year in YEARS:
            yield date


@lru_cache(maxsize=10_000)
def _parse_written(day: int, month: str, year: int) -> dt.date | None:
    """Read « 5 févr 2021 »; the cache is there because a corpus repeats its days and dateparser is slow."""
    # Nothing but absolute French dates; « juill. » is the one usual abbreviation that dateparser lacks.
    parsed = dateparser.parse(
        f"{day} {month.replace('juill', 'juil') if len(month) < 7 else month} {year}",
        languages=["fr"],
        settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PARSERS": ["absolute-time"]},
    )
    return parsed.date() if parsed and parsed.day == day else None


def _make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, None when the calendar does not have it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
