"""The queries of a run: drawn from the corpus, labelled by kind, in no engine's syntax."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.articles import Article
from tests.benchmarks.french import WORD, fold, term_of

SAMPLE = 20_000
"""Articles enough to estimate document frequencies and to draw words from."""


class Operator(StrEnum):
    """What a query does with its words."""

    ANY = "any"
    ALL = "all"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class Query:
    """A query: `words` as a reader types them, accents and inflections included; of a prefix, its first letters."""

    kind: str
    operator: Operator
    words: tuple[str, ...]


RARE, MID, COMMON = (0.0001, 0.001), (0.001, 0.01), (0.05, 0.25)
"""Shares of the documents that have a term."""

SEVERAL = (0.001, 0.1)
"""The share of the documents for the words of queries of several words."""


def draw_queries(articles: Sequence[Article], count: int, seed: int = 2026) -> list[Query]:
    """Return `count` queries of each of KINDS, the same for the same articles, count and seed.

    Words of one query come from one article, so that no query is without an answer.
    """
    source = _Source(articles, random.Random(seed))
    return [Query(kind, operator, draw(source)) for kind, (operator, draw) in KINDS.items() for _ in range(count)]


class _Source:
    """The words of a sample of articles and the share of the articles that have them."""

    def __init__(self, articles: Sequence[Article], draw: random.Random) -> None:
        self.draw = draw
        self._articles = articles
        documents: Counter[str] = Counter()
        self._written: dict[str, str] = {}
        for article in articles:
            words = {word for word in WORD.findall(article.text) if _is_searched(word)}
            documents.update({term_of(word) or "" for word in words})
            for word in sorted(words):
                self._written.setdefault(term_of(word) or "", word)
        self._shares = {term: number / len(articles) for term, number in documents.items()}
        self._by_band: dict[tuple[float, float], list[str]] = {}

    def word(self, band: tuple[float, float]) -> str:
        """Draw a word whose term is in a band of frequencies, or near it when the corpus is too small to have any."""
        if band not in self._by_band:
            self._by_band[band] = sorted(self._terms_near(band))
        return self._written[self.draw.choice(self._by_band[band])].lower()

    def words(self, number: int) -> tuple[str, ...]:
        """Draw words of different terms from one article."""
        while True:
            words = WORD.findall(self.draw.choice(self._articles).text)
            found = {term_of(word) or "": word for word in words if self._is_within(word, SEVERAL)}
            if len(found) >= number:
                return tuple(found[term].lower() for term in self.draw.sample(sorted(found), number))

    def phrase(self, number: int) -> tuple[str, ...]:
        """Draw words that follow one another in one article, with nothing but a space between them."""
        while True:
            text = self.draw.choice(self._articles).text
            runs = [run for run in _runs(text, number) if len({term_of(word) for word in run}) == number]
            if runs:
                return tuple(word.lower() for word in self.draw.choice(runs))

    def prefix(self) -> tuple[str]:
        """Draw the first four or five letters of a word, without accents, that its term begins with too."""
        while True:
            word = self.word(MID)
            letters = fold(word)[: self.draw.choice((4, 5))]
            if (term_of(word) or "").startswith(letters):
                return (letters,)

    def misspelt(self) -> tuple[str]:
        """Draw a word one inner letter of which is doubled."""
        word = self.word(MID)
        at = self.draw.randrange(1, len(word) - 2)
        return (word[:at] + word[at] + word[at:],)

    def _terms_near(self, band: tuple[float, float]) -> list[str]:
        """Return the terms of a band if there are enough, else the fifty nearest to it."""
        low, high = band
        within = [term for term, share in self._shares.items() if low <= share <= high]
        if len(within) >= 50:
            return within
        middle = math.log(low * high) / 2
        return sorted(self._shares, key=lambda term: (abs(math.log(self._shares[term]) - middle), term))[:50]

    def _is_within(self, word: str, band: tuple[float, float]) -> bool:
        return _is_searched(word) and band[0] <= self._shares.get(term_of(word) or "", 0) <= band[1]


def _is_searched(word: str) -> bool:
    """Whether someone would search for this word: letters alone, five at least, no stop word."""
    return len(word) >= 5 and word.isalpha() and term_of(word) is not None


def _runs(text: str, number: int) -> list[tuple[str, ...]]:
    """Return the runs of `number` searched words parted by single spaces."""
    found = list(WORD.finditer(text))
    return [
        tuple(word.group() for word in run)
        for run in (found[at : at + number] for at in range(len(found) - number + 1))
        if all(_is_searched(word.group()) for word in run)
        and all(text[a.end() : b.start()] == " " for a, b in pairwise(run))
    ]


KINDS: dict[str, tuple[Operator, Callable[[_Source], tuple[str, ...]]]] = {
    "rare term": (Operator.ANY, lambda source: (source.word(RARE),)),
    "mid term": (Operator.ANY, lambda source: (source.word(MID),)),
    "common term": (Operator.ANY, lambda source: (source.word(COMMON),)),
    "OR of 2": (Operator.ANY, lambda source: source.words(2)),
    "OR of 3": (Operator.ANY, lambda source: source.words(3)),
    "AND of 2": (Operator.ALL, lambda source: source.words(2)),
    "AND of 3": (Operator.ALL, lambda source: source.words(3)),
    "phrase of 2": (Operator.PHRASE, lambda source: source.phrase(2)),
    "phrase of 3": (Operator.PHRASE, lambda source: source.phrase(3)),
    "prefix": (Operator.PREFIX, lambda source: source.prefix()),
    "fuzzy": (Operator.FUZZY, lambda source: source.misspelt()),
}
"""Every kind of query: its operator, and how its words are drawn."""


def write_queries(queries: Sequence[Query], path: Path) -> None:
    """Keep queries in a file, for the processes that ask them."""
    path.write_text(json.dumps([(query.kind, query.operator, query.words) for query in queries]), encoding="utf-8")


def read_queries(path: Path) -> list[Query]:
    """Return the queries of a file."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Query(kind, Operator(operator), tuple(words)) for kind, operator, words in rows]
