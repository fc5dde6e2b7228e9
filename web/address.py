"""The address of a page: what its parameters say, and the addresses of the pages it links to.

Parameters are French words, as readers see them in the address bar: ``q``, ``source``, ``auteur``, ``annee``
(0 for undated articles), ``exact`` (1: words and phrases as spelt), ``tri``, ``page``; on an article page also
``rang``, its place among the results, and ``marques``. A value that makes no sense is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, quote_plus

from flask import Flask, url_for

from indexer import Filters, Result, Sort

SORTS = {"pertinence": Sort.RELEVANCE, "recent": Sort.NEWEST, "ancien": Sort.OLDEST}
"""The values of ``tri``."""

PARAMETERS = {"source": "source", "author": "auteur", "year": "annee"}
"""The parameter that tells the value of each facet."""

LONGEST_NUMBER = 6
"""Digits of the longest number an address may hold."""

_SAFE_VALUE, _SAFE_PATH = "!$'()*,/:;?@", "!$&'()*+,/:;=@"
"""What `url_for` leaves as it is in the value of a parameter and in a path."""


@dataclass(frozen=True)
class Address:
    """What the address of a page says. None means that it says nothing."""

    query: str = ""
    source: str | None = None
    author: str | None = None
    year: int | None = None
    exact: bool = False
    sort: Sort | None = None
    page: int = 1
    rank: int | None = None
    marked: bool = True
    repaired: bool = True

    @property
    def filters(self) -> Filters:
        """The filters that the address names."""
        return Filters(source=self.source, author=self.author, year=self.year)

    @property
    def usual_order(self) -> Sort:
        """The order when the address names none: without a query nothing is more relevant than the news."""
        return Sort.RELEVANCE if self.query else Sort.NEWEST

    @property
    def order(self) -> Sort:
        """The order of the results."""
        return self.sort or self.usual_order

    @property
    def asks(self) -> bool:
        """Whether the address asks for articles."""
        return bool(self.query or self.filters)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters that say the same, without those that say nothing."""
        said = {
            "q": self.query or None,
            "source": self.source,
            "auteur": self.author,
            "annee": self.year,
            "exact": 1 if self.exact else None,
            "tri": next((name for name, sort in SORTS.items() if sort == self.order != self.usual_order), None),
            "page": self.page if self.page > 1 else None,
            "rang": self.rank,
            "marques": None if self.marked else "non",
            "correction": None if self.repaired else "non",
        }
        return {name: value for name, value in said.items() if value is not None}

    def changed(self, **changes: Any) -> Address:
        """Return this address changed; it goes back to the first page unless `changes` names one."""
        return replace(self, **({"page": 1, "rank": None, "marked": True} | changes))


def read_address(parameters: Mapping[str, str]) -> Address:
    """Return what `parameters` say."""
    return Address(
        query=parameters.get("q", "").strip(),
        source=parameters.get("source"),
        author=parameters.get("auteur"),
        year=_number(parameters.get("annee", "")),
        exact=parameters.get("exact") == "1",
        sort=SORTS.get(parameters.get("tri", "")),
        page=_number(parameters.get("page", "")) or 1,
        rank=_number(parameters.get("rang", "")) or None,
        marked=parameters.get("marques") != "non",
        repaired=parameters.get("correction") != "non",
    )


def results_url(address: Address, **changes: Any) -> str:
    """Return the address of the results of `address` once changed."""
    return url_for("pages.search", **address.changed(**changes).parameters)


def facet_links(address: Address, facet: str) -> Callable[[str | int], str]:
    """Return what writes the address of the results with another value of a facet.

    An archive may have hundreds of authors: all that their addresses share is written once.
    """
    before, after = _around(results_url(address, **{facet: 0}), PARAMETERS[facet])
    return lambda value: f"{before}{quote_plus(str(value), safe=_SAFE_VALUE)}{after}"


def article_links(address: Address, page: str = "article") -> Callable[[str, int], str]:
    """Return what writes the address of a page on an article from its id and its rank among the results of `address`.

    The page is the "article" itself, or "why" it is a result.
    """
    url = url_for(f"pages.{page}", identifier="-", **address.changed(rank=0).parameters)
    path, _, parameters = url.partition("-?")
    before, after = _around(parameters, "rang")
    return lambda identifier, rank: f"{path}{quote(identifier, safe=_SAFE_PATH)}?{before}{rank}{after}"


def article_url(address: Address, result: Result, rank: int) -> str:
    """Return the address of an article found at `rank`, at its first passage."""
    anchor = f"#{result.passages[0].anchor}" if result.passages else ""
    return article_links(address)(result.id, rank) + anchor


def install(app: Flask) -> None:
    """Give templates the functions that make links."""
    app.jinja_env.globals.update(
        SORTS=SORTS,
        results_url=results_url,
        facet_links=facet_links,
        article_links=article_links,
        article_url=article_url,
    )


def _around(url: str, parameter: str) -> tuple[str, str]:
    """Return what comes before and after the value of a parameter that is 0; ``=`` never stands inside a value."""
    before, name, after = url.rpartition(f"{parameter}=0")
    return before + name[:-1], after


def _number(digits: str) -> int | None:
    """Return the number that `digits` write, None when they write none."""
    fits = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
    return int(digits) if fits else None
