"""Addresses: an e-mail address and a host name are words, and so are their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.segmentation import Span

_SCHEME = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_BEFORE_HOST = re.compile(r"(?:(?:https?|ftp)://)?(?:www\d?\.)?", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_PART = re.compile(r"[^\W_]+")
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")


def open_addresses(spans: Iterable[Span], text: str) -> Iterable[Span]:
    """Yield the spans with each address as itself, then its parts, inside it.

    Of https://www.exemple.fr/page the words are exemple.fr (without www), exemple, fr, page; an e-mail address is one
    word, followed by the words of its name and those of its host.
    """
    return _open(spans) if "." in text else spans


def _open(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if "." not in span.text:
            yield span
        elif _SCHEME.match(span.text):
            yield from _page(span)
        elif "@" in span.text[1:]:
            yield span
            name, _, _ = span.text.partition("@")
            yield from _parts(span, 0, len(name))
            yield from _host(span, len(name) + 1, len(span.text))
        elif _BARE_HOST.fullmatch(span.text):
            yield from _host(span, 0, len(span.text))
        else:
            yield span


def _page(span: Span) -> Iterator[Span]:
    """Yield the words of a page's address."""
    before = _BEFORE_HOST.match(span.text)
    start = before.end() if before else 0
    host = _HOST.match(span.text, start)
    end = host.end() if host else start
    yield from _host(span, start, end) if host else ()
    yield from _parts(span, end, len(span.text))


def _host(span: Span, start: int, end: int) -> Iterator[Span]:
    yield _cut(span, start, end)
    yield from _parts(span, start, end)


def _parts(span: Span, start: int, end: int) -> Iterator[Span]:
    for found in _PART.finditer(span.text, start, end):
        yield _cut(span, *found.span())


def _cut(span: Span, start: int, end: int) -> Span:
    return Span(span.text[start:end], span.start + start, span.start + end)
