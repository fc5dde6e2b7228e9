"""Periods: 2016, 2016-07, 2016-07-08, 2016..2017, 2016-07..2017-01, 2016.., ..2017."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from indexer.query.syntax import Published

_DAY = r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
_ONE = re.compile(_DAY)
RANGE = re.compile(rf"(?<![\w.])(?:{_DAY}\.\.(?:{_DAY})?|\.\.{_DAY})(?![\w.-])")
"""A range as it may stand alone in a query; a single date needs ``date:`` in front."""


def read_period(text: str) -> Published | None:
    """Return the period that `text` names, None if it names none or a day that does not exist.

    A year or a month alone stands for all its days; the ends of a range may come in either order.
    """
    first, dots, last = text.partition("..")
    if not dots:
        last = first
    if not (first or last):
        return None
    starts, ends = _days(first), _days(last)
    if (first and not starts) or (last and not ends):
        return None
    if starts and ends and starts > ends:
        starts, ends = ends, starts
    return Published(starts[0] if starts else None, ends[1] if ends else None)


def write_period(period: Published) -> str:
    """Return `period` as a query writes it, whole months and years shortened."""
    first, last = period.first, period.last
    if first and last and (whole := _whole(first, last)):
        return f"date:{whole}"
    return f"{_shortest(first, 0)}..{_shortest(last, 1)}"


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a year, month or day; None if there is no such day."""
    found = _ONE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(number) if number else None for number in found.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
        last = first.replace(month=month or 12)
        return first, last.replace(day=day or calendar.monthrange(last.year, last.month)[1])
    except ValueError:
        return None


def _names(day: dt.date) -> tuple[str, str, str]:
    """Return the names of the year, the month and the day, the widest first."""
    return f"{day:%Y}".zfill(4), f"{day:%Y}".zfill(4) + f"-{day:%m}", day.isoformat()


def _whole(first: dt.date, last: dt.date) -> str:
    """Return the one year, month or day that goes from `first` to `last`, "" if there is none."""
    return next((name for name in _names(first) if _days(name) == (first, last)), "")


def _shortest(day: dt.date | None, end: int) -> str:
    """Return the shortest name whose first (`end` 0) or last (`end` 1) day is `day`."""
    if day is None:
        return ""
    return next(name for name in _names(day) if (_days(name) or (None, None))[end] == day)
