"""Selection: the few passages that best show why an article answers a query."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from indexer.answer import Passage
from indexer.passages.marking import Mark
from indexer.passages.sentences import split_sentences

SHORTEST, LONGEST = 160, 280
"""Characters of a passage: whole sentences, unless one sentence alone is longer or too short."""

MOST = 3
"""Passages of one article, each from another paragraph."""

_LEAD = 60
"""Characters kept before the first mark when a long sentence must be cut, and looked at for a word limit to cut at."""

_TRIED = 100
"""Marks tried as the heart of a passage, in one paragraph; an enormous paragraph is not searched to its end."""

_AROUND = LONGEST + 1
"""Characters around marks in which sentences are looked for: what is further is in no passage, whatever it is."""

Span = tuple[int, int]
"""Start and end."""

Cut = tuple[int, int, bool, bool]
"""Start, end, and whether each of them is inside a sentence."""

Worth = tuple[float, int, int]
"""What a stretch of text is worth: the parts of the query it shows, new ones first; how often; how early."""

Leaves = frozenset[int]
"""Parts of the query, by their numbers."""


class _Paragraph(NamedTuple):
    """A paragraph that has marks: its span, the number of its first mark, and of the one after its last."""

    start: int
    end: int
    first: int
    last: int


class _Window(NamedTuple):
    """A candidate passage: where to cut it, and the marks inside (the first, and the one after the last)."""

    cut: Cut
    first: int
    last: int


class _Marked:
    """A text and its marks."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.starts = [mark.start for mark in marks]
        self.ends = [mark.end for mark in marks]
        self._leaves = [mark.leaves for mark in marks]
        counts = Counter(chain.from_iterable(self._leaves))
        self._weights = {leaf: 1 + 1 / count for leaf, count in counts.items()}
        self._values: dict[tuple[Leaves, Leaves], float] = {}

    def leaves(self, first: int, last: int) -> Leaves:
        """Return the parts of the query that some marks show."""
        return self._leaves[first].union(*self._leaves[first + 1 : last]) if first < last else frozenset()

    def worth(self, start: int, first: int, last: int, shown: Leaves) -> Worth:
        """Return what a stretch from `start` on is worth with these marks, when some parts are `shown` already."""
        told = self.leaves(first, last), shown
        value = self._values.get(told)
        if value is None:
            value = sum(self._weights[leaf] * (1 if leaf in shown else 2) for leaf in told[0])
            self._values[told] = value
        return value, last - first, -start

    def paragraphs(self) -> Iterator[_Paragraph]:
        """Yield the paragraphs that have marks."""
        last = 0
        while last < len(self.starts):
            first = last
            start = self.text.rfind("\n\n", 0, self.starts[first])
            end = self.text.find("\n\n", self.starts[first])
            end = len(self.text) if end < 0 else end
            last = bisect_left(self.starts, end, first)
            yield _Paragraph(0 if start < 0 else start + 2, end, first, last)


