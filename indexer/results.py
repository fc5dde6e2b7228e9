"""Results: documents read for a query, marked, with the passages that show it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain

from indexer.answer import Paragraph, Result, cut_pieces
from indexer.engines import Hit, Hits, Reading, Snapshot
from indexer.listing import steps
from indexer.passages import Mark, mark_places, opening, select_passages
from indexer.query import Query, write_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Leaf,
    Like,
    MostOf,
    Near,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Spellings,
    Word,
    graded_parts,
    shown_leaves,
)
from indexer.spelling import respelled


class Marked:
    """A document read for a query: its marks, and which leaves of the query it has."""

    def __init__(self, reading: Reading, leaves: Sequence[Leaf]) -> None:
        self.document = reading.document
        self.words = reading.words
        self.marks = mark_places(reading.places["text"])
        self.title_marks = mark_places(reading.places["title"])
        self._reading = reading
        self._leaves = leaves

    def holds(self, part: Part) -> bool:
        """Tell whether the document matches `part`, as far as its leaves tell."""
        return _holds(part, self._found)

    @cached_property
    def _found(self) -> set[Leaf]:
        places = chain.from_iterable(self._reading.places.values())
        return {self._leaves[number] for number in {place.leaf for place in places} | self._reading.named}


def read_results(snapshot: Snapshot, hits: Hits, searched: Part, passages: int) -> tuple[Result, ...]:
    """Return hits as the page shows them, each with so many passages at most."""
    leaves = tuple(shown_leaves(searched))
    graded = graded_parts(searched)
    readings = snapshot.read([hit.id for hit in hits.hits], leaves)
    return tuple(
        _result(hit, Marked(reading, leaves), graded, passages)
        for hit, reading in zip(hits.hits, readings, strict=True)
    )


def _result(hit: Hit, marked: Marked, graded: Sequence[Part], most: int) -> Result:
    """Return a hit as the page shows it; what it lacks of the `graded` parts is told as typed."""
    document = marked.document
    passages = select_passages(document.text, marked.marks, most)
    return Result(
        id=document.id,
        title=document.title,
        source=document.source,
        author=document.author,
        date=document.date,
        url=document.url,
        score=hit.score,
        missing=tuple(write_query(part) for part in graded if not marked.holds(part)) if graded else (),
        passages=passages,
        title_marks=spans_of(marked.title_marks),
        occurrences=len(marked.marks),
        words=marked.words,
        opening="" if passages else opening(document.text),
    )


def read_marked(snapshot: Snapshot, identifier: str, query: Query) -> Marked:
    """Read an article for a query or, if it does not match, for the first next step that it matches.

    These are the steps of a search, so that what a passage showed is marked on the page as well.
    """
    others = respelled(query.typed, query.tree, snapshot) if query.tree else ()
    for part in steps(query, others):
        leaves = tuple(shown_leaves(part))
        marked = Marked(snapshot.read([identifier], leaves)[0], leaves)
        if marked.holds(part):
            return marked
    leaves = tuple(shown_leaves(query.tree)) if query.tree else ()
    return Marked(snapshot.read([identifier], leaves)[0], leaves)


def _holds(part: Part, found: Collection[Leaf]) -> bool:
    """Tell whether leaves that were found are enough for `part`; what has no leaf is taken for granted."""
    match part:
        case Word() | Phrase() | Prefix() | Pattern() | Like() | Near():
            return part in found
        case AllOf(parts):
            return all(_holds(inner, found) for inner in parts)
        case AnyOf(parts) | Spellings(_, parts) | MostOf(parts):
            return any(_holds(inner, found) for inner in parts)
        case _:
            return True


def cut_paragraphs(text: str, marks: Sequence[Mark]) -> tuple[Paragraph, ...]:
    """Cut a text into marked paragraphs; the marks are numbered through the whole text."""
    paragraphs, start, first = [], 0, 0
    for number, paragraph in enumerate(text.split("\n\n"), 1):
        last = first
        while last < len(marks) and marks[last].start < start + len(paragraph):
            last += 1
        inside = tuple((mark.start - start, mark.end - start) for mark in marks[first:last])
        paragraphs.append(Paragraph(f"p{number}", cut_pieces(paragraph, inside, first + 1)))
        start += len(paragraph) + 2
        first = last
    return tuple(paragraphs)


def spans_of(marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Return where marks start and end."""
    return tuple([(start, end) for start, end, _ in marks])
