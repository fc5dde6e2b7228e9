"""What travels to the page: answers, passages, articles. Plain data, no HTML."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.messages import Message

PASSAGES = 3
"""Passages of one result, unless more or fewer are asked for."""


class Sort(StrEnum):
    """The order of results; ties are settled by document id, undated articles come last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Filters:
    """What the reader chose beside the search field; None means « all ».

    `source` and `author` are whole values, as a facet shows them; the empty string asks for articles without
    one. `year` is a publication year; 0 asks for undated articles.
    """

    source: str | None = None
    author: str | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return self.source is not None or self.author is not None or self.year is not None


@dataclass(frozen=True)
class Piece:
    """A run of characters; `mark` is the number of the occurrence it shows (from 1), None for ordinary text."""

    text: str
    mark: int | None = None


@dataclass(frozen=True)
class Passage:
    """An excerpt of an article's text.

    `marks` are pairs (start, end) of code point offsets in `text`, in order, without overlap. `anchor` is the id
    of the element of the article page at which this passage is found. `cut_before` and `cut_after` tell whether
    the excerpt starts or ends inside a sentence. `first_mark` is the number, in the whole article, of the first
    mark.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    anchor: str
    cut_before: bool = False
    cut_after: bool = False
    first_mark: int = 1

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text cut at its marks."""
        return cut_pieces(self.text, self.marks, self.first_mark)


@dataclass(frozen=True)
class Result:
    """One article of an answer, with the passages that show why it is there.

    `missing` are the words of the query, as typed, that the article lacks (empty unless the answer is partial).
    `occurrences` counts the marks in the whole text, `title_marks` are offsets in `title`. When nothing but the
    title matches, `passages` is empty; `opening` is then the start of the article.
    """

    id: str
    title: str
    source: str
    author: str
    date: dt.date | None
    url: str
    score: float
    missing: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    occurrences: int = 0
    words: int = 0
    opening: str = ""

    @property
    def title_pieces(self) -> tuple[Piece, ...]:
        """The title cut at its marks."""
        return cut_pieces(self.title, self.title_marks)


@dataclass(frozen=True)
class FacetValue:
    """A value that a facet takes among the results, and in how many of them; `value` is "" or 0 for « unknown »."""

    value: str | int
    count: int


@dataclass(frozen=True)
class Suggestion:
    """A query to try instead, ready to be searched for: the one that was typed, some of its words spelled anew.

    `spellings` are these words, as typed and as the articles write them. `total` counts the articles that have every
    word; 0 if there are only partial matches, never because there is nothing.
    """

    query: str
    spellings: tuple[tuple[str, str], ...]
    total: int


@dataclass(frozen=True)
class Completion:
    """A query whose last word is complete, and that finds something."""

    query: str


@dataclass(frozen=True)
class Answer:
    """The answer to a query: a page of results and what the reader should know about them.

    `understood` is the query as Furet read it, in its own syntax; `remarks` say what was repaired or left out.
    `total` counts all the articles listed, `whole` those that have everything asked for; the others are partial
    matches, and each result tells what it lacks. `facets` maps "source", "author" and "year" to their values in the
    whole list, most frequent first (years: latest first). `unfiltered` is, when filters leave nothing, how many
    articles match without them. `suggestions` spell anew what no article has, the likeliest first; when `repaired`, the
    answer is that of the first one. `required` is, when partial matches are listed beside others, the query that lists
    the others alone.
    """

    query: str
    understood: str
    total: int
    whole: int = 0
    remarks: tuple[Message, ...] = ()
    results: tuple[Result, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    filters: Filters = Filters()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    unfiltered: int = 0
    suggestions: tuple[Suggestion, ...] = ()
    repaired: bool = False
    required: str = ""

    @property
    def complete(self) -> bool:
        """Whether some article has everything asked for."""
        return self.whole > 0 or self.total == 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an article page; `anchor` is its element id ("p1", "p2"...)."""

    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Article:
    """A whole article, marked for a query: the marks are numbered from 1 to `occurrences` through the text."""

    id: str
    title: str
    source: str
    author: str
    date: dt.date | None
    url: str
    path: str
    words: int
    title_pieces: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    occurrences: int
    understood: str = ""
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Status:
    """The state of an index: what is in service and since when.

    `generation` is the name of the generation in service, `previous` the one kept for a rollback ("" if none),
    `built` when it was built (UTC), `size` its bytes on disk.
    """

    documents: int
    undated: int
    sources: int
    first: dt.date | None
    last: dt.date | None
    generation: str = ""
    previous: str = ""
    built: dt.datetime | None = None
    size: int = 0


def cut_pieces(text: str, marks: tuple[tuple[int, int], ...], first: int = 1) -> tuple[Piece, ...]:
    """Cut `text` at `marks` (ordered, disjoint pairs of offsets), numbering them from `first`.

    The pieces joined give the text back.
    """
    pieces: list[Piece] = []
    at = 0
    for number, (start, end) in enumerate(marks, first):
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], number))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)
