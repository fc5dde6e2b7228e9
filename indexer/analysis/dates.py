"""Dates in figures: 20/01/2012 reads as it is said, « 20 janvier 2012 »."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from indexer.analysis.segmentation import Span

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

_DATE = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})|(\d{4})-(\d\d)-(\d\d)")


def read_dates(spans: Iterable[Span], text: str) -> Iterable[Span]:
    """Yield the spans with each date in figures as three words: day (no leading zero), name of the month, year.

    What looks like a date and is none (40/01/2012) is its numbers.
    """
    return _read(spans) if _DATE.search(text) else spans


def _read(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if span.text[:1].isdigit() and len(span.text) > 7 and (found := _DATE.fullmatch(span.text)):
            yield from _parts(found, span.start)
        else:
            yield span


def _parts(found: re.Match[str], start: int) -> Iterator[Span]:
    named = found["day"] is not None
    day, month, year = (found["day"], found["month"], found["year"]) if named else found.group(7, 6, 5)
    said = {"day": day, "month": month, "year": year}
    if _is_date(int(year), int(month), int(day)):
        said |= {"day": str(int(day)), "month": MONTHS[int(month) - 1]}
    groups = {"day": "day", "month": "month", "year": "year"} if named else {"year": 5, "month": 6, "day": 7}
    for name, group in groups.items():
        yield Span(said[name], start + found.start(group), start + found.end(group))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