def select_passages(text: str, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """Return up to MOST passages of `text`, best first; none only when there are no marks.

    A passage is better when it shows more of the query's parts, rare ones in this article counting more, and
    parts that the passages before it did not show.
    """
    marked = _Marked(text, marks)
    waiting = list(marked.paragraphs())
    windows: dict[_Paragraph, _Window] = {}
    shown: Leaves = frozenset()
    passages: list[Passage] = []
    while waiting and len(passages) < MOST:
        paragraph = _best_paragraph(marked, waiting, windows, shown)
        waiting.remove(paragraph)
        window = windows[paragraph]
        passages.append(_passage(marked, window))
        shown |= marked.leaves(window.first, window.last)
    return tuple(passages)


def opening(text: str) -> str:
    """Return the start of a text, as long as a passage: what to show when only the title matches."""
    end = text.find("\n\n")
    end = len(text) if end < 0 else end
    sentences = split_sentences(text, 0, min(end, 2 * _AROUND)) or [(0, end)]
    if sentences[0][1] > LONGEST:
        end, cut = _word_end(text, LONGEST), True
    else:
        _, end, _, cut = _grow(text, sentences, 0, 0)
    return _flat(text[:end]) + (" …" if cut else "")


def _best_paragraph(
    marked: _Marked, waiting: Sequence[_Paragraph], windows: dict[_Paragraph, _Window], shown: Leaves
) -> _Paragraph:
    """Return the paragraph whose window is worth most; `windows` keeps those that had to be made.

    A window is worth no more than its whole paragraph: once that is too little, no other need be looked at.
    """
    bounds = {paragraph: marked.worth(paragraph.start, *paragraph[2:], shown) for paragraph in waiting}
    best: tuple[Worth, _Paragraph] | None = None
    for paragraph in sorted(waiting, key=bounds.__getitem__, reverse=True):
        if best and bounds[paragraph] <= best[0]:
            break
        if paragraph not in windows:
            windows[paragraph] = _best_window(marked, paragraph)
        cut, first, last = windows[paragraph]
        worth = marked.worth(cut[0], first, last, shown)
        best = max(best, (worth, paragraph)) if best else (worth, paragraph)
    assert best  # noqa: S101 - some paragraph is waiting
    return best[1]


def _best_window(marked: _Marked, paragraph: _Paragraph) -> _Window:
    """Return the best window of one paragraph."""
    tried = min(paragraph.last, paragraph.first + _TRIED)
    sentences = split_sentences(
        marked.text,
        max(paragraph.start, marked.starts[paragraph.first] - _AROUND),
        min(paragraph.end, marked.ends[tried - 1] + _AROUND),
    )
    cuts = dict.fromkeys(_cuts(marked, sentences, paragraph.first, tried))
    windows = [_Window(cut, bisect_left(marked.starts, cut[0]), bisect_right(marked.ends, cut[1])) for cut in cuts]
    if len(windows) == 1:
        return windows[0]
    return max(windows, key=lambda window: marked.worth(window.cut[0], window.first, window.last, frozenset()))


def _cuts(marked: _Marked, sentences: Sequence[Span], first: int, last: int) -> Iterator[Cut]:
    """Yield, for each mark, the windows that open with it: a short one, and one that reaches as many as it can.

    They are whole sentences, or a part of those that hold the mark when they are too long. Marks of the same
    sentences have the same.
    """
    text, begins = marked.text, [start for start, _ in sentences]
    before = -1, -1
    for at in range(first, last):
        holding = bisect_right(begins, marked.starts[at]) - 1, bisect_right(begins, marked.ends[at] - 1) - 1
        start, end = sentences[holding[0]][0], sentences[holding[1]][1]
        if end - start > LONGEST:
            yield _cut(marked, (start, end), at, last)
        elif holding != before:
            before = holding
            yield _grow(text, sentences, *holding)
            furthest = bisect_right(begins, _reach(marked, at, last, start + LONGEST) - 1) - 1
            while sentences[furthest][1] - start > LONGEST:
                furthest -= 1
            if furthest != holding[1]:
                yield _grow(text, sentences, holding[0], furthest)


def _reach(marked: _Marked, at: int, last: int, limit: int) -> int:
    """Return where the last of the marks from `at` to `last` that ends by `limit` ends; the end of `at` if none does."""
    return marked.ends[max(at, bisect_right(marked.ends, limit, at, last) - 1)]


def _grow(text: str, sentences: Sequence[Span], first: int, last: int) -> Cut:
    """Return the sentences with as many neighbours as they need to reach SHORTEST: the next ones, then those before.

    Where no whole neighbour fits, the beginning of the next one, or the end of the one before, fills up.
    """
    while sentences[last][1] - sentences[first][0] < SHORTEST:
        if last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= LONGEST:
            last += 1
        elif first and sentences[last][1] - sentences[first - 1][0] <= LONGEST:
            first -= 1
        else:
            break
    start, end = sentences[first][0], sentences[last][1]
    if end - start >= SHORTEST:
        return start, end, False, False
    if last + 1 < len(sentences):
        return start, _word_end(text, start + LONGEST), False, True
    if first:
        return _word_start(text, end - LONGEST), end, True, False
    return start, end, False, False


def _cut(marked: _Marked, long: Span, at: int, last: int) -> Cut:
    """Return a part of a long stretch, at word limits: a little before the mark `at`, then all it can hold."""
    text, mark = marked.text, marked.starts[at]
    reached = _reach(marked, at, last, min(mark + LONGEST, long[1]))
    lead = max(0, min(_LEAD, LONGEST - (reached - mark)))
    start = max(long[0], min(mark - lead, long[1] - LONGEST))
    start = start if start == long[0] else min(_word_start(text, start), mark)
    end = long[1] if start + LONGEST >= long[1] else max(_word_end(text, start + LONGEST), reached)
    return start, end, start > long[0], end < long[1]


def _word_start(text: str, at: int) -> int:
    """Return the first offset from `at` on where a word starts; `at` itself inside a word of _LEAD or more."""
    places = range(at, at + _LEAD)
    return next((place for place in places if text[place - 1].isspace() and not text[place].isspace()), at)


def _word_end(text: str, at: int) -> int:
    """Return the last offset up to `at` where a word ends; `at` itself inside a word of _LEAD or more."""
    places = range(at, at - _LEAD, -1)
    return next((place for place in places if text[place].isspace() and not text[place - 1].isspace()), at)


def _passage(marked: _Marked, window: _Window) -> Passage:
    """Return the passage that a window shows."""
    (start, end, before, after), first, last = window
    spans = zip(marked.starts[first:last], marked.ends[first:last], strict=True)
    return Passage(
        text=_flat(marked.text[start:end]),
        marks=tuple((begin - start, finish - start) for begin, finish in spans),
        anchor=f"m{first + 1}",
        cut_before=before,
        cut_after=after,
        first_mark=first + 1,
    )


def _flat(text: str) -> str:
    """Return the text on one line, offsets unchanged."""
    return text.replace("\n", " ")
